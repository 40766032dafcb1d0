using System.Buffers;

namespace TagGateway.Html;

/// <summary>Tells the ids of Google's tags among the strings of a page's scripts.</summary>
internal static class TagIdText
{
    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

    /// <summary>False for any other string. In lower case nobody writes them, and words look like them (<c>g-recaptcha</c>).</summary>
    /// <param name="text">A string's value; <c>AW-1/label</c> is of <c>AW-1</c>.</param>
    /// <param name="id">Empty when false.</param>
    public static bool TryRead(ReadOnlySpan<char> text, out ReadOnlySpan<char> id)
    {
        var slash = text.IndexOf('/');
        id = slash < 0 ? text : text[..slash];
        var dash = id.IndexOf('-');
        if (dash > 0 && id[..dash] is "GTM" or "G" or "AW" or "DC" or "GT" or "UA" or "MC" or "HA" && id.Length > dash + 1 && id.Length <= 32 && !id.ContainsAnyExcept(Letters))
        {
            return true;
        }

        id = default;
        return false;
    }
}
