using System.Collections.Concurrent;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using TagGateway.EndToEnd.Harness;
using TagGateway.Receiving;
using TagGateway.Tests.Receiving;

namespace TagGateway.EndToEnd.Receiving;

/// <summary>A running gateway that speaks TLS itself, its certificates, and browsers for it.</summary>
internal sealed class TlsGateway : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly string _folder;
    private readonly ConcurrentDictionary<string, bool> _written = [];
    private RunningGateway? _gateway;

    private TlsGateway(string folder) => _folder = folder;

    public RunningGateway Gateway => _gateway ?? throw new InvalidOperationException("it has not been started");

    /// <summary>Where it speaks TLS: <c>https://127.0.0.1:PORT</c>.</summary>
    public string Https => Gateway.Get<Endpoints>().Traffic.First(address => address.StartsWith("https", StringComparison.Ordinal));

    public int Port => new Uri(Https).Port;

    /// <param name="origin">The website of <c>shop.example</c> and its subdomains.</param>
    /// <param name="tls">Further members of <c>tls</c>, as JSON.</param>
    /// <param name="root">Further members of the whole.</param>
    /// <param name="certificates">In this order.</param>
    public static Task<TlsGateway> StartAsync(string origin, string tls, string root, params SomeCertificate[] certificates) =>
        StartAsync(origin, tls, root, isLogged: false, certificates);

    public static async Task<TlsGateway> StartAsync(string origin, string tls, string root, bool isLogged, params SomeCertificate[] certificates)
    {
        var running = new TlsGateway(Directory.CreateTempSubdirectory("taggateway-tls-").FullName);
        for (var i = 0; i < certificates.Length; i++)
        {
            running.Replace(i, certificates[i]);
        }

        var pairs = certificates.Select((_, i) => $$"""{ "certificate": "{{running.At($"{i}.crt")}}", "key": "{{running.At($"{i}.key")}}" }""");
        running._gateway = await RunningGateway.StartFromJsonAsync($$"""
            {
              "urls": "http://127.0.0.1:0;https://127.0.0.1:0",
              "tls": { "certificates": [{{string.Join(',', pairs)}}]{{(tls.Length > 0 ? "," : "")}}{{tls}} },
              "admin": { "url": "http://127.0.0.1:0" },
              "log": { "level": "{{(isLogged ? "debug" : "error")}}" },
              "sites": { "shop": { "hosts": ["shop.example", "*.shop.example"], "path": "/f807", "tags": ["G-MAIN1"], "origin": "{{origin}}" } }{{(root.Length > 0 ? "," : "")}}{{root}}
            }
            """);
        return running;
    }

    public string At(string name) => Path.Combine(_folder, name);

    /// <summary>Writes both files anew.</summary>
    public void Replace(int number, SomeCertificate pair)
    {
        _written[pair.Thumbprint] = true;
        pair.Write(At($"{number}.crt"), At($"{number}.key"));
    }

    /// <summary>A handshake, and all that the server showed in it.</summary>
    /// <param name="serverName">Empty: without SNI.</param>
    /// <param name="protocols">As a browser offers them by ALPN.</param>
    public async Task<TlsVisit> VisitAsync(string serverName, SslProtocols versions = SslProtocols.None, params SslApplicationProtocol[] protocols)
    {
        using var patience = new CancellationTokenSource(Patience);
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", Port, patience.Token);
        var sent = new List<string>();
        var stream = new SslStream(client.GetStream());
        try
        {
            await stream.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = serverName,
                    EnabledSslProtocols = versions,
                    ApplicationProtocols = [.. protocols],
                    RemoteCertificateValidationCallback = (_, _, chain, _) =>
                    {
                        sent.AddRange(chain!.ChainPolicy.ExtraStore.Select(one => one.Thumbprint)); // what came over the wire
                        return true;
                    },
                },
                patience.Token);
            return new TlsVisit(client, stream, ((X509Certificate2)stream.RemoteCertificate!).Thumbprint, sent);
        }
        catch
        {
            await stream.DisposeAsync();
            client.Dispose();
            throw;
        }
    }

    public async Task<string> ServedAsync(string serverName)
    {
        using var visit = await VisitAsync(serverName);
        return visit.Thumbprint;
    }

    public async Task<string> ReadyAsync()
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(Gateway.Admin + "/readyz");
    }

    /// <summary>Trusts the certificates of this gateway; every name leads to this gateway.</summary>
    public HttpClient Browser(Version version) => new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => _written.ContainsKey(((X509Certificate2)certificate!).Thumbprint) },
        ConnectCallback = async (_, cancellation) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync("127.0.0.1", Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        DefaultRequestVersion = version,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        Timeout = Patience,
    };

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
