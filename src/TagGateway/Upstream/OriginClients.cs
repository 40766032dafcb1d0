using System.Net;
using System.Net.Security;
using Yarp.ReverseProxy.Forwarder;

namespace TagGateway.Upstream;

/// <summary>The connections to the websites behind, kept for the life of the process.</summary>
internal sealed class OriginClients
{
    /// <summary>Without any progress: long enough for quiet WebSockets and event streams.</summary>
    public static readonly TimeSpan ActivityTimeout = TimeSpan.FromMinutes(5);
    private static readonly ForwarderRequestConfig Negotiated = new() { ActivityTimeout = ActivityTimeout };
    private static readonly ForwarderRequestConfig Http11 = new() { ActivityTimeout = ActivityTimeout, Version = HttpVersion.Version11 };
    private static readonly ForwarderRequestConfig Http2 = new()
    {
        ActivityTimeout = ActivityTimeout,
        Version = HttpVersion.Version20,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    private static readonly List<SslApplicationProtocol> OnlyHttp11 = [SslApplicationProtocol.Http11];
    private static readonly List<SslApplicationProtocol> Http2OrHttp11 = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11];

    private readonly OriginHosts _hosts;
    private readonly HttpMessageInvoker _plain = Create(null);
    private readonly HttpMessageInvoker _tls;
    private readonly HttpMessageInvoker _sharedTls = Create(ConnectWithHttp11Async);

    public OriginClients(TimeProvider time)
    {
        _hosts = new OriginHosts(time);
        _tls = Create(ConnectWithTlsAsync);
    }

    /// <summary>How a request gets there. With TLS and the visitor's Host the handshake is ours, so that its name is the origin's: the client would take
    /// Host for it. HTTP/2 where the origin offers it.</summary>
    /// <param name="origin">The site's.</param>
    /// <param name="host">What is sent as Host; null: nothing of the visitor's.</param>
    public OriginWay WayTo(Origin origin, string? host)
    {
        if (!origin.Prefix.StartsWith("https://", StringComparison.Ordinal) || origin.Host is not null)
        {
            return new OriginWay(origin.Prefix, _plain, origin.IsHttp2Only ? Http2 : Negotiated);
        }

        // The client keeps connections apart by Host, which visitors of a wildcard host write as they like: those beyond the table share
        // connections, of which the client knows no more than that they are streams.
        return _hosts.TryUse(origin.Authority, host)
            ? new OriginWay(origin.Prefix, _tls, Negotiated)
            : new OriginWay($"http://{origin.Authority}", _sharedTls, Http11);
    }

    private static HttpMessageInvoker Create(Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>>? connect)
    {
        var handler = UpstreamClients.CreateHandler();
        handler.UseProxy = false;
        handler.ConnectCallback = connect;
        return new HttpMessageInvoker(handler);
    }

    private static async ValueTask<Stream> ConnectWithHttp11Async(SocketsHttpConnectionContext context, CancellationToken cancellation) =>
        await ConnectAsync(context.DnsEndPoint, OnlyHttp11, cancellation);

    private async ValueTask<Stream> ConnectWithTlsAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var (target, request) = (context.DnsEndPoint, context.InitialRequestMessage);
        // The client gives up HTTP/2 for a host as soon as it is not agreed on, and would take an HTTP/2 connection for HTTP/1.1 from then on.
        var authority = Origin.AuthorityOf(target.Host, target.Port);
        var mayBeHttp2 = request.Version.Major > 1 && !_hosts.IsHttp11(authority, request.Headers.Host);
        var stream = await ConnectAsync(target, mayBeHttp2 ? Http2OrHttp11 : OnlyHttp11, cancellation);
        if (mayBeHttp2 && stream.NegotiatedApplicationProtocol != SslApplicationProtocol.Http2)
        {
            _hosts.SetHttp11(authority, request.Headers.Host);
        }

        return stream;
    }

    private static async ValueTask<SslStream> ConnectAsync(DnsEndPoint target, List<SslApplicationProtocol> protocols, CancellationToken cancellation)
    {
        var stream = new SslStream(await UpstreamClients.ConnectAsync(target, cancellation));
        try
        {
            var options = new SslClientAuthenticationOptions { TargetHost = target.Host, ApplicationProtocols = protocols };
            await stream.AuthenticateAsClientAsync(options, cancellation);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }
}
