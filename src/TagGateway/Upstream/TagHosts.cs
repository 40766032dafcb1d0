using System.Collections.Concurrent;
using TagGateway.Sites;

namespace TagGateway.Upstream;

/// <summary>Remembers which further tags of a site are served by a host of their own: Google documents one tag a path, so the main tag's host
/// is asked first and may refuse. Bounded by the tags that are configured.</summary>
internal sealed class TagHosts
{
    private readonly ConcurrentDictionary<(string Site, TagId Tag), bool> _ownHosts = new();

    /// <summary>Whose <c>fps.goog</c> host to ask for <paramref name="tag"/>.</summary>
    public TagId Find(Site site, TagId tag) =>
        tag != site.MainTag && _ownHosts.ContainsKey((site.Name, tag)) ? tag : site.MainTag;

    public void Remember(Site site, TagId tag) => _ownHosts[(site.Name, tag)] = true;

    public void Forget(Site site, TagId tag) => _ownHosts.TryRemove((site.Name, tag), out _);
}
