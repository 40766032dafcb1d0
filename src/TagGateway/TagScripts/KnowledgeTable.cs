using System.Runtime.CompilerServices;
using TagGateway.Sites;

namespace TagGateway.TagScripts;

/// <summary>The knowledge of each site. A reload makes new sites, which know nothing: a tag that was taken out of the configuration takes with it what its
/// script named.</summary>
internal sealed class KnowledgeTable
{
    private readonly ConditionalWeakTable<Site, SiteKnowledge> _sites = [];

    public SiteKnowledge Of(Site site) => _sites.GetValue(site, static _ => new SiteKnowledge());

    /// <summary>Named in the configuration, or by a container of the site.</summary>
    public bool Allows(Site site, TagId tag) => site.Tags.Contains(tag) || Of(site).Names(tag);
}
