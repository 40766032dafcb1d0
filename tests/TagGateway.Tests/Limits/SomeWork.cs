using Microsoft.Extensions.Time.Testing;
using TagGateway.Limits;
using TagGateway.Tests.Sites;

namespace TagGateway.Tests.Limits;

/// <summary>The limits of CPU-heavy work and of what it holds, of a process of its own.</summary>
internal sealed class SomeWork : IDisposable
{
    /// <param name="time">The clock of the clients' shares; null: one that stands still.</param>
    /// <param name="budgetBytes">All that may be held.</param>
    /// <param name="cores">Of the machine.</param>
    public SomeWork(TimeProvider? time = null, long budgetBytes = 1024 * SomeLimits.MegaByte, int cores = 2)
    {
        Budget = SomeLimits.Budget(budgetBytes);
        Lanes = new CpuLanes(cores);
        Work = new ClientWork(time ?? new FakeTimeProvider());
        Leases = new OwnLeases(Budget, SomeSettings.Create());
    }

    public MemoryBudget Budget { get; }

    public CpuLanes Lanes { get; }

    public ClientWork Work { get; }

    public OwnLeases Leases { get; }

    /// <summary>A request's memory.</summary>
    public MemoryLease Lease() => new(Budget, client: null) { Priority = MemoryPriority.Script };

    public void Dispose() => Lanes.Dispose();
}
