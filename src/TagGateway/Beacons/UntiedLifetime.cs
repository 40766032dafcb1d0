using Microsoft.AspNetCore.Http.Features;

namespace TagGateway.Beacons;

/// <summary>Keeps a hit alive when its browser leaves: page unload is when hits are sent, and a forward that hangs on the browser's
/// connection dies with it. An abort by the gateway itself still ends the connection.</summary>
internal sealed class UntiedLifetime(IHttpRequestLifetimeFeature connection) : IHttpRequestLifetimeFeature
{
    public CancellationToken RequestAborted { get; set; }

    public void Abort() => connection.Abort();
}
