using TagGateway.Configuration;

namespace TagGateway.Limits;

/// <summary>Creates leases for work that goes on though no request waits for it: it counts against its site, and against no client.</summary>
internal sealed class OwnLeases(MemoryBudget budget, CurrentSettings settings)
{
    /// <param name="site">The name of a configured site.</param>
    /// <param name="lane">Whose work it is: it is refused memory in the order of the lanes.</param>
    /// <returns>To be disposed when the work is done.</returns>
    public MemoryLease Create(string site, CpuLane lane)
    {
        // Parameters that tags use can be made up as well: what is fetched for them must not fill the room of the site's own scripts.
        var priority = lane == CpuLane.Plain ? MemoryPriority.Script : MemoryPriority.UntrustedScript;
        return new MemoryLease(budget, client: null) { Priority = priority }.ForSite(site, settings.Value.Sites.All.Count <= 1);
    }
}
