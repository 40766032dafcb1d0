using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.TagScripts;

/// <summary>Whatever a request says outside the key changes nothing: not what Google is asked, not what is kept, not what the next visitor gets. The headers are
/// those of PortSwigger's lists (web cache poisoning, Param Miner), and what proxies in front of a gateway obey.</summary>
public sealed class CacheUnkeyedTests
{
    private const string Evil = "evil.example";

    /// <summary>Answers with all that it was asked, as a server that is easily led would.</summary>
    private static Task EchoAsync(RecordedRequest request, Stream stream) =>
        stream.WriteAsync(KeepingGateway.Answer($"{Script.Of("G-MAIN1")}/*{Convert.ToHexString(System.Text.Encoding.Latin1.GetBytes(request.Head))}*/")).AsTask();

    public static TheoryData<string> Headers =>
    [
        "X-Forwarded-Host: " + Evil, "X-Forwarded-Server: " + Evil, "X-Forwarded-Scheme: http", "X-Forwarded-Proto: http", "X-Forwarded-Port: 1337",
        "X-Forwarded-Prefix: /evil", "X-Forwarded-Path: /evil", "X-Forwarded-Ssl: on", "X-Forwarded-Protocol: ssl", "X-Forwarded: " + Evil, "X-Forwarded-By: " + Evil,
        "X-Forwarded-For: 198.51.100.66", "X-Forwarded-For: " + Evil, "X-Forwarded-For-Original: 198.51.100.66", "X-Forward-For: 198.51.100.66", "Forwarded: for=198.51.100.66;host=evil.example",
        "Forwarded-For: 198.51.100.66", "Forwarded-For-Ip: 198.51.100.66", "Forwarded-Host: " + Evil, "X-Host: " + Evil, "X-HTTP-Host-Override: " + Evil, "X-Original-Host: " + Evil,
        "X-Original-URL: /f807/?id=GTM-EVIL", "X-Rewrite-URL: /f807/?id=GTM-EVIL", "X-Original-URI: /f807/?id=GTM-EVIL", "X-Request-URI: /evil", "X-HTTP-DestinationURL: http://evil.example/",
        "X-HTTP-Method-Override: POST", "X-HTTP-Method: HEAD", "X-Method-Override: OPTIONS", "X-HTTP-Path-Override: /evil", "X-Override-URL: /evil", "X-Proxy-URL: http://evil.example/",
        "Proxy: http://evil.example/", "Proxy-Host: " + Evil, "Proxy-Url: http://evil.example/", "Redirect: http://evil.example/", "Request-Uri: /evil", "Base-Url: http://evil.example/",
        "Http-Url: http://evil.example/", "Uri: /evil", "Url: http://evil.example/", "Destination: /evil", "Profile: http://evil.example/", "Referer: http://evil.example/?id=GTM-EVIL",
        "Referrer: http://evil.example/", "X-Referer: http://evil.example/", "Origin: http://evil.example", "Origin: null", "X-Wap-Profile: http://evil.example/wap.xml", "True-Client-IP: 198.51.100.66",
        "Client-IP: 198.51.100.66", "X-Client-IP: 198.51.100.66", "X-Real-IP: 198.51.100.66", "X-Remote-IP: 198.51.100.66", "X-Remote-Addr: 198.51.100.66", "X-Originating-IP: 198.51.100.66",
        "X-Cluster-Client-IP: 198.51.100.66", "X-ProxyUser-Ip: 198.51.100.66", "CF-Connecting-IP: 198.51.100.66", "Fastly-Client-IP: 198.51.100.66", "X-Custom-IP-Authorization: 127.0.0.1", "Via: 1.1 evil",
        "X-Forwarded-Geolocation: 1,1", "X-Gtg-Tag-Id: GTM-EVIL", "X-Gtg-Country: DE", "X-Client-Geo: DE", "X-Timer: S1", "X-Backend-Host: " + Evil, "X-Cache-Key: evil", "X-Cache: HIT", "Surrogate-Capability: a=ESI/1.0",
        "Accept: text/html", "Accept: image/webp", "Accept-Charset: utf-16", "Accept-Language: de", "Accept-Language: tlh;q=0.1", "Accept-Datetime: Thu, 31 May 2007 20:35:00 GMT", "User-Agent: evil", "User-Agent: ",
        "User-Agent: Mozilla/4.0 (compatible; MSIE 6.0)", "X-User-Agent: evil", "Sec-CH-UA: \"Evil\"", "Sec-CH-UA-Mobile: ?1", "Sec-Fetch-Dest: document", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Site: cross-site",
        "Save-Data: on", "DPR: 2", "Width: 1", "Viewport-Width: 1", "Downlink: 1", "ECT: 2g", "RTT: 999", "DNT: 1", "Sec-GPC: 1", "Upgrade-Insecure-Requests: 1", "Priority: u=0", "Purpose: prefetch", "Sec-Purpose: prefetch", "X-Moz: prefetch",
        "Cookie: session=evil", "Cookie: _ga=GA1.1.666.666; FPID=evil", "Cookie2: $Version=1", "Authorization: Basic ZXZpbDpldmls", "Proxy-Authorization: Basic ZXZpbA==", "X-Api-Key: evil", "X-Csrf-Token: evil",
        "X-Requested-With: XMLHttpRequest", "Content-Type: text/evil", "Content-Encoding: gzip", "Content-Language: de", "Transfer-Encoding-X: chunked", "TE: trailers", "Trailer: X-Evil", "Upgrade: h2c", "Upgrade: websocket",
        "Connection: X-Forwarded-CountryRegion", "Connection: close, Accept-Encoding, User-Agent", "Connection: X-Evil\r\nX-Evil: 1", "Keep-Alive: timeout=1", "HTTP2-Settings: AAMAAABkAAQAAP__",
        "Max-Forwards: 0", "Range: bytes=0-9", "Range: bytes=-1", "Range: bytes=0-,0-,0-", "Range: evil", "If-Range: \"x\"\r\nRange: bytes=0-0", "If-Match: *", "If-Match: \"evil\"",
        "If-Modified-Since: Mon, 01 Jan 1990 00:00:00 GMT", "If-Unmodified-Since: Mon, 01 Jan 1990 00:00:00 GMT", "If-None-Match: \"evil\"", "Cache-Control: no-transform", "Cache-Control: no-cache", "Pragma: akamai-x-get-cache-key",
        "Expect: 100-continue", "Traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "Tracestate: evil=1", "Baggage: evil=1", "X-Correlation-ID: evil", "X-Request-ID: evil", "X-Amzn-Trace-Id: Root=evil", "X-B3-TraceId: evil",
        "X-Evil: 1", "X_Forwarded_Host: " + Evil, "Content_Type: evil", "Accept-Encoding: gzip;q=0, br;q=0", "Accept-Encoding: identity", "Early-Data: 1", "Alt-Used: " + Evil, "Service-Worker: script", "Attribution-Reporting-Eligible: trigger",
    ];

