using System.Diagnostics.Metrics;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TagGateway.Caching;
using TagGateway.EndToEnd.Harness;
using TagGateway.Limits;
using TagGateway.Receiving;
using TagGateway.Responding;

namespace TagGateway.EndToEnd.Responding;

/// <summary>A server that is nothing but stored bodies on the gateway's own connections, and the kinds of answer that share these with them.</summary>
internal sealed class BodyServer : IAsyncDisposable
{
    /// <summary>From this size on a body is more than the system takes ahead, however it is tuned.</summary>
    private const int LargeBytes = 1024 * 1024;
    private const int SendBufferBytes = 128 * 1024;

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<int, StoredBytes> _bodies = [];

    private BodyServer(WebApplication app)
    {
        _app = app;
        app.Run(AnswerAsync);
    }

    public LogRecorder Log { get; } = new();

    public string Address => _app.Urls.First();

    /// <summary>The stored bodies that answers were begun with, and how each ended: whether the body was lent to the connection.</summary>
    public ConcurrentQueue<(StoredBytes Body, Task<bool> IsLent)> Answers { get; } = [];

    /// <summary>Of the last stored body's answer.</summary>
    public MinDataRate? Rate { get; private set; }

    public static async Task<BodyServer> StartAsync(bool isLending = true)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddMetrics();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            if (isLending)
            {
                var metrics = new LimitMetrics(options.ApplicationServices.GetRequiredService<IMeterFactory>());
                listen.Use(next => LendingConnection.Wrap(next, reset => new StallTimeout(reset, TimeSpan.FromMinutes(5), metrics, TimeProvider.System)));
            }
        }));
        var app = builder.Build();
        var server = new BodyServer(app);
        app.Services.GetRequiredService<ILoggerFactory>().AddProvider(server.Log);
        await app.StartAsync();
        return server;
    }

    /// <summary>What <c>/body/SIZE</c> answers.</summary>
    public static byte[] Bytes(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        return bytes;
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await _app.StopAsync(patience.Token);
        await _app.DisposeAsync();
        foreach (var body in _bodies.Values)
        {
            body.Release();
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!.Split('/'); // begins with a slash
        var size = path.Length > 2 ? int.Parse(path[2], CultureInfo.InvariantCulture) : 0;
        if (size >= LargeBytes)
        {
            context.Features.Get<IConnectionSocketFeature>()!.Socket.SendBufferSize = SendBufferBytes; // real sockets
        }

        switch (path[1])
        {
            case "body":
                await SendAsync(context, _bodies.GetOrAdd(size, size => StoredBytes.Copy(Bytes(size))));
                break;
            case "evicted":
                await SendEvictedAsync(context, size);
                break;
            case "wrapped":
                context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(context.Response.Body));
                await SendAsync(context, _bodies.GetOrAdd(size, size => StoredBytes.Copy(Bytes(size))));
                break;
            case "chunked":
                await WriteChunksAsync(context.Response, size);
                break;
            case "echo":
                await EchoAsync(context);
                break;
            default:
                await PlainAnswer.NotFoundAsync(context);
                break;
        }
    }

    private Task<bool> SendAsync(HttpContext context, StoredBytes body)
    {
        var sending = WriteAsync(context, body);
        Answers.Enqueue((body, sending));
        return sending;
    }

    private async Task<bool> WriteAsync(HttpContext context, StoredBytes body)
    {
        await StoredAnswer.WriteAsync(context, body);
        Rate = context.Features.Get<IHttpMinResponseDataRateFeature>()?.MinDataRate;
        return context.Features.Get<LendingOutput>() is { IsOfferSeen: true };
    }

    /// <summary>The store lets go of a body as soon as its answer has begun.</summary>
    private Task<bool> SendEvictedAsync(HttpContext context, int size)
    {
        var body = StoredBytes.Copy(Bytes(size));
        var sending = SendAsync(context, body);
        body.Release();
        return sending;
    }

    private static async Task WriteChunksAsync(HttpResponse response, int size)
    {
        var bytes = Bytes(size);
        for (var at = 0; at < size; at += 10_000)
        {
            await response.Body.WriteAsync(bytes.AsMemory(at, Math.Min(10_000, size - at)));
            await response.Body.FlushAsync();
        }
    }

    /// <summary>Another protocol on the same connection: says back what it hears.</summary>
    private static async Task EchoAsync(HttpContext context)
    {
        await using var stream = await context.Features.Get<IHttpUpgradeFeature>()!.UpgradeAsync(); // the request asks for it
        await stream.CopyToAsync(stream);
    }
}
