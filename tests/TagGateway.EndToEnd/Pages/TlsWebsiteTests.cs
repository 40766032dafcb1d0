using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Pages;

/// <summary>Websites behind that speak TLS: the protocol is agreed on, the certificate is the origin's, Host is the visitor's.</summary>
public sealed class TlsWebsiteTests
{
    /// <summary>More than have connections of their own.</summary>
    private const int ManyHosts = 80;

    [Fact]
    public async Task Page_OfATlsWebsite_ComesByTheBestProtocolUnderItsOwnName()
    {
        await using var websites = await Websites.StartAsync();

        foreach (var (host, protocol) in new[] { ("tls2.example", "HTTP/2"), ("tls1.example", "HTTP/1.1") })
        {
            var pages = new[] { await GetAsync(websites, 1, host), await GetAsync(websites, 1, host), await GetAsync(websites, 2, host), await GetAsync(websites, 2, host) };

            Assert.All(pages, page => Assert.Equal($"GET {protocol} {host} http 127.0.0.1", page));
            Assert.Equal("localhost", websites[host].ServerName);
            Assert.Equal(2, websites[host].Connections); // one of each gateway
            await AssertManyHostsShareAsync(websites, host);
        }
    }

    private static async Task AssertManyHostsShareAsync(Websites websites, string host)
    {
        for (var i = 0; i < ManyHosts; i++)
        {
            var page = await GetAsync(websites, 1, $"h{i}.{host}");
            Assert.EndsWith($" h{i}.{host} http 127.0.0.1", page, StringComparison.Ordinal);
        }

        Assert.InRange(websites[host].Connections, 60, 70);
    }

    [Fact]
    public async Task Page_WebsiteGivesUpHttp2ForHttp11_StillComes()
    {
        // The client has then given up HTTP/2 for good; the website offers it again.
        var protocols = HttpProtocols.Http1;
        await using var website = await Website.StartAsync(HttpProtocols.Http1AndHttp2, tls: true, answer: AnswerAndCloseAsync, offered: () => protocols);
        var trusted = Path.GetTempFileName();
        await File.WriteAllTextAsync(trusted, website.CertificatePem);
        await using var gateway = await GatewayProcess.StartAsync(
            "", ("TAGGATEWAY_TAG", "G-MAIN1"), ("TAGGATEWAY_PATH", "/f807"), ("TAGGATEWAY_ORIGIN", website.Address), ("SSL_CERT_FILE", trusted));

        var before = await RawClient.SendAsync(gateway.Address, Get("shop.example"));
        protocols = HttpProtocols.Http1AndHttp2;
        var after = await RawClient.SendAsync(gateway.Address, Get("shop.example"));
        File.Delete(trusted);

        Assert.Equal((200, "HTTP/1.1"), (before.Status, before.Text));
        Assert.Equal((200, "HTTP/1.1"), (after.Status, after.Text));
    }

    [Fact]
    public async Task Page_OfAWebsiteThatNobodyTrusts_Is502AndSaysWhy()
    {
        await using var website = await Website.StartAsync(HttpProtocols.Http1AndHttp2, tls: true);
        await using var gateway = await RunningGateway.StartAsync("http://127.0.0.1:1", $"\"origin\": \"{website.Address}\"");
        using var log = LogRecorder.Attach(gateway);
        using var client = new HttpClient();

        var page = await gateway.SendAsync(Get("shop.example"));
        var metrics = await client.GetStringAsync($"{gateway.Admin}/metrics");

        Assert.Equal((502, "bad gateway\n"), (page.Status, page.Text));
        Assert.Contains("reason=\"certificate_refused\"", metrics, StringComparison.Ordinal);
        Assert.Empty(log.Errors);
    }

    private static string Get(string host) => $"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n";

    private static Task AnswerAndCloseAsync(HttpContext context)
    {
        if (HttpProtocol.IsHttp11(context.Request.Protocol))
        {
            context.Response.Headers.Connection = "close";
        }

        return context.Response.WriteAsync(context.Request.Protocol);
    }

    private static async Task<string> GetAsync(Websites websites, int version, string host)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{websites.Authority(version)}/")
        {
            Version = new Version(version, version == 1 ? 1 : 0),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.Host = host;
        using var response = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }
}
