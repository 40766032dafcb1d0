using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Sanitizing;

/// <summary>Which header lines of Google's come back: exactly these.</summary>
public sealed class ResponseHeaderTests
{
    private const string Body = "Content-Length: 2\r\n\r\nok";

    private static readonly string[] Passed =
    [
        "Accept-Ranges: none", "Access-Control-Allow-Origin: *", "Age: 5", "Cache-Control: public, max-age=31536000", "Content-Disposition: attachment; filename=\"f\xe4.txt\"",
        "Content-Language: de", "Content-Type: text/plain", "Cross-Origin-Resource-Policy: cross-origin", "ETag: W/\"abc\"", "Expires: Fri, 01 Jan 1990 00:00:00 GMT",
        "Last-Modified: Mon, 01 Jan 2024 00:00:00 GMT", "Pragma: no-cache", "Server: Golfe2", "Service-Worker-Allowed: /f807/_/service_worker", "Timing-Allow-Origin: *",
        "Vary: Accept-Encoding", "Vary: Origin", "X-Odd: \xe4\xf6\xfc \xf0\x9f\x98\x80", "x-encrypted-debug-headers: abc",
    ];

    private static readonly string[] Dropped =
    [
        "Strict-Transport-Security: max-age=1", "Clear-Site-Data: \"*\"", "NEL: {}", "Report-To: {}", "Reporting-Endpoints: a=\"https://secret.example\"", "Alt-Svc: h3=\":443\"",
        "Public-Key-Pins: x", "Expect-CT: x", "Accept-CH: Sec-CH-UA", "Critical-CH: Sec-CH-UA", "Origin-Agent-Cluster: ?1", "WWW-Authenticate: Basic realm=\"x\"", "Proxy-Authenticate: Basic",
        "Keep-Alive: timeout=5", "Connection: keep-alive, X-Hop", "X-Hop: 1", "Trailer: X", "Upgrade: h2c", "X-Content-Type-Options: sniff",
    ];

    [Fact]
    public async Task Response_EveryKindOfHeader_ExactlyTheAllowedComeBack()
    {
        var (response, lines) = await Golden.AnsweredAsync($"HTTP/1.1 200 OK\r\n{string.Concat(Passed.Concat(Dropped).Select(line => line + "\r\n"))}{Body}");

        Assert.Equal("ok", response.Text);
        Assert.Equal([.. Passed.Append("Content-Length: 2").Append("X-Content-Type-Options: nosniff").Order(StringComparer.Ordinal)], lines);
    }

    [Theory]
    [InlineData("a=1; Path=/; Secure", "a=1; Path=/; Secure")]
    [InlineData("FPID=x; Domain=.fps.goog; HttpOnly", "FPID=x; HttpOnly")]
    [InlineData("FPID=x; domain=G-MAIN1.FPS.GOOG; Path=/", "FPID=x; Path=/")]
    [InlineData("FPID=x; Domain=", "FPID=x")]
    [InlineData("FPID=x; Domain=shop.example; Path=/", "FPID=x; Domain=shop.example; Path=/")]
    [InlineData("FPID=x; Domain=.shop.example", "FPID=x; Domain=.shop.example")]
    [InlineData("FPID=\xe4 \xff; Path=/", "FPID=\xe4 \xff; Path=/")]
    [InlineData("FPID=a,b; Expires=Fri, 01 Jan 2035 00:00:00 GMT; Path=/", "FPID=a,b; Expires=Fri, 01 Jan 2035 00:00:00 GMT; Path=/")]
    [InlineData("FPID=x; Domain=evil.example", null)]
    [InlineData("FPID=x; Domain=google.com", null)]
    [InlineData("FPID=x; Domain=notshop.example", null)]
    [InlineData("FPID=x; Domain=www.shop.example", null)]
    [InlineData("FPID=x; Domain=shop.example; Domain=evil.example", null)]
    [InlineData("FPID=x; Domain=notfps.goog", null)]
    [InlineData("FPID=x; DOMAIN = evil.example", null)]
    public async Task Response_SetCookie_FitsTheSite(string cookie, string? kept)
    {
        var (response, _) = await Golden.AnsweredAsync($"HTTP/1.1 200 OK\r\nSet-Cookie: {cookie}\r\n{Body}");

        Assert.Equal(kept, response.Header("Set-Cookie"));
    }

    [Fact]
    public async Task Response_SeveralCookies_ComeBackUnmergedInTheirOrder()
    {
        var (response, _) = await Golden.AnsweredAsync($"HTTP/1.1 200 OK\r\nSet-Cookie: FPB=2; Path=/\r\nSet-Cookie: FPX=1; Domain=evil.example\r\nSet-Cookie: FPA=1; Domain=fps.goog\r\nSet-Cookie: FPB=3\r\n{Body}");

        Assert.Equal(["FPB=2; Path=/", "FPA=1", "FPB=3"], response.All("Set-Cookie"));
    }

