using TagGateway.Rewriting;

namespace TagGateway.Caching;

/// <summary>A stored body with all that was learned of it, and nothing of the request that brought it: entries whose fetches brought the same bytes share one.</summary>
/// <param name="Site">The site's name.</param>
/// <param name="Tag">The tag whose script it is.</param>
/// <param name="Coding">The body's.</param>
/// <param name="Hash">The digest of the body, of a template as it is before it is compressed; see <see cref="ContentHash"/>.</param>
/// <param name="Facts">What the script says of itself.</param>
/// <param name="IsTemplate">The body has holes for what is one visitor's (<see cref="ScriptTemplate"/>).</param>
/// <param name="Body">The store and the content's users retain it.</param>
internal sealed record StoredContent(string Site, string Tag, ContentCoding Coding, string Hash, ScriptFacts Facts, bool IsTemplate, StoredBytes Body)
{
    /// <summary>By which bytes and rules it is found; null: it is not to be found by them.</summary>
    public ContentKey? Key { get; init; }

    /// <summary>The beginning of the keys of what is made of the body. By its digest, whatever was asked for: a new query makes nothing anew.</summary>
    public EntryKey FormsKey { get; } = EntryKey.OfForms(Site, Tag, Hash, IsTemplate ? "template" : ContentCodings.NameOf(Coding) ?? "identity");

    public StoredContent(EntryHead head, StoredBytes body)
        : this(head.Site, head.Tag, head.Coding, head.Hash, head.Facts, head.IsTemplate, body)
    {
    }
}
