using System.Net;
using System.Net.Sockets;
using System.Text;
using TagGateway.Limits;

namespace TagGateway.Upstream;

/// <summary>The connections to Google, kept for the life of the process, or until <c>connectTo</c> changes.</summary>
/// <param name="google">In place of the network to Google; null: the network.</param>
internal sealed class UpstreamClients(HttpMessageHandler? google = null)
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);

    /// <summary>DNS is asked again at least this often.</summary>
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan ConnectionIdleTimeout = TimeSpan.FromMinutes(1);

    /// <summary>Tag Assistant's x-encrypted-debug-headers are over 100 KB (Google's nginx demo raises its limit for them).</summary>
    private const int MaxResponseHeadersKilobytes = 256;
    private static readonly int MaxConnectionsToGoogle = Math.Min(1024, OpenFiles.Upstream);

    private volatile GoogleClient? _google;

    /// <summary>The client for Google under these settings. Two requests may race for a new one after a reload: harmless.</summary>
    public HttpMessageInvoker GoogleFor(ConnectTo connectTo)
    {
        var current = _google;
        if (current is not null && ReferenceEquals(current.ConnectTo, connectTo))
        {
            return current.Invoker;
        }

        // A reload that leaves connectTo as it was keeps the connections. A former client is not disposed: requests are still on it, and its
        // connections end by their idle timeout.
        var invoker = current is not null && current.ConnectTo.IsSameAs(connectTo)
            ? current.Invoker
            : new HttpMessageInvoker(google ?? CreateGoogleHandler(connectTo));
        _google = new GoogleClient(connectTo, invoker);
        return invoker;
    }

    /// <summary>What connections to Google and to websites have in common.</summary>
    public static SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        ConnectTimeout = ConnectTimeout,
        PooledConnectionLifetime = ConnectionLifetime,
        PooledConnectionIdleTimeout = ConnectionIdleTimeout,
#pragma warning disable CA2262 // Kilobytes are meant.
        MaxResponseHeadersLength = MaxResponseHeadersKilobytes,
#pragma warning restore CA2262
        EnableMultipleHttp2Connections = true,
        // Latin-1 in and out keeps every byte of a header as it came.
        RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
        ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
    };

    private static SocketsHttpHandler CreateGoogleHandler(ConnectTo connectTo)
    {
        var handler = CreateHandler();
        handler.Proxy = new GoogleProxy(connectTo, HttpClient.DefaultProxy);
        handler.MaxConnectionsPerServer = MaxConnectionsToGoogle;
        // No trace id, no baggage of the site's own services (field note: YARP adds them by default).
        handler.ActivityHeadersPropagator = null;
        handler.ResponseDrainTimeout = TimeSpan.FromSeconds(1);
        handler.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
        handler.KeepAlivePingTimeout = TimeSpan.FromSeconds(5);
        handler.KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests;
        handler.ConnectCallback = (context, cancellation) =>
        {
            var target = context.DnsEndPoint;
            return connectTo.TryFind(context.InitialRequestMessage.RequestUri?.Host ?? target.Host, out var instead)
                ? ConnectAsync(new DnsEndPoint(instead.IdnHost, instead.Port), cancellation)
                : ConnectAsync(target, cancellation);
        };
        return handler;
    }

    /// <summary>Throws <see cref="SocketException"/> where nobody listens.</summary>
    public static async ValueTask<Stream> ConnectAsync(DnsEndPoint target, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(target, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed record GoogleClient(ConnectTo ConnectTo, HttpMessageInvoker Invoker);
}
