using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using TagGateway.EndToEnd.Harness;
using TagGateway.EndToEnd.Receiving;
using TagGateway.Operations;
using TagGateway.Tests.Receiving;

namespace TagGateway.EndToEnd.Operations;

/// <summary>While the gateway is draining, an HTTP/2 client is told to go elsewhere, and every stream that it opens all the same is served.</summary>
public sealed class Http2DrainTests
{
    private const int Terminate = 15;
    private const int StreamsWhileDraining = 200;
    private static readonly TimeSpan LongDelay = TimeSpan.FromMinutes(10);
    private static readonly byte[] Ask = HeaderBlock.Encode(HeaderBlock.Get("/page"));

    [Fact]
    public async Task Terminate_StreamsOpenedDuringTheDelay_AreAllServed()
    {
        await using var website = await Website.StartAsync(HttpProtocols.Http1);
        await using var gateway = await StartAsync(website.Address, LongDelay);
        var clients = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Http2Client.ConnectAsync(gateway.Address)));
        await Task.WhenAll(clients.Select(client => AssertServedAsync(client, 1)));

        gateway.Signal(Terminate);
        await DrainingAsync(gateway);
        await Task.WhenAll(clients.Select(client => AssertServedAsync(client, StreamsWhileDraining)));
        using var late = await Http2Client.ConnectAsync(gateway.Address);
        await AssertServedAsync(late, StreamsWhileDraining);

        // One GOAWAY a connection, and it gives up no stream.
        Assert.All(clients.Append(late), client => Assert.Equal([(Http2Frame.AllStreams, Http2Frame.NoError)], client.GoAways));
        foreach (var client in clients)
        {
            client.Dispose();
        }
    }

    /// <summary>A stream that takes long keeps its connection open, and others may be opened beside it.</summary>
    [Fact]
    public async Task Terminate_StreamsAtOnceDuringTheDelay_AreAllServed()
    {
        await using var website = new RawUpstream();
        var isReleased = new TaskCompletionSource();
        website.Answer = async (request, stream) =>
        {
            await (request.Target == "/slow" ? isReleased.Task : Task.CompletedTask);
            await RawUpstream.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        };
        await using var gateway = await StartAsync(website.Address, LongDelay);
        using var client = await Http2Client.ConnectAsync(gateway.Address);
        var slow = await client.BeginAsync(HeaderBlock.Encode(HeaderBlock.Get("/slow")));

        gateway.Signal(Terminate);
        await DrainingAsync(gateway);
        await AssertServedAsync(client, 10);
        isReleased.SetResult();
        var response = await client.ReadAsync(slow);
        await AssertServedAsync(client, 10);

        Assert.Equal((200, true), (response.Status, response.IsWhole));
    }

    [Fact]
    public async Task Terminate_AfterTheDelay_EndsEveryConnection()
    {
        await using var website = await Website.StartAsync(HttpProtocols.Http1);
        await using var gateway = await StartAsync(website.Address, TimeSpan.FromSeconds(1));
        using var idle = await Http2Client.ConnectAsync(gateway.Address);
        using var unused = await Http2Client.ConnectAsync(gateway.Address);
        using var told = await Http2Client.ConnectAsync(gateway.Address);
        await AssertServedAsync(idle, 1);
        await AssertServedAsync(told, 1);

        gateway.Signal(Terminate);
        await DrainingAsync(gateway);
        await told.SendAsync(Ask);
        await Task.WhenAll(idle.ReadToEndAsync(), unused.ReadToEndAsync(), told.ReadToEndAsync());

        Assert.Equal(0, await gateway.EndedAsync());
        Assert.Equal([(1u, Http2Frame.NoError)], idle.GoAways);
        Assert.All(told.GoAways, goAway => Assert.Equal(Http2Frame.NoError, goAway.Error));
        Assert.NotEqual(Http2Frame.AllStreams, told.GoAways[^1].LastStream);
        Assert.DoesNotContain("fail:", gateway.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("warn: Microsoft", gateway.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Begin_OverTls_ServesTheStreamsToo()
    {
        await using var website = await Website.StartAsync(HttpProtocols.Http1);
        await using var tls = await TlsGateway.StartAsync(website.Address, "", "\"shutdown\": { \"delay\": \"00:10:00\" }", SomeCertificate.Create("shop.example"));
        using var visit = await tls.VisitAsync("shop.example", SslProtocols.None, SslApplicationProtocol.Http2);
        using var client = await Http2Client.BeginAsync(visit.Stream);
        var shutdown = tls.Gateway.Get<Shutdown>().BeginAsync(isWaited: true);

        await AssertServedAsync(client, 20, HeaderBlock.Encode(HeaderBlock.Get("/page", scheme: "https")));

        Assert.False(shutdown.IsCompleted);
        Assert.Equal([(Http2Frame.AllStreams, Http2Frame.NoError)], client.GoAways);
    }

    private static async Task AssertServedAsync(Http2Client client, int streams, byte[]? block = null)
    {
        for (var i = 0; i < streams; i++)
        {
            var response = await client.SendAsync(block ?? Ask);
            Assert.True(response is { Status: 200, IsWhole: true }, $"stream {i}: {response}, {string.Join(',', client.GoAways)}");
        }
    }

    private static Task DrainingAsync(GatewayProcess gateway) =>
        Eventually.HoldsAsync(() => gateway.Output.Contains("Draining", StringComparison.Ordinal), "it drains");

    private static Task<GatewayProcess> StartAsync(string origin, TimeSpan delay) => GatewayProcess.StartAsync(
        "",
        ("TAGGATEWAY_URLS", "h2c://127.0.0.1:0"), ("TAGGATEWAY_TAG", "G-MAIN1"), ("TAGGATEWAY_PATH", "/f807"), ("TAGGATEWAY_HOST", "shop.example"),
        ("TAGGATEWAY_ORIGIN", origin), ("TAGGATEWAY_SHUTDOWN__DELAY", $"{delay:c}"), ("TAGGATEWAY_SHUTDOWN__TIMEOUT", "00:00:10"));
}
