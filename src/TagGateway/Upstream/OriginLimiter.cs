using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using TagGateway.Configuration;
using TagGateway.Limits;
using TagGateway.Sites;

namespace TagGateway.Upstream;

/// <summary>Bounds the requests that an origin has under way: for each site, and within it for each client, so that slow readers take no connection
/// from others. Further ones wait for a while.</summary>
internal sealed class OriginLimiter(CurrentSettings settings, LimitMetrics metrics, TimeProvider time)
{
    /// <summary>Longer than a burst takes, and shorter than people wait.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private const int MostQueued = 1024;

    /// <summary>A client that has this part of what is still available gets no more: what is left is for the others, however many clients try to take
    /// all. Where few do, its own share comes first, and its further requests wait.</summary>
    private const int PartOfAvailable = 8;

    private readonly ConcurrentDictionary<string, SiteLimiter> _sites = new();

    /// <summary>Requests under way, for all sites.</summary>
    public long Count => _sites.Values.Sum(site => site.Limit - site.Limiter.GetStatistics()!.CurrentAvailablePermits); // a concurrency limiter has statistics

    /// <summary>Enters, to be left by disposing the result; null, and counted, when there is no room in time, or the client has gone.</summary>
    /// <param name="site">Whose origin is asked.</param>
    /// <param name="client">Null: a proxy's that tells no client.</param>
    /// <param name="gone">The client has gone.</param>
    public ValueTask<OriginPermit?> EnterAsync(Site site, ClientShare? client, CancellationToken gone)
    {
        var limits = settings.Value.Limits;
        var most = AvailableOf(site, limits.OriginConnections) / PartOfAvailable;
        if (client is { OriginRequests: > 0 and var held } && held >= most && most < limits.OriginConnectionsPerClient)
        {
            metrics.RequestShed(ShedKind.Origin);
            return new ValueTask<OriginPermit?>(result: null);
        }

        var (own, all) = (client?.OriginOf(limits.OriginConnectionsPerClient), LimiterOf(site, limits.OriginConnections));
        var first = own?.AttemptAcquire();
        if (first is null or { IsAcquired: true })
        {
            var second = all.AttemptAcquire();
            if (second.IsAcquired)
            {
                return new ValueTask<OriginPermit?>(new OriginPermit(client, first, second));
            }
        }

        return WaitAsync(client, own, first is { IsAcquired: true } ? first : null, all, gone);
    }

    private async ValueTask<OriginPermit?> WaitAsync(ClientShare? client, ConcurrencyLimiter? own, RateLimitLease? first, ConcurrencyLimiter all, CancellationToken gone)
    {
        using var timer = new CancellationTokenSource(LongestWait, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, gone);
        try
        {
            first ??= own is null ? null : await own.AcquireAsync(1, end.Token);
            if (first is null or { IsAcquired: true })
            {
                var second = await all.AcquireAsync(1, end.Token);
                if (second.IsAcquired)
                {
                    return new OriginPermit(client, first, second);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // No room came in time, or the client has gone.
        }

        first?.Dispose();
        if (!gone.IsCancellationRequested)
        {
            metrics.RequestShed(ShedKind.Origin);
        }

        return null;
    }

    private long AvailableOf(Site site, int limit) => LimiterOf(site, limit).GetStatistics()!.CurrentAvailablePermits; // a concurrency limiter has statistics

    private ConcurrencyLimiter LimiterOf(Site site, int limit)
    {
        if (!_sites.TryGetValue(site.Name, out var known) || known.Limit != limit)
        {
            // After a reload requests under way are counted by the former one.
            known = _sites[site.Name] = new SiteLimiter(limit, new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = limit, QueueLimit = MostQueued }));
        }

        return known.Limiter;
    }

    private sealed record SiteLimiter(int Limit, ConcurrencyLimiter Limiter);
}
