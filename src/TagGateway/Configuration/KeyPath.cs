using System.Text.Encodings.Web;
using System.Text.Json;

namespace TagGateway.Configuration;

/// <summary>Spells where a value stands: <c>sites.shop.hosts[1]</c>, <c>connectTo["*.fps.goog"]</c>; the whole file is the empty text.</summary>
internal static class KeyPath
{
    /// <summary>A key that is not only letters, digits, '-', '_' and '$' is put in brackets and quotes.</summary>
    public static string Member(string parent, string key)
    {
        var isPlain = key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '$');
        return !isPlain ? $"{parent}[\"{JsonEncodedText.Encode(key, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"]"
            : parent.Length == 0 ? key : $"{parent}.{key}";
    }

    public static string Index(string parent, int index) => $"{parent}[{index}]";

    /// <summary>One spelling for both <c>sites["a.b"].path</c> and <c>sites.a.b.path</c>: only for comparing.</summary>
    public static string Plain(string path) =>
        path.Replace("[\"", ".", StringComparison.Ordinal).Replace("\"]", "", StringComparison.Ordinal);

    /// <summary>The path and all above it, nearest first, without the empty one.</summary>
    /// <param name="plain">From <see cref="Plain"/>.</param>
    public static IEnumerable<string> SelfAndAbove(string plain)
    {
        for (var end = plain.Length; end > 0; end = plain.AsSpan(0, end).LastIndexOfAny('.', '['))
        {
            yield return plain[..end];
        }
    }
}