    [Theory]
    [MemberData(nameof(Headers))]
    public async Task Header_OutsideTheKey_ChangesNothing(string header)
    {
        await using var honest = new RawUpstream { Answer = EchoAsync };
        await using var google = new RawUpstream { Answer = EchoAsync };
        await using var before = await KeepingGateway.StartAsync(honest.Address);
        await using var gateway = await KeepingGateway.StartAsync(google.Address);
        var expected = await before.GetAsync();
        var asked = await honest.NextAsync();

        // First the attack on an empty cache, then an honest visitor, then the attack on what is kept.
        var attack = await gateway.GetAsync(headers: header + "\r\n");
        var visit = await gateway.GetAsync();
        var again = await gateway.GetAsync(headers: header + "\r\n");

        Assert.Equal(asked.Head, Assert.Single(google.TakeAll()).Head);
        Assert.Equal((200, Visible(expected)), (visit.Status, Visible(visit)));
        Assert.Equal(Visible(expected), Visible(attack));
        Assert.Equal(Visible(expected), Visible(again));
    }

    /// <summary>What is personal, and what is no request that a proxy may pass on, is not kept at all.</summary>
    [Theory]
    [InlineData("X-Gtm-Server-Preview: evil")]
    [InlineData("Cookie: gtm_debug=x")]
    [InlineData("Content_Length: 5")]
    [InlineData("X-Forwarded-CountryRegion: DE")]
    public async Task Header_ThatMakesItAnotherRequest_IsNotKeptForTheNext(string header)
    {
        await using var google = new RawUpstream { Answer = EchoAsync };
        await using var gateway = await KeepingGateway.StartAsync(google.Address, root: RunningGateway.KnownRegion);

        await gateway.GetAsync(headers: header + "\r\n", region: "");
        google.TakeAll();
        var visit = await gateway.GetAsync(region: "");

        Assert.Equal(200, visit.Status);
        Assert.DoesNotContain(Convert.ToHexString("DE\r\n"u8), visit.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", Assert.Single(google.TakeAll()).Head, StringComparison.Ordinal);
    }

    /// <summary>A spelling that servers may read differently is a key of its own: nobody is served what another spelling has brought.</summary>
    [Theory]
    [InlineData("/f807/?id=G-MAIN1&utm_content=evil")]
    [InlineData("/f807/?id=G-MAIN1;utm_content=evil")]
    [InlineData("/f807/?utm_content=evil;id=G-MAIN1")]
    [InlineData("/f807/?utm_content=evil&id=G-MAIN1")]
    [InlineData("/f807/?id=G-MAIN1&id=G-MAIN1")]
    [InlineData("/f807/?id=G-MAIN1&l=evil")]
    [InlineData("/f807/?id=G-MAIN1&")]
    [InlineData("/f807/?&id=G-MAIN1")]
    [InlineData("/f807/?id=G-MAIN1&gtg_health=1")]
    [InlineData("/f807/?id=G-MAIN1&callback=evil")]
    [InlineData("/f807/?id=G-MAIN1%00")]
    [InlineData("/f807/?id=G-MAIN1#evil")]
    [InlineData("/f807/?id=G-MAIN1?evil")]
    [InlineData("/f807/?id=G%2DMAIN1")]
    [InlineData("/f807/?ID=G-MAIN1")]
    [InlineData("/f807/?id=g-main1")]
    [InlineData("/f807/?%69d=G-MAIN1")]
    [InlineData("/f807?id=G-MAIN1&x")]
    [InlineData("/f807//?id=G-MAIN1")]
    [InlineData("/f807/;evil?id=G-MAIN1")]
    [InlineData("/f807/%2e?id=G-MAIN1")]
    [InlineData("/f807/gtag/js?id=G-MAIN1")]
    [InlineData("/f807/gtag%2Fjs?id=G-MAIN1")]
    [InlineData("/f807/gtag/js/?id=G-MAIN1")]
    [InlineData("/f807/GTAG/JS?id=G-MAIN1")]
    [InlineData("/f807/gtm.js?id=G-MAIN1")]
    [InlineData("/f807/")]
    public async Task Target_OfAnotherSpelling_LeavesTheHonestOneAlone(string target)
    {
        await using var google = new RawUpstream { Answer = EchoAsync };
        await using var gateway = await KeepingGateway.StartAsync(google.Address);

        await gateway.GetAsync(target);
        google.TakeAll();
        var visit = await gateway.GetAsync();

        Assert.Equal("GET /f807/?id=G-MAIN1 HTTP/1.1", Assert.Single(google.TakeAll()).RequestLine);
        Assert.Contains(Convert.ToHexString("GET /f807/?id=G-MAIN1 HTTP/1.1"u8), visit.Text, StringComparison.Ordinal);
    }

    /// <summary>A body, a method, a version, a form of target: none of it is in the key, so none of it may reach what is kept.</summary>
    [Theory]
    [InlineData("GET", "/f807/?id=G-MAIN1", "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 11\r\n", "id=GTM-EVIL")]
    [InlineData("GET", "/f807/?id=G-MAIN1", "Transfer-Encoding: chunked\r\n", "b\r\nid=GTM-EVIL\r\n0\r\n\r\n")]
    [InlineData("GET", "http://shop.example/f807/?id=G-MAIN1", "", "")]
    [InlineData("HEAD", "/f807/?id=G-MAIN1", "", "")]
    [InlineData("OPTIONS", "/f807/?id=G-MAIN1", "Access-Control-Request-Method: GET\r\n", "")]
    [InlineData("POST", "/f807/?id=G-MAIN1", "Content-Length: 4\r\n", "evil")]
    [InlineData("PUT", "/f807/?id=G-MAIN1", "Content-Length: 4\r\n", "evil")]
    [InlineData("DELETE", "/f807/?id=G-MAIN1", "", "")]
    [InlineData("PURGE", "/f807/?id=G-MAIN1", "", "")]
    [InlineData("TRACE", "/f807/?id=G-MAIN1", "", "")]
    [InlineData("get", "/f807/?id=G-MAIN1", "", "")]
    public async Task Request_OfAnotherForm_LeavesTheHonestOneAlone(string method, string target, string headers, string body)
    {
        await using var google = new RawUpstream { Answer = EchoAsync };
        await using var gateway = await KeepingGateway.StartAsync(google.Address);
        using var log = LogRecorder.Attach(gateway.Gateway);

        for (var i = 0; i < 2; i++)
        {
            await gateway.Gateway.SendAsync(KeepingGateway.Request(target, headers, method: method) + body);
        }

        google.TakeAll();
        var visit = await gateway.GetAsync();
        var hit = await gateway.GetAsync();

        Assert.Equal((200, visit.Text), (hit.Status, hit.Text));
        Assert.Contains(Convert.ToHexString("GET /f807/?id=G-MAIN1 HTTP/1.1"u8), visit.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexString("Content-Length"u8), visit.Text, StringComparison.Ordinal);
        Assert.Empty(log.Errors);
    }

    [Fact]
    public async Task Head_OfWhatIsKept_IsItsHeadersAlone()
    {
        await using var google = new RawUpstream { Answer = EchoAsync };
        await using var gateway = await KeepingGateway.StartAsync(google.Address);

        var head = await gateway.GetAsync(method: "HEAD");
        var get = await gateway.GetAsync();

        Assert.Equal(get.Body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), head.Header("Content-Length"));
        Assert.Equal((200, "GET"), (head.Status, Assert.Single(google.TakeAll()).Method));
        Assert.Equal((get.Header("ETag"), get.Header("Content-Type")), (head.Header("ETag"), head.Header("Content-Type")));
    }

    private static Seen Visible(RawResponse response) =>
        new(response.Status, response.Text, response.Header("ETag"), response.Header("Cache-Control"), response.Header("Content-Type"), response.Header("Vary"), response.Header("Location"));

    private sealed record Seen(int Status, string Text, string? ETag, string? CacheControl, string? ContentType, string? Vary, string? Location);
}
