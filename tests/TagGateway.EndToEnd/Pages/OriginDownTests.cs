using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using TagGateway.EndToEnd.Harness;
using TagGateway.EndToEnd.Upstream;

namespace TagGateway.EndToEnd.Pages;

/// <summary>The website behind is away, slow, or breaks off: visitors get a plain answer in bounded time, the operator is told, and it is used again
/// as soon as it answers.</summary>
public sealed class OriginDownTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n";
    private const string Navigation = "GET / HTTP/1.1\r\nHost: shop.example\r\nAccept: text/html,*/*;q=0.8\r\nConnection: close\r\n\r\n";
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    [Fact]
    public async Task Page_OriginAway_Is502AndNamedUntilItAnswers()
    {
        await using var gone = new RawUpstream();
        // A name of its own: gateways in one process count together.
        await using var gateway = await RunningGateway.StartFromJsonAsync($$"""
            { "urls": "http://127.0.0.1:0", "admin": { "url": "http://127.0.0.1:0" }, "log": { "level": "error" },
              "sites": { "away": { "path": "/f807", "tags": ["G-MAIN1"], "origin": "{{gone.Address}}" } } }
            """);
        await gone.DisposeAsync();
        using var client = new HttpClient();

        var pages = new[] { await gateway.SendAsync(Get), await gateway.SendAsync(Get), await gateway.SendAsync(Get) };
        using var ready = await client.GetAsync($"{gateway.Admin}/readyz");
        var whileAway = await ready.Content.ReadAsStringAsync();
        var metricsWhileAway = await client.GetStringAsync($"{gateway.Admin}/metrics");
        await using var back = new RawUpstream(new Uri(gone.Address).Port);
        back.AnswerWith(Ok);
        var page = await gateway.SendAsync(Get);
        var after = await client.GetStringAsync($"{gateway.Admin}/readyz");

        Assert.All(pages, page => Assert.Equal((502, "bad gateway\n"), (page.Status, page.Text)));
        Assert.Equal(200, (int)ready.StatusCode);
        Assert.StartsWith("ready\norigin of site away does not answer: connection refused, since 20", whileAway, StringComparison.Ordinal);
        Assert.Equal((200, "ready\n"), (page.Status, after));
        Assert.True(UpIs(0, metricsWhileAway), metricsWhileAway);
    }

    [Fact]
    public async Task Page_OriginAwayWithAnErrorPage_IsItForBrowsersUntilAnotherIsConfigured()
    {
        await using var gone = new RawUpstream();
        await gone.DisposeAsync();
        var folder = Directory.CreateTempSubdirectory("taggateway-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "one.html"), "<h1>one</h1>");
        await File.WriteAllTextAsync(Path.Combine(folder, "two.html"), "<h1>two</h1>");
        await using var gateway = await RunningGateway.StartAsync("http://127.0.0.1:1", $"\"origin\": \"{gone.Address}\", \"errorPage\": \"{folder}/one.html\"");

        var page = await gateway.SendAsync(Navigation);
        var program = await gateway.SendAsync(Get);
        await File.WriteAllTextAsync(gateway.File, (await File.ReadAllTextAsync(gateway.File)).Replace("one.html", "two.html", StringComparison.Ordinal));
        await Eventually.HoldsAsync(async () => (await gateway.SendAsync(Navigation)).Text == "<h1>two</h1>", "the other page is sent");
        Directory.Delete(folder, recursive: true);

        Assert.Equal((502, "<h1>one</h1>", "no-store", "text/html; charset=utf-8"), (page.Status, page.Text, page.Header("Cache-Control"), page.Header("Content-Type")));
        Assert.Equal((502, "bad gateway\n"), (program.Status, program.Text));
    }

    [Fact]
    public async Task Page_OriginSilent_Is504AfterItsTime()
    {
        await using var origin = new RawUpstream { Answer = Fault.Stalls("") };
        await using var gateway = await StartAsync(origin.Address);

        var page = await gateway.SendAsync(Get);
        origin.Answer = Fault.Stalls("HTTP/1.1 200 OK\r\nX-Half: ");
        var half = await gateway.SendAsync(Get);

        Assert.Equal((504, "gateway timeout\n"), (page.Status, page.Text));
        Assert.Equal(504, half.Status);
    }

    [Fact]
    public async Task Page_AnswerThatHasBegun_MayTakeItsTime()
    {
        await using var origin = new RawUpstream();
        origin.Answer = async (request, stream) =>
        {
            await RawUpstream.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n");
            await Fault.Drips(Fault.Longer, "ok")(request, stream);
        };
        await using var gateway = await StartAsync(origin.Address);

        var page = await gateway.SendAsync(Get);

        Assert.Equal((200, "ok"), (page.Status, page.Text));
    }

    [Fact]
    public async Task Upload_VisitorSlowerThanTheOriginsTime_IsNotCut()
    {
        await using var website = await Website.StartAsync(HttpProtocols.Http1, answer: EchoAsync);
        await using var gateway = await StartAsync(website.Address);
        using var client = await RawClient.ConnectAsync(gateway.Address);
        using var slowly = new PeriodicTimer(Fault.Longer);

        await client.WriteAsync("POST /up HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 10\r\n\r\n12345");
        await slowly.WaitForNextTickAsync();
        await client.WriteAsync("67890");
        var answer = await client.ReadAsync();

        Assert.Equal((200, "1234567890"), (answer.Status, answer.Text));
    }

    [Fact]
    public async Task Upload_OriginSilentAfterIt_Is504()
    {
        await using var origin = new RawUpstream { Answer = Fault.Stalls("") };
        await using var gateway = await StartAsync(origin.Address);

        var answer = await gateway.SendAsync("POST /up HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 5\r\n\r\n12345");

        Assert.Equal(504, answer.Status);
    }

    [Fact]
    public async Task Page_OriginBreaksOffInTheMiddle_IsNotTakenForWhole()
    {
        await using var origin = new RawUpstream { Answer = Fault.Closes("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf") };
        await using var gateway = await StartAsync(origin.Address);

        var sized = await gateway.SendAsync(Get);
        origin.Answer = Fault.Closes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n");
        var chunked = await gateway.SendAsync(Get);

        Assert.False(sized.IsWhole);
        Assert.False(chunked.IsWhole);
    }

    private static bool UpIs(int value, string metrics) => metrics.Contains($"taggateway_pages_origin_up{{otel_scope_name=\"TagGateway\",site=\"away\"}} {value}\n", StringComparison.Ordinal);

    private static Task<RunningGateway> StartAsync(string origin) =>
        RunningGateway.StartAsync("http://127.0.0.1:1", $"\"origin\": \"{origin}\", \"originTimeout\": \"00:00:01\"");

    private static async Task EchoAsync(HttpContext context)
    {
        using var body = new StreamReader(context.Request.Body);
        await context.Response.WriteAsync(await body.ReadToEndAsync(context.RequestAborted), context.RequestAborted);
    }
}
