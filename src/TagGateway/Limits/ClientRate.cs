using System.Net;
using System.Threading.RateLimiting;
using TagGateway.Configuration;

namespace TagGateway.Limits;

/// <summary>The rate of requests of each client on the measurement path (<c>limits.requestsPerVisitor</c>). Costs nothing where no rate is configured.</summary>
internal sealed class ClientRate(CurrentSettings settings)
{
    /// <summary>Clients share a bucket when the hashes of their addresses collide, so that a flood of addresses takes a bounded amount of memory.</summary>
    private const int Buckets = 16 * 1024;
    private const int PeriodsPerSecond = 10;

    private volatile Configured? _configured;
    private Configured? _former;

    /// <param name="address">The client's; null: a peer without one, which is not limited.</param>
    public bool TryTake(IPAddress? address)
    {
        if (settings.Value.Limits.RequestsPerVisitor is not { } rate || address is null || settings.Value.TrustedProxies.Contains(address))
        {
            return true;
        }

        var configured = _configured;
        if (configured is null || configured.PerSecond != rate.PerSecond || configured.Burst != rate.Burst)
        {
            _configured = configured = Replace(configured, rate);
        }

        using var lease = configured.Limiter.AttemptAcquire(ClientKey.Of(address));
        return lease.IsAcquired;
    }

    /// <summary>After a reload, and at the first use.</summary>
    private Configured Replace(Configured? current, RequestRateOptions rate)
    {
        // Not the current one yet: another request may be asking it.
        Interlocked.Exchange(ref _former, current)?.Limiter.Dispose();
        return new Configured(rate.PerSecond, rate.Burst, Create(rate));
    }

    private static PartitionedRateLimiter<ClientKey> Create(RequestRateOptions rate) => PartitionedRateLimiter.Create<ClientKey, int>(client =>
        RateLimitPartition.GetTokenBucketLimiter((client.GetHashCode() & int.MaxValue) % Buckets, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = rate.Burst,
            TokensPerPeriod = Math.Max(1, rate.PerSecond / PeriodsPerSecond),
            ReplenishmentPeriod = TimeSpan.FromSeconds(Math.Max(1, rate.PerSecond / PeriodsPerSecond) / (double)rate.PerSecond),
            QueueLimit = 0,
        }));

    private sealed record Configured(int PerSecond, int Burst, PartitionedRateLimiter<ClientKey> Limiter);
}
