using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Pages;

/// <summary>The website behind the gateway, by every protocol that is offered for it.</summary>
public sealed class WebsiteTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("http", 1)]
    [InlineData("h2c", 2)]
    public async Task WebSocket_ToTheWebsite_EchoesOverHttp1AndHttp2(string scheme, int version)
    {
        await using var website = await Website.StartAsync(HttpProtocols.Http1);
        await using var gateway = await StartAsync(website.Address, scheme);
        using var handler = new SocketsHttpHandler();
        using var invoker = new HttpMessageInvoker(handler);
        using var socket = new ClientWebSocket();
        socket.Options.HttpVersion = new Version(version, version == 1 ? 1 : 0);
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        using var patience = new CancellationTokenSource(Patience);
        var buffer = new byte[100];

        await socket.ConnectAsync(new Uri($"ws://{Authority(gateway)}/socket"), invoker, patience.Token);
        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, patience.Token);
        var received = await socket.ReceiveAsync(buffer, patience.Token);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", patience.Token);

        Assert.Equal("hello", Encoding.UTF8.GetString(buffer, 0, received.Count));
        Assert.Equal("bye", socket.CloseStatusDescription);
    }

    [Fact]
    public async Task WebSocket_OnTheMeasurementPath_IsRefused()
    {
        await using var website = await Website.StartAsync(HttpProtocols.Http1);
        await using var gateway = await StartAsync(website.Address, "h2c");
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler());
        using var socket = new ClientWebSocket();
        socket.Options.HttpVersion = HttpVersion.Version20;
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        socket.Options.CollectHttpResponseDetails = true;
        using var patience = new CancellationTokenSource(Patience);

        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(new Uri($"ws://{Authority(gateway)}/f807/socket"), invoker, patience.Token));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, socket.HttpStatusCode);
    }

    [Fact]
    public async Task EventStream_FromTheWebsite_ArrivesEventByEvent()
    {
        await using var website = await Website.StartAsync(HttpProtocols.Http1);
        await using var gateway = await StartAsync(website.Address, "http");
        using var client = new HttpClient { Timeout = Patience };

        await using var stream = await client.GetStreamAsync($"http://{Authority(gateway)}/events");
        using var reader = new StreamReader(stream);
        var first = await reader.ReadLineAsync();
        await reader.ReadLineAsync();
        website.NextEvent.Release();
        var second = await reader.ReadLineAsync();

        Assert.Equal(("data: 1", "data: 2"), (first, second));
    }

    [Fact]
    public async Task EventStream_WithoutAnyEventYet_IsOpen()
    {
        await using var origin = new RawUpstream { Answer = Upstream.Fault.Stalls("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n") };
        await using var gateway = await StartAsync(origin.Address, "http");
        using var client = new HttpClient { Timeout = Patience };

        using var response = await client.GetAsync($"http://{Authority(gateway)}/events", HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData(HttpProtocols.Http1, "http", "HTTP/1.1")]
    [InlineData(HttpProtocols.Http2, "h2c", "HTTP/2")]
    public async Task Page_OfTheWebsite_ComesByItsProtocolUnderTheVisitorsHost(HttpProtocols protocols, string scheme, string expected)
    {
        await using var website = await Website.StartAsync(protocols);
        await using var gateway = await StartAsync(website.Address.Replace("http://", scheme + "://", StringComparison.Ordinal), "http");

        var response = await gateway.SendAsync("GET /cart HTTP/1.1\r\nHost: www.shop.example\r\nConnection: close\r\n\r\n");

        Assert.Equal($"GET {expected} www.shop.example http 127.0.0.1", response.Text);
    }

    [Fact]
    public async Task Page_OfAWebsiteWithTls_IsCheckedByTheOriginsNameUnderTheVisitorsHost()
    {
        await using var website = await Website.StartAsync(HttpProtocols.Http1, tls: true);
        var certificate = Path.GetTempFileName();
        await File.WriteAllTextAsync(certificate, website.CertificatePem);
        (string, string)[] settings = [("TAGGATEWAY_TAG", "G-MAIN1"), ("TAGGATEWAY_PATH", "/f807"), ("TAGGATEWAY_ORIGIN", website.Address)];

        await using var trusting = await GatewayProcess.StartAsync("", [.. settings, ("SSL_CERT_FILE", certificate)]);
        await using var doubting = await GatewayProcess.StartAsync("", settings);
        var page = await RawClient.SendAsync(trusting.Address, "GET / HTTP/1.1\r\nHost: www.shop.example\r\nConnection: close\r\n\r\n");
        var none = await RawClient.SendAsync(doubting.Address, "GET / HTTP/1.1\r\nHost: www.shop.example\r\nConnection: close\r\n\r\n");
        File.Delete(certificate);

        Assert.Equal("GET HTTP/1.1 www.shop.example http 127.0.0.1", page.Text);
        Assert.Equal((502, "bad gateway\n"), (none.Status, none.Text));
    }

    private static string Authority(RunningGateway gateway) => gateway.Address[(gateway.Address.IndexOf("//", StringComparison.Ordinal) + 2)..];

    private static Task<RunningGateway> StartAsync(string origin, string scheme) => RunningGateway.StartFromJsonAsync($$"""
        {
          "urls": "{{scheme}}://127.0.0.1:0",
          "admin": { "url": "http://127.0.0.1:0" },
          "log": { "level": "error" },
          "sites": { "shop": { "path": "/f807", "tags": ["G-MAIN1"], "origin": "{{origin}}" } }
        }
        """);
}
