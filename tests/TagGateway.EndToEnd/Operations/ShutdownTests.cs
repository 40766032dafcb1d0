using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Operations;

/// <summary>The program is told to stop while visitors are there: nobody's request fails, and the exit code is 0.</summary>
public sealed class ShutdownTests
{
    private const int Interrupt = 2;
    private const int Terminate = 15;
    private const string Ask = "GET /page HTTP/1.1\r\nHost: shop.example\r\n\r\n";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Terminate_UnderLoad_NoRequestFailsAndReadyzSaysSo()
    {
        await using var website = await Website.StartAsync(HttpProtocols.Http1);
        await using var gateway = await StartAsync(website.Address, delay: 3, timeout: 10);
        using var stop = new CancellationTokenSource();
        var visits = Enumerable.Range(0, 6).Select(_ => new Visits()).ToList();
        var visitors = visits.Select(one => VisitAsync(gateway.Address, one, stop.Token)).ToList();
        await Eventually.HoldsAsync(() => visits.All(one => one.Kept > 10), "all of them are at it");

        gateway.Signal(Terminate);
        await Eventually.HoldsAsync(async () => await ReadyAsync(gateway) is (503, "draining\n"), "/readyz says that it drains");
        await AnsweredAsync(gateway, times: 50);
        await stop.CancelAsync(); // as a load balancer sends them elsewhere
        await Task.WhenAll(visitors);

        Assert.Equal(0, await gateway.EndedAsync());
        Assert.All(visits, one => Assert.True(one.Closed > 0));
        Assert.DoesNotContain("fail:", gateway.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("warn: Microsoft", gateway.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Terminate_UnderLoadOfHttp2_NoRequestFails()
    {
        await using var website = await Website.StartAsync(HttpProtocols.Http1);
        await using var gateway = await StartAsync(website.Address, delay: 3, timeout: 10, ("TAGGATEWAY_URLS", "h2c://127.0.0.1:0"));
        var port = new Uri(gateway.Address).Port;
        var connections = 0;
        using var browser = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (_, cancellation) =>
            {
                Interlocked.Increment(ref connections);
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync("127.0.0.1", port, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        })
        { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact, Timeout = Patience };
        using var stop = new CancellationTokenSource();
        var visitors = Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            var count = 0;
            for (; !stop.IsCancellationRequested; count++)
            {
                using var answer = await browser.GetAsync("http://shop.example/page");
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            }

            return count;
        })).ToList();
        await Eventually.HoldsAsync(() => connections > 0, "somebody has connected");
        var before = connections;

        gateway.Signal(Terminate);
        var ended = Task.WhenAny(visitors);
        await Eventually.HoldsAsync(() => connections > before + 5 || ended.IsCompleted, "connections were told to end");
        await stop.CancelAsync();

        Assert.All(await Task.WhenAll(visitors), count => Assert.True(count > 0));
        Assert.Equal(0, await gateway.EndedAsync());
        Assert.DoesNotContain("fail:", gateway.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Terminate_SlowDownload_IsFinished()
    {
        var half = new string('x', 300_000);
        var isBegun = new TaskCompletionSource();
        var mayEnd = new TaskCompletionSource();
        await using var website = new RawUpstream();
        website.Answer = async (_, stream) =>
        {
            await RawUpstream.WriteAsync(stream, $"HTTP/1.1 200 OK\r\nContent-Length: {2 * half.Length}\r\n\r\n{half}");
            isBegun.SetResult();
            await mayEnd.Task;
            await RawUpstream.WriteAsync(stream, half);
        };
        await using var gateway = await StartAsync(website.Address, delay: 0, timeout: 15);
        using var client = await RawClient.ConnectAsync(gateway.Address);
        await client.WriteAsync(Ask);
        var download = client.ReadAsync();
        await isBegun.Task.WaitAsync(Patience);

        gateway.Signal(Terminate);
        await Eventually.HoldsAsync(() => gateway.Output.Contains("Stopping", StringComparison.Ordinal), "it stops");
        await Eventually.HoldsAsync(async () => !await IsListeningAsync(gateway.Address), "nobody new is let in");
        mayEnd.SetResult();

        Assert.Equal(half + half, (await download).Text);
        Assert.Equal(0, await gateway.EndedAsync());
    }

    [Fact]
    public async Task Terminate_UploadDuringTheDelay_ArrivesWhole()
    {
        await using var website = new RawUpstream();
        website.AnswerWith("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        await using var gateway = await StartAsync(website.Address, delay: 3, timeout: 10);
        using var client = await RawClient.ConnectAsync(gateway.Address);
        var part = new string('x', 100_000);

        gateway.Signal(Terminate);
        await Eventually.HoldsAsync(() => gateway.Output.Contains("Draining", StringComparison.Ordinal), "it drains");
        await client.WriteAsync($"POST /upload HTTP/1.1\r\nHost: shop.example\r\nContent-Length: {2 * part.Length}\r\n\r\n{part}");
        await AnsweredAsync(gateway, times: 3);
        await client.WriteAsync(part);
        var answer = await client.ReadAsync();

        Assert.Equal("ok", answer.Text);
        Assert.Equal("close", answer.Header("Connection"));
        Assert.Equal(2 * part.Length, (await LastAsync(website)).Body.Length);
        Assert.Equal(0, await gateway.EndedAsync());
    }

    [Fact]
    public async Task Terminate_WebSocketAndEventStream_EndAtTheTimeoutWithoutAnError()
    {
        await using var website = await Website.StartAsync(HttpProtocols.Http1);
        await using var gateway = await StartAsync(website.Address, delay: 1, timeout: 1);
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Host", "shop.example");
        await socket.ConnectAsync(new Uri(gateway.Address.Replace("http", "ws", StringComparison.Ordinal) + "/socket"), TestContext.Current.CancellationToken);
        using var client = await RawClient.ConnectAsync(gateway.Address);
        await client.WriteAsync("GET /events HTTP/1.1\r\nHost: shop.example\r\n\r\n");
        var events = client.ReadAsync();

        gateway.Signal(Terminate);
        await Eventually.HoldsAsync(() => gateway.Output.Contains("Draining", StringComparison.Ordinal), "it drains");
        await socket.SendAsync("still here"u8.ToArray(), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
        var received = await socket.ReceiveAsync(new byte[64], TestContext.Current.CancellationToken);

        Assert.Equal("still here".Length, received.Count);
        Assert.Equal(0, await gateway.EndedAsync());
        Assert.False((await events).IsWhole);
        Assert.DoesNotContain("fail:", gateway.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("warn:", gateway.Output[gateway.Output.IndexOf("Draining", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interrupt_WithALongDelay_DoesNotWait()
    {
        await using var gateway = await StartAsync("http://127.0.0.1:1", delay: 300, timeout: 10);

        Assert.Equal(0, await gateway.EndAsync(Interrupt));
        Assert.DoesNotContain("Draining", gateway.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Terminate, 143)]
    [InlineData(Interrupt, 130)]
    public async Task SecondSignal_DuringTheDelay_EndsItAtOnce(int second, int exitCode)
    {
        await using var gateway = await StartAsync("http://127.0.0.1:1", delay: 300, timeout: 10);
        gateway.Signal(Terminate);
        await Eventually.HoldsAsync(() => gateway.Output.Contains("Draining", StringComparison.Ordinal), "it drains");

        Assert.Equal(exitCode, await gateway.EndAsync(second));
    }

    private static Task<GatewayProcess> StartAsync(string origin, int delay, int timeout, params (string Name, string Value)[] more) => GatewayProcess.StartAsync(
        "",
        [
            ("TAGGATEWAY_TAG", "G-MAIN1"), ("TAGGATEWAY_PATH", "/f807"), ("TAGGATEWAY_HOST", "shop.example"), ("TAGGATEWAY_ORIGIN", origin),
            ("TAGGATEWAY_SHUTDOWN__DELAY", $"{TimeSpan.FromSeconds(delay):c}"), ("TAGGATEWAY_SHUTDOWN__TIMEOUT", $"{TimeSpan.FromSeconds(timeout):c}"),
            .. more,
        ]);

    /// <summary>One request after another on one connection, until the gateway ends it: then on a new one.</summary>
    private static async Task VisitAsync(string address, Visits visits, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            using var client = await RawClient.ConnectAsync(address);
            for (var isLast = false; !isLast && !stop.IsCancellationRequested;)
            {
                await client.WriteAsync(Ask);
                var answer = await client.ReadAsync();
                Assert.True(answer is { Status: 200, IsWhole: true }, $"a request failed after {visits.Kept} and {visits.Closed}");
                isLast = answer.Header("Connection") == "close";
                _ = isLast ? visits.Closed++ : visits.Kept++;
            }
        }
    }

    private static async Task AnsweredAsync(GatewayProcess gateway, int times)
    {
        for (var i = 0; i < times; i++)
        {
            Assert.Equal(200, (await RawClient.SendAsync(gateway.Address, Ask)).Status);
        }
    }

    private static async Task<RecordedRequest> LastAsync(RawUpstream website)
    {
        var request = await website.NextAsync();
        while (!website.IsEmpty)
        {
            request = await website.NextAsync();
        }

        return request;
    }

    private static async Task<(int Status, string Body)> ReadyAsync(GatewayProcess gateway)
    {
        var answer = await RawClient.SendAsync(gateway.Admin, "GET /readyz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        return (answer.Status, answer.Text);
    }

    private static async Task<bool> IsListeningAsync(string address)
    {
        try
        {
            using var client = await RawClient.ConnectAsync(address);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>How many answers kept their connection, and how many were its last.</summary>
    private sealed class Visits
    {
        public volatile int Kept;
        public volatile int Closed;
    }
}
