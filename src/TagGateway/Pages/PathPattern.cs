namespace TagGateway.Pages;

/// <summary>A path of the site, exact or with <c>*</c> for any characters, also none: <c>/cart</c>, <c>/blog/*</c>, <c>*/print</c>. Compared byte for byte with the
/// raw path.</summary>
internal sealed class PathPattern
{
    private readonly string _text;
    private readonly string[] _pieces;

    private PathPattern(string text) => (_text, _pieces) = (text, text.Split('*'));

    /// <summary>Null for what no raw path can be: without a '/' or '*' at its beginning, with a query, a fragment, a space or anything but visible ASCII.</summary>
    public static PathPattern? TryParse(string text) =>
        text.Length > 0 && text[0] is '/' or '*' && text.AsSpan().IndexOfAny('?', '#') < 0 && !text.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? new PathPattern(text)
            : null;

    public override string ToString() => _text;

    /// <param name="path">Raw, without its query.</param>
    public bool Matches(ReadOnlySpan<char> path)
    {
        var (first, last) = (_pieces[0], _pieces[^1]);
        if (_pieces.Length == 1)
        {
            return path.SequenceEqual(first);
        }

        if (path.Length < first.Length + last.Length || !path.StartsWith(first, StringComparison.Ordinal) || !path.EndsWith(last, StringComparison.Ordinal))
        {
            return false;
        }

        // The leftmost place of each piece leaves the most for those behind it: no way back is ever needed.
        var between = path[first.Length..^last.Length];
        foreach (var piece in _pieces.AsSpan(1, _pieces.Length - 2))
        {
            var found = between.IndexOf(piece, StringComparison.Ordinal);
            if (found < 0)
            {
                return false;
            }

            between = between[(found + piece.Length)..];
        }

        return true;
    }
}
