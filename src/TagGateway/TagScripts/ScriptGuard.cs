using TagGateway.Caching;
using TagGateway.Rewriting;
using TagGateway.Sites;
using TagGateway.Upstream;

namespace TagGateway.TagScripts;

/// <summary>The tag rule on the answer's side: JavaScript whose own blob names a tag that the site does not allow is never served from the
/// site's origin, whatever it was asked for by. What passes teaches what the site's scripts tell.</summary>
internal sealed class ScriptGuard(KnowledgeTable knowledge)
{
    /// <param name="site">Whose origin.</param>
    /// <param name="facts">Of the script.</param>
    public ScriptVerdict Judge(Site site, ScriptFacts facts)
    {
        foreach (var blob in facts.Blobs)
        {
            // A site that is switched off serves no script of its own either, though the token that asked for it could not be read.
            if (!IsAllowed(site, blob) || (!site.Enabled && blob.Id is not null))
            {
                return TagId.TryParse(blob.Id, out var tag) ? ScriptVerdict.Foreign(GoogleScriptAddress.Of(tag)) : ScriptVerdict.Unreadable;
            }
        }

        knowledge.Of(site).Learn(facts);
        return ScriptVerdict.Serve;
    }

    /// <summary>The same of a kept one, once for each configuration of the site: a reload may take the tag out.</summary>
    public bool MayServe(Site site, Entry entry)
    {
        if (!ReferenceEquals(entry.ApprovedFor, site) && Judge(site, entry.Head.Facts).MayServe)
        {
            entry.ApprovedFor = site;
        }

        return ReferenceEquals(entry.ApprovedFor, site);
    }

    /// <summary>A blob without any id is no tag's.</summary>
    private bool IsAllowed(Site site, TagBlob blob) =>
        (blob.Id is null && blob.Aliases.Count == 0)
        || (TagId.TryParse(blob.Id, out var own) && knowledge.Allows(site, own))
        || blob.Aliases.Any(alias => TagId.TryParse(alias, out var other) && knowledge.Allows(site, other));
}
