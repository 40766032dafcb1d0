using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace TagGateway.EndToEnd.Harness;

/// <summary>One website behind by every protocol, each a site of its own, and two gateway programs that trust their certificates, one for visitors of
/// HTTP/1.1 and one of HTTP/2.</summary>
internal sealed class Websites : IAsyncDisposable
{
    private static readonly (string Host, string Scheme, HttpProtocols Protocols)[] Kinds =
    [
        ("http.example", "http", HttpProtocols.Http1),
        ("h2c.example", "h2c", HttpProtocols.Http2),
        ("tls1.example", "https", HttpProtocols.Http1),
        ("tls2.example", "https", HttpProtocols.Http1AndHttp2),
    ];

    private readonly Dictionary<string, Website> _behind = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("taggateway-").FullName;
    private GatewayProcess? _http1;
    private GatewayProcess? _http2;

    private Websites()
    {
    }

    public Website this[string host] => _behind[host];

    /// <param name="answer">What each of them does; null: as <see cref="Website"/>.</param>
    public static async Task<Websites> StartAsync(RequestDelegate? answer = null)
    {
        var all = new Websites();
        foreach (var (host, scheme, protocols) in Kinds)
        {
            all._behind[host] = await Website.StartAsync(protocols, scheme == "https", answer);
        }

        var sites = Kinds.Select((kind, i) => $$"""
            "s{{i}}": { "hosts": ["{{kind.Host}}", "*.{{kind.Host}}"], "path": "/f807", "tags": ["G-MAIN{{i}}"], "origin": "{{kind.Scheme}}://localhost:{{new Uri(all[kind.Host].Address).Port}}" }
            """);
        var config = Path.Combine(all._folder, "taggateway.json");
        var trusted = Path.Combine(all._folder, "trusted.pem");
        await File.WriteAllTextAsync(config, $$"""{ "log": { "level": "debug" }, "sites": { {{string.Join(',', sites)}} } }""");
        await File.WriteAllTextAsync(trusted, string.Join('\n', all._behind.Values.Select(website => website.CertificatePem)));
        var starting = StartAsync("http");
        all._http2 = await StartAsync("h2c");
        all._http1 = await starting;
        return all;

        Task<GatewayProcess> StartAsync(string scheme) =>
            GatewayProcess.StartAsync($"--config \"{config}\"", ("TAGGATEWAY_URLS", $"{scheme}://127.0.0.1:0"), ("SSL_CERT_FILE", trusted));
    }

    /// <summary>For visitors of that HTTP version.</summary>
    public GatewayProcess Gateway(int version) => (version == 1 ? _http1 : _http2) ?? throw new InvalidOperationException("not started");

    /// <summary><c>127.0.0.1:PORT</c> for visitors of that HTTP version.</summary>
    public string Authority(int version) => new Uri(Gateway(version).Address.Replace("h2c:", "http:", StringComparison.Ordinal)).Authority;

    public async ValueTask DisposeAsync()
    {
        foreach (var gateway in new[] { _http1, _http2 }.OfType<GatewayProcess>())
        {
            await gateway.DisposeAsync();
        }

        foreach (var website in _behind.Values)
        {
            await website.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true); // made by the start
    }
}
