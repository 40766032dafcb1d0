using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Forwarder;

namespace TagGateway.EndToEnd.Harness;

/// <summary>The load balancer before a gateway: ends TLS, tells the scheme and the visitor's region, and leaves the rest alone.</summary>
internal sealed class TlsHop : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly X509Certificate2 _certificate;
    private HttpMessageInvoker _invoker = Connect();

    private TlsHop(WebApplication app, X509Certificate2 certificate) => (_app, _certificate) = (app, certificate);

    /// <summary><c>127.0.0.1:PORT</c>.</summary>
    public string Authority => new Uri(_app.Urls.Single()).Authority;

    /// <summary>Its key, as a browser may trust it.</summary>
    public string Pin => Convert.ToBase64String(SHA256.HashData(_certificate.PublicKey.ExportSubjectPublicKeyInfo()));

    /// <summary>Where a host's requests go on to: <c>http://127.0.0.1:PORT</c>.</summary>
    public Func<string, string?> Target { get; set; } = _ => null;

    /// <summary>Such as <c>DE-BE</c>: where every visitor is.</summary>
    public string Region { get; set; } = "US-CA";

    /// <param name="names">That its certificate is good for.</param>
    public static async Task<TlsHop> StartAsync(params string[] names)
    {
        var certificate = CreateCertificate(names);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddHttpForwarder();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                listen.UseHttps(https => https.ServerCertificateSelector = (_, _) => certificate);
            });
        });
        var app = builder.Build();
        var hop = new TlsHop(app, certificate);
        var forwarder = app.Services.GetRequiredService<IHttpForwarder>();
        app.Run(async context =>
        {
            if (hop.Target(context.Request.Host.Host) is { } target)
            {
                await forwarder.SendAsync(context, target, hop._invoker, ForwarderRequestConfig.Empty, new Transformer(hop));
            }
            else
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
            }
        });
        await app.StartAsync();
        return hop;
    }

    /// <summary>Ends the connections to what it led to, which waits for that when it stops.</summary>
    public void Disconnect()
    {
        _invoker.Dispose();
        _invoker = Connect();
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _app.StopAsync(patience.Token);
        await _app.DisposeAsync();
        _invoker.Dispose();
        _certificate.Dispose();
    }

    private static HttpMessageInvoker Connect() => new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false });

    private static X509Certificate2 CreateCertificate(string[] names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={names[0]}", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            alternatives.AddDnsName(name);
        }

        request.CertificateExtensions.Add(alternatives.Build());
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
    }

    private sealed class Transformer(TlsHop hop) : HttpTransformer
    {
        public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            proxyRequest.Headers.Host = httpContext.Request.Host.Value;
            proxyRequest.Headers.Add("X-Forwarded-Proto", "https");
            proxyRequest.Headers.Add("X-Forwarded-For", "198.51.100.7");
            proxyRequest.Headers.Add("X-Forwarded-CountryRegion", hop.Region);
            // Raw: what the browser wrote is what the gateway is to read.
            var raw = httpContext.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget; // Kestrel has one
            proxyRequest.RequestUri = new Uri(destinationPrefix + raw, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        }
    }
}
