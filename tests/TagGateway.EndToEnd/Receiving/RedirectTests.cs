using Microsoft.AspNetCore.Server.Kestrel.Core;
using TagGateway.EndToEnd.Harness;
using TagGateway.Tests.Receiving;

namespace TagGateway.EndToEnd.Receiving;

/// <summary><c>tls.redirectHttp</c>: who comes without TLS is sent to the same address with it.</summary>
public sealed class RedirectTests
{
    private static readonly SomeCertificate Certificate = SomeCertificate.Create("shop.example", "*.shop.example");

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: shop.example", "shop.example", "/")]
    [InlineData("GET /a%20b/%2e%2e/c;d?q=%41&x=1+2&&# HTTP/1.1\r\nHost: shop.example", null, "")]
    [InlineData("GET /a%20b/%2e%2e/c;d?q=%41&x=1+2&&%23 HTTP/1.1\r\nHost: shop.example", "shop.example", "/a%20b/%2e%2e/c;d?q=%41&x=1+2&&%23")]
    [InlineData("GET //evil.example/x HTTP/1.1\r\nHost: shop.example", "shop.example", "//evil.example/x")]
    [InlineData("GET /\\evil.example HTTP/1.1\r\nHost: shop.example", "shop.example", "/\\evil.example")]
    [InlineData("GET http://shop.example/x?http://evil.example/ HTTP/1.1\r\nHost: shop.example", "shop.example", "/x?http://evil.example/")]
    [InlineData("GET http://shop.example HTTP/1.1\r\nHost: shop.example", "shop.example", "/")]
    [InlineData("GET /x HTTP/1.1\r\nHost: WWW.Shop.Example:8080", "www.shop.example", "/x")]
    [InlineData("HEAD /x HTTP/1.1\r\nHost: shop.example", "shop.example", "/x")]
    [InlineData("GET /f807/?id=G-MAIN1 HTTP/1.1\r\nHost: shop.example", "shop.example", "/f807/?id=G-MAIN1")]
    [InlineData("POST /f807/g/collect?v=2 HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 0", "shop.example", "/f807/g/collect?v=2")]
    [InlineData("PUT /x HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 0", "shop.example", "/x")]
    [InlineData("GET /socket HTTP/1.1\r\nHost: shop.example\r\nConnection: Upgrade\r\nUpgrade: websocket", "shop.example", "/socket")]
    [InlineData("GET /x HTTP/1.1\r\nHost: shop.example\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: evil.example", "shop.example", "/x")]
    public async Task Request_WithoutTls_IsSentToTheSameAddressWithIt(string request, string? host, string target)
    {
        await using var tls = await TlsGateway.StartAsync("http://127.0.0.1:1", "\"redirectHttp\": true", "", Certificate);

        var answer = await tls.Gateway.SendAsync(request + "\r\n\r\n");

        Assert.Equal(host is null ? 400 : 308, answer.Status);
        Assert.Equal(host is null ? null : $"https://{host}:{tls.Port}{target}", answer.Header("Location"));
        Assert.Equal("no-store", answer.Header("Cache-Control"));
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: other.example", 404)]
    [InlineData("GET / HTTP/1.1\r\nHost: shop.example@evil.example", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: a.shop.example/x", 400)]
    [InlineData("GET / HTTP/1.0", 404)]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: shop.example", 204)]
    [InlineData("TRACE / HTTP/1.1\r\nHost: shop.example", 405)]
    [InlineData("POST / HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 1\r\nTransfer-Encoding: chunked", 400)]
    public async Task Request_ThatNoRedirectIsFor_IsRefusedAsEver(string request, int status)
    {
        await using var tls = await TlsGateway.StartAsync("http://127.0.0.1:1", "\"redirectHttp\": true", "", Certificate);

        var answer = await tls.Gateway.SendAsync(request + "\r\n\r\n");

        Assert.Equal(status, answer.Status);
        Assert.Null(answer.Header("Location"));
    }

    [Theory]
    [InlineData("\"redirectPort\": 443", "https://shop.example/x")]
    [InlineData("\"redirectPort\": 9443", "https://shop.example:9443/x")]
    public async Task Request_PortAsVisitorsKnowIt_StandsInTheAddress(string port, string expected)
    {
        await using var tls = await TlsGateway.StartAsync("http://127.0.0.1:1", $"\"redirectHttp\": true, {port}", "", Certificate);

        Assert.Equal(expected, (await tls.Gateway.SendAsync("GET /x HTTP/1.1\r\nHost: shop.example\r\n\r\n")).Header("Location"));
    }

    [Fact]
    public async Task Request_ATrustedProxyReceivedWithTls_IsServed()
    {
        await using var website = await Website.StartAsync(HttpProtocols.Http1);
        await using var tls = await TlsGateway.StartAsync(website.Address, "\"redirectHttp\": true", "\"trustedProxies\": [\"127.0.0.1\"]", Certificate);

        var secure = await tls.Gateway.SendAsync("GET /x HTTP/1.1\r\nHost: shop.example\r\nX-Forwarded-Proto: https\r\n\r\n");
        var clear = await tls.Gateway.SendAsync("GET /x HTTP/1.1\r\nHost: shop.example\r\nX-Forwarded-Proto: http\r\n\r\n");

        Assert.StartsWith("GET HTTP/1.1 shop.example https", secure.Text, StringComparison.Ordinal);
        Assert.Equal(308, clear.Status);
    }

    [Fact]
    public async Task Administration_IsNeverRedirected()
    {
        await using var tls = await TlsGateway.StartAsync("http://127.0.0.1:1", "\"redirectHttp\": true", "", Certificate);

        Assert.Equal("ready\n", await tls.ReadyAsync());
    }

    [Fact]
    public async Task Request_BodyBehindIt_LeavesTheConnectionInOrder()
    {
        await using var tls = await TlsGateway.StartAsync("http://127.0.0.1:1", "\"redirectHttp\": true", "", Certificate);
        using var client = await RawClient.ConnectAsync(tls.Gateway.Address);

        await client.WriteAsync("POST /f807/g/collect HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 20\r\n\r\nGET /evil HTTP/1.1\r\nGET /next HTTP/1.1\r\nHost: shop.example\r\n\r\n");
        var first = await client.ReadAsync();
        var second = await client.ReadAsync();

        Assert.EndsWith("/f807/g/collect", first.Header("Location"), StringComparison.Ordinal);
        Assert.EndsWith("/next", second.Header("Location"), StringComparison.Ordinal);
    }
}
