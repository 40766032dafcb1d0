using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace TagGateway.Demo;

/// <summary>A small Kestrel on loopback addresses: what every server of the demo stands on.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(2);
    private readonly WebApplication _app;

    private LoopbackServer(WebApplication app) => _app = app;

    /// <summary>The addresses really bound, such as <c>http://127.0.0.1:43567</c>, in the order of listening.</summary>
    public IReadOnlyList<Uri> Addresses => [.. _app.Urls.Select(url => new Uri(url))];

    /// <summary>Listens on <paramref name="urls"/> (loopback only; port 0 = any free port); throws when a port is taken.</summary>
    public static async Task<LoopbackServer> StartAsync(
        IEnumerable<string> urls, Action<ListenOptions> configure, RequestDelegate handler, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(options =>
        {
            SetLimits(options);
            foreach (var url in urls)
            {
                options.Listen(EndPointOf(url), configure);
            }
        });
        var app = builder.Build();
        app.Run(handler);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new LoopbackServer(app);
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(StopTimeout);
        await _app.StopAsync(patience.Token);
        await _app.DisposeAsync();
    }

    /// <summary>Wide limits: the gateway before is to be tested, not this Kestrel. Latin-1 keeps every header byte.</summary>
    private static void SetLimits(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        options.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
        options.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;
        options.Limits.MaxRequestBodySize = null;
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null;
        options.Limits.MaxRequestLineSize = 128 * 1024;
        options.Limits.MaxRequestHeadersTotalSize = 512 * 1024;
        options.Limits.MaxRequestHeaderCount = 2000;
    }

    private static IPEndPoint EndPointOf(string url)
    {
        var uri = new Uri(url);
        var address = uri.Host is "localhost" ? IPAddress.Loopback : IPAddress.Parse(uri.Host.Trim('[', ']'));
        return IPAddress.IsLoopback(address)
            ? new IPEndPoint(address, uri.Port)
            : throw new ArgumentException($"The demo listens on loopback only, not on {url}.", nameof(url));
    }
}
