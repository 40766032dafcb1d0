using TagGateway.Caching;
using TagGateway.Configuration;
using TagGateway.Limits;

namespace TagGateway.Receiving.Admission;

/// <summary>Shows each limit, and what is used of it, in the metrics.</summary>
internal sealed class LimitReport(ConnectionTable connections, MemoryBudget budget, CurrentSettings settings, LimitMetrics metrics) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        metrics.Observe(Rows);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private LimitUse[] Rows() =>
    [
        new("connections", settings.Value.Limits.Connections, connections.Count),
        new("memory", settings.Value.Limits.MemoryBytes, budget.Bytes),
        new("stored_files", FileBlock.MaxFiles, FileBlock.Count),
    ];
}
