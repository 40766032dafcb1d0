using System.Security.Cryptography;
using System.Text;

namespace TagGateway.Caching;

/// <summary>What was asked, whole: everything that is sent upstream for an entry stands in its key, and nothing else is sent.
/// Grammar: <c>site LF main tag LF region LF (path query | '#' digest)</c>; none of them can hold a line feed, and a path begins with '/'.
/// The digest (SHA-256, hexadecimal) stands for a path and query that are longer than tags make them: a flood of long ones takes little memory.</summary>
internal readonly record struct EntryKey
{
    /// <summary>Of path and query together, in characters.</summary>
    private const int MaxTargetLength = 512;

    private readonly string? _text;

    private EntryKey(string text) => _text = text;

    /// <param name="site">The site's name.</param>
    /// <param name="mainTag">Whose <c>fps.goog</c> host answers for the path.</param>
    /// <param name="region">As it is sent: <c>US-CA</c>; empty when it is unknown, <see cref="AnyRegion"/> when none is sent because none matters.</param>
    /// <param name="path">The raw path, with the measurement path.</param>
    /// <param name="query">The raw query in full, empty or beginning with '?'.</param>
    public static EntryKey Of(string site, string mainTag, string region, string path, string query) =>
        path.Length + query.Length <= MaxTargetLength
            ? new(string.Concat([site, "\n", mainTag, "\n", region, "\n", path, query]))
            : new(string.Concat([site, "\n", mainTag, "\n", region, "\n#", Digest(path + query)]));

    /// <summary>The beginning of the keys of what is made of a body: the same for all entries that have it.
    /// Grammar: <c>site LF tag LF "=" hash LF kind</c>; no region begins with '='.</summary>
    /// <param name="site">The site's name.</param>
    /// <param name="tag">The tag whose script it is.</param>
    /// <param name="hash">The digest of the body.</param>
    /// <param name="kind">How the body is to be read.</param>
    public static EntryKey OfForms(string site, string tag, string hash, string kind) => new(string.Concat([site, "\n", tag, "\n=", hash, "\n", kind]));

    /// <summary>The region of what does not depend on it: versioned service-worker files.</summary>
    public const string AnyRegion = "*";

    /// <summary>What it takes of memory: queries may be long.</summary>
    public long Bytes => sizeof(char) * (long)(_text?.Length ?? 0);

    /// <summary>The key of something that belongs to this entry, such as a coding of its body.</summary>
    public EntryKey Part(string name) => new($"{_text}\n{name}");

    /// <summary>A key read back from where it was stored.</summary>
    public static EntryKey FromText(string text) => new(text);

    public override string ToString() => _text ?? "";

    private static string Digest(string target) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(target)));
}
