using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using TagGateway.EndToEnd.Harness;
using TagGateway.Tests.Receiving;

namespace TagGateway.EndToEnd.Receiving;

/// <summary>Visitors served with TLS by the gateway itself: which certificate, which protocol, and what the website learns.</summary>
public sealed class TlsListenerTests
{
    private static readonly SomeCertificate First = SomeCertificate.Create("default.example");
    private static readonly SomeCertificate Shop = SomeCertificate.CreateChained(out _, "shop.example", "*.shop.example");
    private static readonly SomeCertificate Rsa = SomeCertificate.Create(TimeSpan.FromDays(9), true, "api.shop.example");

    [Fact]
    public async Task Handshake_SeveralCertificates_TheServerNameChooses()
    {
        await using var website = await Website.StartAsync(HttpProtocols.Http1);
        await using var tls = await TlsGateway.StartAsync(website.Address, "", "", First, Shop, Rsa);

        Assert.Equal(Shop.Thumbprint, await tls.ServedAsync("shop.example"));
        Assert.Equal(Shop.Thumbprint, await tls.ServedAsync("www.shop.example"));
        Assert.Equal(Rsa.Thumbprint, await tls.ServedAsync("api.shop.example"));
        Assert.Equal(First.Thumbprint, await tls.ServedAsync("a.b.shop.example"));
        Assert.Equal(First.Thumbprint, await tls.ServedAsync("unknown.example"));
        Assert.Equal(First.Thumbprint, await tls.ServedAsync(""));
    }