    [Fact]
    public async Task Response_CookieOfTheParentDomain_Kept()
    {
        await using var google = new RawUpstream();
        google.AnswerWith($"HTTP/1.1 200 OK\r\nSet-Cookie: FPID=x; Domain=shop.example\r\n{Body}");
        await using var gateway = await RunningGateway.StartFromJsonAsync($$"""
            { "urls": "http://127.0.0.1:0", "admin": { "url": "http://127.0.0.1:0" }, "log": { "level": "error" }, "connectTo": { "*": "{{google.Address}}" },
              "sites": { "shop": { "hosts": ["*.shop.example"], "path": "/f807", "tags": ["G-MAIN1"] } } }
            """);

        var response = await gateway.SendAsync("GET /f807/x HTTP/1.1\r\nHost: www.shop.example\r\n\r\n");

        Assert.Equal("FPID=x; Domain=shop.example", response.Header("Set-Cookie"));
    }

    [Theory]
    [InlineData(200, 200)]
    [InlineData(300, 502)]
    public async Task Response_HugeHeaders_PassOrFailButNeverHang(int kilobytes, int status)
    {
        var debug = string.Concat(Enumerable.Range(0, kilobytes / 50).Select(i => $"x-encrypted-debug-headers-{i}: {new string('x', 50 * 1024)}\r\n"));

        var (response, _) = await Golden.AnsweredAsync($"HTTP/1.1 200 OK\r\n{debug}{Body}");

        Assert.Equal(status, response.Status);
        if (status == 200)
        {
            Assert.Equal(kilobytes / 50, response.Head.Split("x-encrypted-debug-headers-").Length - 1);
            Assert.Equal("ok", response.Text);
        }
    }

    /// <summary>A header in one line of 200 KB, as Tag Assistant's is.</summary>
    [Fact]
    public async Task Response_OneHugeHeader_Passes()
    {
        var (response, _) = await Golden.AnsweredAsync($"HTTP/1.1 200 OK\r\nx-encrypted-debug-headers: {new string('x', 200 * 1024)}\r\n{Body}");

        Assert.Equal(200 * 1024, response.Header("x-encrypted-debug-headers")!.Length); // null fails the test as well
    }

    /// <summary>Two lengths are one too many: only what came counts.</summary>
    [Theory]
    [InlineData("Content-Length: 50\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n")]
    [InlineData("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n2\r\nok\r\n0\r\n\r\n")]
    public async Task Response_LengthBesideChunks_LengthIsDropped(string rest)
    {
        foreach (var type in new[] { "text/plain", "text/javascript" })
        {
            var (response, _) = await Golden.AnsweredAsync($"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\n{rest}");

            Assert.Equal(200, response.Status);
            Assert.Equal("ok", response.Text);
            Assert.True(response.IsWhole);
            Assert.True(response.Header("Content-Length") is null or "2", response.Head);
        }
    }

    [Theory]
    [InlineData("X-Bad: a\x01z")]
    [InlineData("X-Bad: a\x7fz")]
    public async Task Response_ControlCharacterInAHeader_OnlyThatOneIsDropped(string header)
    {
        var (response, lines) = await Golden.AnsweredAsync($"HTTP/1.1 200 OK\r\n{header}\r\nX-Good: 1\r\n{Body}");

        Assert.Equal(200, response.Status);
        Assert.Equal(["Content-Length: 2", "Content-Security-Policy: sandbox; default-src 'none'", "X-Content-Type-Options: nosniff", "X-Good: 1"], lines);
    }

    [Fact]
    public async Task Response_ServiceWorkersPage_MayRun()
    {
        var (response, _) = await Golden.AnsweredAsync($"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{Body}", "/f807/_/service_worker/65j1/sw_iframe.html?origin=x");

        Assert.Null(response.Header("Content-Security-Policy"));
    }

    [Theory]
    [InlineData("/f807/_/service_worker/../x/sw_iframe.html")]
    [InlineData("/f807/x/_/service_worker/65j1/sw_iframe.html")]
    [InlineData("/f807/_/service_worker/65j1/sw_iframe.html/x")]
    public async Task Response_PageElsewhere_MayNotRun(string target)
    {
        var (response, _) = await Golden.AnsweredAsync($"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{Body}", target);

        Assert.True(response.Status == 404 || response.Header("Content-Security-Policy") == "sandbox; default-src 'none'");
    }
}
