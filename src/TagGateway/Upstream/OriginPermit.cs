using System.Threading.RateLimiting;

namespace TagGateway.Upstream;

/// <summary>Allows one request to the origin. Disposed when the origin is no longer needed for it, which may be before the client has everything;
/// a second time does nothing.</summary>
/// <param name="client">The client's; null: none.</param>
/// <param name="site">The site's.</param>
internal sealed class OriginPermit(RateLimitLease? client, RateLimitLease site) : IDisposable
{
    public void Dispose()
    {
        client?.Dispose();
        site.Dispose();
    }
}
