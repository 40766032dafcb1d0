using TagGateway.Caching;
using TagGateway.Sites;

namespace TagGateway.TagScripts;

/// <summary>Bytes of Google's that may become a site's script.</summary>
/// <param name="Site">Whose.</param>
/// <param name="Tag">Whose script was asked for.</param>
/// <param name="Rules">What is done with it.</param>
/// <param name="Coding">The body's.</param>
/// <param name="Body">Whole, as it came; only read while its reading is under way.</param>
internal sealed record ScriptSource(Site Site, TagId Tag, RewriteRules Rules, ContentCoding Coding, ReadOnlyMemory<byte> Body)
{
    /// <summary>It is JavaScript, or may be, and judged by the tag rule. A page that runs nothing is not.</summary>
    public bool IsJudged { get; init; } = true;

    /// <summary>It is to be kept: what became of it is counted and logged.</summary>
    public bool IsKept { get; init; }

    /// <summary>The digest by which the same bytes are known again.</summary>
    public string Hash { get; } = ContentHash.Of(Body.Span);

    /// <summary>Where what is made of these bytes is found.</summary>
    public ContentKey Key(bool dependsOnLayer) => new(Site.Name, Tag.ToString(), Rules.Name(dependsOnLayer), Coding, Hash);
}
