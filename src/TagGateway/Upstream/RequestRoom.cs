using TagGateway.Limits;
using TagGateway.Sites;

namespace TagGateway.Upstream;

/// <summary>Decides whether there is room for a request on the measurement path.</summary>
internal static class RequestRoom
{
    /// <summary>Counts the request against its site from now on.</summary>
    /// <param name="context">The request; without a <see cref="MemoryLease"/> there is room.</param>
    /// <param name="site">Whose.</param>
    /// <param name="sites">All that are configured.</param>
    /// <param name="priority">In which order it is refused.</param>
    /// <returns>False when it should get the cheapest response that serves its purpose.</returns>
    public static bool TryEnter(HttpContext context, Site site, SiteTable sites, MemoryPriority priority)
    {
        if (context.Features.Get<MemoryLease>() is not { } lease)
        {
            return true;
        }

        lease.Priority = priority;
        return lease.ForSite(site.Name, sites.All.Count <= 1).HasRoom;
    }
}
