using System.Threading.RateLimiting;

namespace TagGateway.Limits;

/// <summary>Limits CPU-heavy work (reading, rewriting and compressing scripts) to half the cores, and lets work that a site itself needs overtake what clients make
/// up: of each less trusted lane only a few pieces at a time pass on to the queue for the cores, one where the lane is the untrusted one.</summary>
internal sealed class CpuLanes : IDisposable
{
    /// <summary>More would wait longer than any browser does.</summary>
    private const int MostWaiting = 256;

    /// <summary>Each piece that waits holds a script that it has fetched.</summary>
    private const int MostUntrustedWaiting = 64;

    private readonly ConcurrencyLimiter _cores;
    private readonly ConcurrencyLimiter _ordinary;
    private readonly ConcurrencyLimiter _untrusted;

    /// <summary>Pieces of work that wait for nothing but a core; more may wait for their lane to let them.</summary>
    public long Waiting => _cores.GetStatistics()?.CurrentQueuedCount ?? 0;

    public CpuLanes()
        : this(Environment.ProcessorCount)
    {
    }

    public CpuLanes(int cores)
    {
        var permits = Math.Max(1, cores / 2);
        _cores = Create(permits, MostWaiting + permits);
        _ordinary = Create(permits, MostWaiting);
        _untrusted = Create(1, MostUntrustedWaiting);
    }

    /// <summary>Waits for a core. Goes on away from the caller's thread, which may be one that others wait for.</summary>
    /// <returns>To be disposed when the work is done; null when too many wait already, or the gateway ends.</returns>
    public async Task<CpuPermit?> EnterAsync(CpuLane lane, CancellationToken stop)
    {
        var own = lane == CpuLane.Plain ? null : await (lane == CpuLane.Ordinary ? _ordinary : _untrusted).AcquireAsync(1, stop);
        RateLimitLease? core = null;
        try
        {
            core = own is { IsAcquired: false } ? null : await _cores.AcquireAsync(1, stop);
            if (core is not { IsAcquired: true })
            {
                return null;
            }

            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            var permit = new CpuPermit(core, own);
            (core, own) = (null, null);
            return permit;
        }
        finally
        {
            core?.Dispose();
            own?.Dispose();
        }
    }

    public void Dispose()
    {
        _cores.Dispose();
        _ordinary.Dispose();
        _untrusted.Dispose();
    }

    private static ConcurrencyLimiter Create(int permits, int queue) => new(new ConcurrencyLimiterOptions
    {
        PermitLimit = permits,
        QueueLimit = queue,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });
}
