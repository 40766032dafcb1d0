namespace TagGateway.Rewriting;

/// <summary>Finds the data that Google's script begins with, <c>{"resource":{…},"runtime":[…],…,"blob":{…},…}</c>: all of it is the customer's, or Google's own tables,
/// and only the blob holds hosts that requests go to.</summary>
internal sealed class DataRanges
{
    private readonly ScriptTokens _tokens;
    private readonly List<(int From, int To)> _ranges = [];

    public DataRanges(ScriptTokens tokens)
    {
        _tokens = tokens;
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens.IsString(i, "resource") && tokens.Is(i - 1, "{") && tokens.Is(i + 1, ":"))
            {
                var end = tokens[i - 1].Partner;
                ReadMembers(i, end);
                i = end;
            }
        }
    }

    /// <summary>The blob's opening brace; -1: there is none (before mid 2025).</summary>
    public int Blob { get; private set; } = -1;

    /// <summary>The opening brace of the customer's part; -1: there is none.</summary>
    public int Resource { get; private set; } = -1;

    public bool IsInBlob(int token) => Blob >= 0 && Blob < token && token < _tokens[Blob].Partner;

    public bool Contains(int token)
    {
        // In the order of the script, and none in another.
        var (low, high) = (0, _ranges.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _ranges[middle].To < token ? (middle + 1, high) : (low, middle);
        }

        return low < _ranges.Count && _ranges[low].From <= token;
    }

    /// <summary>The token of a member's value; -1: there is no such member.</summary>
    /// <param name="brace">Of the object.</param>
    /// <param name="name">Of the member.</param>
    public int FindMember(int brace, string name)
    {
        for (var i = brace + 1; i > 0 && i < _tokens[brace].Partner; i = _tokens.After(i))
        {
            if (_tokens.IsString(i, name) && _tokens.Is(i + 1, ":"))
            {
                return i + 2;
            }
        }

        return -1;
    }

    private void ReadMembers(int first, int end)
    {
        for (var i = first; i < end; i = _tokens.After(i))
        {
            if (_tokens[i].Kind != ScriptTokenKind.String || !_tokens.Is(i + 1, ":") || !_tokens.Opens(i + 2))
            {
                continue;
            }

            if (_tokens.IsString(i, "blob"))
            {
                Blob = i + 2;
                continue;
            }

            Resource = _tokens.IsString(i, "resource") ? i + 2 : Resource;
            _ranges.Add((i + 2, _tokens[i + 2].Partner));
        }
    }
}
