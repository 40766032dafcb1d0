using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace TagGateway.Receiving.Admission;

/// <summary>Binds the server's listeners, with admission before anything is spent on a connection. The server's own limit has no shares, closes no idle
/// connection, and logs each one that it refuses.</summary>
internal sealed class AdmissionListenerFactory(SocketTransportFactory sockets, ConnectionTable table, Endpoints endpoints, TimeProvider time) : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    public bool CanBind(EndPoint endpoint) => sockets.CanBind(endpoint);

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new AdmissionListener(await sockets.BindAsync(endpoint, cancellationToken), table, endpoints, time);
}
