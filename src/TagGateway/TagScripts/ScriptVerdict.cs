using TagGateway.Sites;

namespace TagGateway.TagScripts;

/// <summary>What becomes of a script answer.</summary>
/// <param name="MayServe">It may be served from the site's origin.</param>
/// <param name="ForeignTag">Whose it is instead; null when that cannot be told.</param>
internal readonly record struct ScriptVerdict(bool MayServe, TagId? ForeignTag)
{
    public static readonly ScriptVerdict Serve = new(true, null);

    public static readonly ScriptVerdict Unreadable = new(false, null);

    public static ScriptVerdict Foreign(TagId tag) => new(false, tag);
}
