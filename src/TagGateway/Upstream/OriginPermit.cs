using System.Threading.RateLimiting;
using TagGateway.Limits;

namespace TagGateway.Upstream;

/// <summary>Allows one request to the origin. Disposed when the origin is no longer needed for it, which may be before the client has everything;
/// a second time does nothing.</summary>
internal sealed class OriginPermit : IDisposable
{
    private readonly RateLimitLease? _own;
    private readonly RateLimitLease _site;
    private ClientShare? _client;

    /// <param name="client">Null: none is told apart.</param>
    /// <param name="own">The client's lease; null likewise.</param>
    /// <param name="site">The site's.</param>
    public OriginPermit(ClientShare? client, RateLimitLease? own, RateLimitLease site)
    {
        (_client, _own, _site) = (client, own, site);
        client?.CountOriginRequest(1);
    }

    public void Dispose()
    {
        Interlocked.Exchange(ref _client, null)?.CountOriginRequest(-1);
        _own?.Dispose();
        _site.Dispose();
    }
}
