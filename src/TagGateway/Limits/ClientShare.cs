using System.Threading.RateLimiting;

namespace TagGateway.Limits;

/// <summary>What one client holds of the process, as long as it has a connection or a request under way.</summary>
internal sealed class ClientShare
{
    private const int QueuedPerPermit = 4;
    private ConcurrencyLimiter? _origin;
    private int _originLimit;

    /// <summary>Its part of the memory budget.</summary>
    public ByteShare Memory { get; } = new();

    /// <summary>Its requests to origins, at most <paramref name="limit"/> at one time; further ones queue.</summary>
    public ConcurrencyLimiter OriginOf(int limit)
    {
        var limiter = Volatile.Read(ref _origin);
        if (limiter is null || _originLimit != limit)
        {
            // Two requests may race for it at the first use, or after a reload: one of them is counted alone, which is harmless.
            limiter = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = limit, QueueLimit = limit * QueuedPerPermit });
            _originLimit = limit;
            Volatile.Write(ref _origin, limiter);
        }

        return limiter;
    }
}
