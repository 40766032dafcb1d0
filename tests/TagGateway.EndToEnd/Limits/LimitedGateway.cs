using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using TagGateway.EndToEnd.Harness;
using TagGateway.EndToEnd.TagScripts;
using TagGateway.Limits;
using TagGateway.Receiving;
using TagGateway.Upstream;

namespace TagGateway.EndToEnd.Limits;

/// <summary>A gateway with limits that a test can reach, in front of a website whose <c>/SIZE</c> is so many bytes.</summary>
internal sealed class LimitedGateway : IAsyncDisposable
{
    /// <summary>The one who attacks, and another visitor.</summary>
    public const string Attacker = "127.0.0.2";
    public const string Visitor = "127.0.0.3";

    /// <summary>Not to be compressed to less than what an HTTP/2 window usually holds.</summary>
    private static readonly string LargeScript = $"{Script.Of("G-MAIN1")}/*{Convert.ToHexString(RandomNumberGenerator.GetBytes(150_000))}*/";

    private readonly RawUpstream _google;
    private readonly Website _website;

    private LimitedGateway(RawUpstream google, Website website, RunningGateway running) => (_google, _website, Running) = (google, website, running);

    public RunningGateway Running { get; }

    /// <summary>HTTP/1.1.</summary>
    public string Http => Running.Get<Endpoints>().Traffic[0];

    /// <summary>HTTP/2 without TLS.</summary>
    public string H2c => Running.Get<Endpoints>().Traffic[1];

    public MemoryBudget Budget => Running.Get<MemoryBudget>();

    public OriginLimiter Origins => Running.Get<OriginLimiter>();

    /// <param name="limits">The members of <c>limits</c>, as JSON.</param>
    public static async Task<LimitedGateway> StartAsync(string limits)
    {
        var google = new RawUpstream { Answer = (_, stream) => stream.WriteAsync(KeepingGateway.Answer(LargeScript)).AsTask() };
        var website = await Website.StartAsync(HttpProtocols.Http1, answer: AnswerAsync);
        var running = await RunningGateway.StartFromJsonAsync($$"""
            {
              "urls": "http://127.0.0.1:0;h2c://127.0.0.1:0", "admin": { "url": "http://127.0.0.1:0" }, "log": { "level": "error" },
              "connectTo": { "*": "{{google.Address}}" }, "geo": { "default": "US-CA" }, "limits": { {{limits}} },
              "sites": { "shop": { "hosts": ["shop.example"], "path": "/f807", "tags": ["G-MAIN1"], "origin": "{{website.Address}}" } }
            }
            """);
        return new LimitedGateway(google, website, running);
    }

    /// <summary>A plain request of a visitor of this address.</summary>
    public Task<RawResponse> GetAsync(string target, string source = Visitor) => RawClient.SendAsync(Http, $"GET {target} HTTP/1.1\r\nHost: shop.example\r\n\r\n", source);

    /// <summary>Asks for the same on many streams, and takes nothing of what comes.</summary>
    public async Task<Http2Client> AskUnreadAsync(string target, int streams, string source = Attacker)
    {
        var client = await Http2Client.ConnectAsync(H2c, source, window: 0);
        for (var i = 0; i < streams; i++)
        {
            await client.BeginAsync(HeaderBlock.Encode(HeaderBlock.Get(target)));
        }

        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await Running.DisposeAsync();
        await _website.DisposeAsync();
        await _google.DisposeAsync();
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        var size = int.Parse(context.Request.Path.Value!.AsSpan(1), CultureInfo.InvariantCulture); // a path begins with '/'
        context.Response.ContentLength = size;
        context.Response.ContentType = "application/octet-stream";
        var piece = new byte[16 * 1024];
        for (; size > 0; size -= piece.Length)
        {
            await context.Response.Body.WriteAsync(piece.AsMemory(0, Math.Min(size, piece.Length)), context.RequestAborted);
        }
    }
}
