using System.Buffers;

namespace TagGateway.Rewriting;

/// <summary>Where each name of a script stands, and each short string: the way from one use of a name to all others without reading the script again.</summary>
internal sealed class NameIndex : IDisposable
{
    /// <summary>Longer strings name no property.</summary>
    private const int LongestName = 40;
    private const int Buckets = 1 << 14;

    private readonly ScriptTokens _tokens;
    private int[] _first = ArrayPool<int>.Shared.Rent(Buckets);
    private int[] _next;

    public NameIndex(ScriptTokens tokens)
    {
        _tokens = tokens;
        _next = ArrayPool<int>.Shared.Rent(Math.Max(tokens.Count, 1));
        _first.AsSpan(0, Buckets).Fill(-1);
        for (var i = tokens.Count - 1; i >= 0; i--)
        {
            if (IsIndexed(tokens[i]))
            {
                ref var first = ref _first[BucketOf(tokens.ContentOf(i))];
                (_next[i], first) = (first, i);
            }
        }
    }

    /// <summary>The first token at or behind <paramref name="from"/> that is this name, or a string of it; -1: none. Each step counts against the script's limit.</summary>
    public int Find(ReadOnlySpan<char> name, int from)
    {
        var i = _first[BucketOf(name)];
        while (i >= 0 && (i < from || !_tokens.ContentOf(i).SequenceEqual(name)))
        {
            if (!_tokens.Spend())
            {
                return -1;
            }

            i = _next[i];
        }

        return i;
    }

    /// <summary>The next one of the same name; -1: none.</summary>
    public int Next(int token)
    {
        var name = _tokens.ContentOf(token);
        var i = _next[token];
        while (i >= 0 && _tokens.Spend() && !_tokens.ContentOf(i).SequenceEqual(name))
        {
            i = _next[i];
        }

        return _tokens.IsSpent ? -1 : i;
    }

    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_first);
        ArrayPool<int>.Shared.Return(_next);
        (_first, _next) = ([], []);
    }

    private static bool IsIndexed(ScriptToken token) =>
        token.Kind == ScriptTokenKind.Name || (token.Kind == ScriptTokenKind.String && token.End - token.Start <= LongestName);

    private static int BucketOf(ReadOnlySpan<char> name)
    {
        var hash = 2166136261u;
        foreach (var c in name)
        {
            hash = (hash ^ c) * 16777619u;
        }

        return (int)((hash ^ (hash >> 15)) & (Buckets - 1));
    }
}
