using System.Threading.RateLimiting;

namespace TagGateway.Limits;

/// <summary>What one client holds of the process, as long as it has a connection or a request under way.</summary>
internal sealed class ClientShare
{
    /// <summary>Browsers ask for a page's pictures all at once: more than what any browser asks over one connection.</summary>
    private const int MostQueued = 256;
    private ConcurrencyLimiter? _origin;
    private int _originLimit;
    private int _originRequests;

    /// <summary>Its part of the memory budget.</summary>
    public ByteShare Memory { get; } = new();

    /// <summary>How many of its requests origins have under way.</summary>
    public int OriginRequests => Volatile.Read(ref _originRequests);

    public void CountOriginRequest(int change) => Interlocked.Add(ref _originRequests, change);

    /// <summary>Its requests to origins, at most <paramref name="limit"/> at one time; further ones queue.</summary>
    public ConcurrencyLimiter OriginOf(int limit)
    {
        var limiter = Volatile.Read(ref _origin);
        if (limiter is null || _originLimit != limit)
        {
            // Two requests may race for it at the first use, or after a reload: one of them is counted alone, which is harmless.
            limiter = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = limit, QueueLimit = MostQueued });
            _originLimit = limit;
            Volatile.Write(ref _origin, limiter);
        }

        return limiter;
    }
}