    [Fact]
    public async Task Handshake_ChainedCertificate_SendsTheIntermediateAndABrowserThatKnowsTheRootIsContent()
    {
        var pair = SomeCertificate.CreateChained(out var rootPem, "shop.example");
        await using var website = await Website.StartAsync(HttpProtocols.Http1);
        await using var tls = await TlsGateway.StartAsync(website.Address, "", "", pair);
        using var root = X509Certificate2.CreateFromPem(rootPem);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(pair.Certificate);

        using var visit = await tls.VisitAsync("shop.example");

        Assert.Contains(chain[1].Thumbprint, visit.Chain);
        using var judge = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck } };
        judge.ChainPolicy.CustomTrustStore.Add(root);
        foreach (var sent in chain.Where(one => visit.Chain.Contains(one.Thumbprint)))
        {
            judge.ChainPolicy.ExtraStore.Add(sent);
        }

        Assert.True(judge.Build(chain[0]), string.Join(", ", judge.ChainStatus.Select(status => status.StatusInformation)));
    }

    [Theory]
    [InlineData("h2,http/1.1", "h2")]
    [InlineData("http/1.1", "http/1.1")]
    [InlineData("", "")]
    public async Task Handshake_WhatTheBrowserOffers_DecidesTheProtocol(string offered, string expected)
    {
        await using var website = await Website.StartAsync(HttpProtocols.Http1);
        await using var tls = await TlsGateway.StartAsync(website.Address, "", "", Shop);

        using var visit = await tls.VisitAsync(
            "shop.example", SslProtocols.None, [.. offered.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(name => new SslApplicationProtocol(name))]);

        Assert.Equal(expected, visit.Stream.NegotiatedApplicationProtocol.ToString());
        Assert.Equal(SslProtocols.Tls13, visit.Stream.SslProtocol);
    }

    [Fact]
    public async Task Handshake_Versions_OnePointTwoIsServedAndOlderIsNot()
    {
        await using var website = await Website.StartAsync(HttpProtocols.Http1);
        await using var tls = await TlsGateway.StartAsync(website.Address, "", "", isLogged: true, Shop);

        using var visit = await tls.VisitAsync("shop.example", SslProtocols.Tls12);

        Assert.Equal(SslProtocols.Tls12, visit.Stream.SslProtocol);
        using var log = LogRecorder.Attach(tls.Gateway);
#pragma warning disable CA5397, SYSLIB0039 // that it is refused is the point
        await Assert.ThrowsAnyAsync<Exception>(() => tls.VisitAsync("shop.example", SslProtocols.Tls11));
#pragma warning restore CA5397, SYSLIB0039
        await Eventually.HoldsAsync(() => log.Lines.Any(line => line.Contains("could not be read", StringComparison.Ordinal)), "it is told for who looks closely");
        Assert.Empty(log.Errors);
    }

    [Theory]
    [InlineData(1, "GET HTTP/1.1 shop.example https 127.0.0.1")]
    [InlineData(2, "GET HTTP/1.1 shop.example https 127.0.0.1")]
    public async Task Request_WithTls_ReachesTheWebsiteAndTellsItSo(int major, string expected)
    {
        await using var website = await Website.StartAsync(HttpProtocols.Http1);
        await using var tls = await TlsGateway.StartAsync(website.Address, "", "", Shop);
        using var browser = tls.Browser(new Version(major, major == 1 ? 1 : 0));

        using var answer = await browser.GetAsync("https://shop.example/page");

        Assert.Equal(expected, await answer.Content.ReadAsStringAsync());
        Assert.Equal(major, answer.Version.Major);
    }

    [Fact]
    public async Task Request_WithoutTlsBeside_IsServedAsEver()
    {
        await using var website = await Website.StartAsync(HttpProtocols.Http1);
        await using var tls = await TlsGateway.StartAsync(website.Address, "", "", Shop);

        var answer = await tls.Gateway.SendAsync("GET /page HTTP/1.1\r\nHost: shop.example\r\n\r\n");

        Assert.Equal("GET HTTP/1.1 shop.example http 127.0.0.1", answer.Text);
    }

    [Fact]
    public async Task Request_SomethingElseThanTls_EndsTheConnectionAndNothingElse()
    {
        await using var website = await Website.StartAsync(HttpProtocols.Http1);
        await using var tls = await TlsGateway.StartAsync(website.Address, "", "", Shop);
        using var log = LogRecorder.Attach(tls.Gateway);

        var answer = await RawClient.SendAsync(tls.Https, "GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n");

        Assert.Equal(0, answer.Status);
        Assert.Equal(Shop.Thumbprint, await tls.ServedAsync("shop.example"));
        Assert.Empty(log.Errors);
    }

    /// <summary>Greetings with bytes changed, or cut: none of them may cost more than its connection.</summary>
    [Fact]
    public async Task Handshake_DamagedGreetings_AreNoErrorsAndOthersAreServed()
    {
        await using var website = await Website.StartAsync(HttpProtocols.Http1);
        await using var tls = await TlsGateway.StartAsync(website.Address, "", "", isLogged: true, Shop);
        using var log = LogRecorder.Attach(tls.Gateway);
        var greeting = await GreetingAsync();
        var random = new Random(20_26);

        for (var i = 0; i < 300; i++)
        {
            var damaged = greeting.ToArray();
            for (var bytes = random.Next(1, 5); bytes > 0; bytes--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            using var client = await RawClient.ConnectAsync(tls.Https);
            await client.WriteAsync(damaged.AsMemory(0, i % 3 == 0 ? random.Next(damaged.Length) : damaged.Length));
            client.Close(reset: i % 2 == 0);
        }

        Assert.Equal(Shop.Thumbprint, await tls.ServedAsync("shop.example"));
        await Eventually.HoldsAsync(() => log.Lines.Any(line => line.Contains("could not be read", StringComparison.Ordinal)), "some were unreadable");
        Assert.Empty(log.Errors);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task WebSocket_WithTls_Echoes(int major)
    {
        await using var website = await Website.StartAsync(HttpProtocols.Http1);
        await using var tls = await TlsGateway.StartAsync(website.Address, "", "", Shop);
        using var browser = tls.Browser(new Version(major, major == 1 ? 1 : 0));
        using var socket = new ClientWebSocket { Options = { HttpVersion = browser.DefaultRequestVersion, HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact } };

        await socket.ConnectAsync(new Uri("wss://shop.example/socket"), browser, TestContext.Current.CancellationToken);
        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
        var buffer = new byte[64];
        var received = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);

        Assert.Equal("hello", Encoding.UTF8.GetString(buffer, 0, received.Count));
    }

    /// <summary>A hit sent while its page unloads arrives whole, with TLS too.</summary>
    [Fact]
    public async Task Hit_SenderClosesAtOnce_IsDeliveredWhole()
    {
        await using var google = new RawUpstream();
        await using var tls = await TlsGateway.StartAsync("http://127.0.0.1:1", "", $"\"connectTo\": {{ \"*\": \"{google.Address}\" }}", Shop);
        var body = RandomNumberGenerator.GetHexString(20_000);

        for (var i = 0; i < 20; i++)
        {
            using var visit = await tls.VisitAsync("shop.example");
            await visit.Stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /f807/g/collect HTTP/1.1\r\nHost: shop.example\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
            await visit.Stream.ShutdownAsync();
            visit.Client.Client.Shutdown(SocketShutdown.Send);
            Assert.Equal(body, Encoding.ASCII.GetString((await google.NextAsync()).Body));
        }
    }

    /// <summary>Lent bodies go to the socket as they are: with TLS that would be clear text.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task KeptScript_WithTls_ComesEncryptedAndWhole(int major)
    {
        var script = $"/*{RandomNumberGenerator.GetHexString(300_000)}*/";
        await using var google = new RawUpstream();
        google.AnswerWith($"HTTP/1.1 200 OK\r\nContent-Type: application/javascript\r\nCache-Control: private, max-age=900\r\nContent-Length: {script.Length}\r\n\r\n{script}");
        await using var tls = await TlsGateway.StartAsync(
            "http://127.0.0.1:1", "", $"\"connectTo\": {{ \"*\": \"{google.Address}\" }}, {RunningGateway.KnownRegion}", Shop);
        using var browser = tls.Browser(new Version(major, major == 1 ? 1 : 0));

        for (var i = 0; i < 5; i++)
        {
            using var answer = await browser.GetAsync("https://shop.example/f807/?id=G-MAIN1");

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(script, await answer.Content.ReadAsStringAsync());
            Assert.Contains(i == 0 ? "uri-miss" : "hit", answer.Headers.GetValues("Cache-Status").Single(), StringComparison.Ordinal);
        }
    }

    /// <summary>What a browser sends first.</summary>
    private static async Task<byte[]> GreetingAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        using var server = await listener.AcceptTcpClientAsync();
        using var stream = new SslStream(client.GetStream());
        var handshake = stream.AuthenticateAsClientAsync("shop.example");
        var buffer = new byte[16 * 1024];
        var length = await server.GetStream().ReadAsync(buffer);
        server.Close();
        await Assert.ThrowsAnyAsync<Exception>(() => handshake);
        return buffer[..length];
    }
}
