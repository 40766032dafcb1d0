using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace TagGateway.Attacks.Connecting;

/// <summary>Names a server and the loopback addresses from which it is asked: each address is another client to it.</summary>
internal sealed class Target
{
    private readonly IPEndPoint _server;
    private readonly IPAddress _firstSource;
    private readonly int _sources;

    /// <param name="url"><c>http://</c>, <c>h2c://</c> or <c>https://</c>, an IPv4 address and a port.</param>
    /// <param name="from">The first address to connect from: <c>127.0.0.2</c>.</param>
    /// <param name="sources">How many addresses, counted up from the first.</param>
    public Target(string url, string from = "127.0.0.2", int sources = 1)
    {
        var uri = new Uri(url);
        Scheme = Enum.Parse<TargetScheme>(uri.Scheme, ignoreCase: true);
        Authority = uri.Authority;
        _server = IPEndPoint.Parse(uri.Authority);
        _firstSource = IPAddress.Parse(from);
        _sources = sources;
    }

    public TargetScheme Scheme { get; }

    /// <summary>Address and port of the server.</summary>
    public string Authority { get; }

    /// <summary>Sent as Host, or <c>:authority</c>.</summary>
    public string Host { get; init; } = "www.shop.example";

    public Traffic Traffic { get; } = new();

    /// <summary>Connects, with TLS where the scheme says so.</summary>
    /// <param name="number">Of the connection: chooses the address it comes from.</param>
    /// <param name="protocol">Offered by ALPN; null: HTTP/2.</param>
    /// <param name="receiveBufferBytes">Of the socket; null: the system's choice.</param>
    /// <exception cref="IOException">The server cannot be reached, or ended the connection.</exception>
    public async Task<Stream> OpenAsync(int number, SslApplicationProtocol? protocol = null, int? receiveBufferBytes = null, CancellationToken cancellation = default)
    {
        var stream = await ConnectAsync(number, receiveBufferBytes, cancellation);
        if (Scheme != TargetScheme.Https)
        {
            return stream;
        }

        var tls = new SslStream(stream);
        try
        {
            await tls.AuthenticateAsClientAsync(TlsOptions(protocol ?? SslApplicationProtocol.Http2), cancellation);
            return tls;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            await tls.DisposeAsync();
            throw new IOException(error.Message, error);
        }
    }

    /// <summary>For a server whose certificate nobody knows.</summary>
    /// <param name="protocol">Offered by ALPN; null: what the HTTP client offers.</param>
    [SuppressMessage("Security", "CA5359:Do not disable certificate validation", Justification = "It is the server under test, on loopback, with a certificate made for the run.")]
    public SslClientAuthenticationOptions TlsOptions(SslApplicationProtocol? protocol) => new()
    {
        TargetHost = RequestTemplate.Fill(Host, 0),
        ApplicationProtocols = protocol is { } only ? [only] : null,
        RemoteCertificateValidationCallback = (_, _, _, _) => true,
    };

    /// <summary>Without TLS.</summary>
    public async Task<Stream> ConnectAsync(int number, int? receiveBufferBytes, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (receiveBufferBytes is { } bytes)
            {
                socket.ReceiveBufferSize = bytes;
            }

            Traffic.AddConnection();
            socket.Bind(new IPEndPoint(Source(number), 0));
            await socket.ConnectAsync(_server, cancellation);
            return new CountingStream(socket, Traffic);
        }
        catch (Exception error)
        {
            socket.Dispose();
            throw error is SocketException ? new IOException(error.Message, error) : error;
        }
    }

    private IPAddress Source(int number)
    {
        var bytes = _firstSource.GetAddressBytes();
        var last = (bytes[2] * 256) + bytes[3] + (number % _sources);
        (bytes[2], bytes[3]) = ((byte)(last / 256), (byte)last);
        return new IPAddress(bytes);
    }
}
