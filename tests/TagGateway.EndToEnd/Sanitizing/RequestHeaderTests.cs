namespace TagGateway.EndToEnd.Sanitizing;

/// <summary>Which header lines leave towards Google: exactly these.</summary>
public sealed class RequestHeaderTests
{
    private static readonly string[] Passed =
    [
        "Accept: */*", "Accept-Language: de-AT,de;q=0.9", "Access-Control-Request-Headers: content-type", "Access-Control-Request-Method: POST",
        "Attribution-Reporting-Eligible: event-source", "Cache-Control: no-cache", "DNT: 1", "If-Modified-Since: Mon, 01 Jan 2024 00:00:00 GMT", "If-None-Match: \"x\"",
        "Origin: https://shop.example", "Pragma: no-cache", "Sec-CH-UA: \"Chromium\";v=\"140\"", "Sec-CH-UA-Mobile: ?0", "Sec-Fetch-Mode: no-cors", "Sec-GPC: 1",
        "Service-Worker: script", "User-Agent: Mozilla/5.0 (X11)", "X-Gtm-Server-Preview: abc",
    ];

    private static readonly string[] Dropped =
    [
        "Authorization: Basic c2VjcmV0", "Proxy-Authorization: Basic c2VjcmV0", "Proxy-Connection: keep-alive", "X-Api-Key: secret", "X-CSRF-Token: secret", "X-Requested-With: XMLHttpRequest",
        "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "tracestate: a=b", "baggage: user=secret", "X-Request-Id: secret", "X-Amzn-Trace-Id: Root=secret",
        "X-Forwarded-Host: secret.example", "X-Forwarded-Proto: https", "X-Forwarded-Port: 666", "X-Forwarded-Country: KP", "X-Forwarded-Region: XX", "X-Forwarded-CountryRegion: KP-01",
        "X-Forwarded-Geolocation: latlong=1,2;city=Secret", "X-Forwarded: for=6.6.6.6", "X_Forwarded_For: 6.6.6.6", "X_Forwarded_CountryRegion: KP", "X-Gtg-Tag-Id: GTM-EVIL", "X-Gtg-Implementation: x",
        "X-Gtg-Developer-Id: x", "Forwarded: for=6.6.6.6", "X-Real-IP: 6.6.6.6", "X-Client-IP: 6.6.6.6", "X-Cluster-Client-IP: 6.6.6.6", "True-Client-IP: 6.6.6.6", "CF-Connecting-IP: 6.6.6.6", "CF-IPCountry: KP",
        "X-Original-URL: /secret", "X-HTTP-Method-Override: DELETE", "Keep-Alive: timeout=5", "TE: trailers", "Trailer: X", "Upgrade-Insecure-Requests: 1", "Sec-WebSocket-Key: x", "Early-Data: 1", "Via: 1.1 secret",
        "Sec-CH-Viewport-Width: 1", "Device-Memory: 8", "Cookie2: a=b", "From: secret@shop.example", "X-Content-Length: 5",
    ];

    [Fact]
    public async Task Request_EveryKindOfHeader_ExactlyTheAllowedLeave()
    {
        var request = await Golden.SentToGoogleAsync(string.Concat(Passed.Concat(Dropped).Select(line => line + "\r\n")));

        Assert.Equal([.. Passed.Append("Host: g-main1.fps.goog").Append("X-Forwarded-For: 127.0.0.1").Order(StringComparer.Ordinal)], Golden.Lines(request.Head));
    }

    [Fact]
    public async Task Request_Bare_OnlyTheGatewaysOwnLeave()
    {
        var request = await Golden.SentToGoogleAsync("");

        Assert.Equal("GET /f807/x HTTP/1.1\r\nHost: g-main1.fps.goog\r\nX-Forwarded-For: 127.0.0.1\r\n\r\n", request.Head);
    }

    [Fact]
    public async Task Request_WithABody_TypeEncodingAndLengthLeaveOnce()
    {
        var request = await Golden.SentToGoogleAsync(
            "Content-Type: text/plain;charset=UTF-8\r\nContent-Encoding: gzip\r\nContent-MD5: x\r\nContent-Language: de\r\nContent-Disposition: form-data\r\nContent-Length: 5\r\nExpect: 100-continue\r\n",
            line: "POST /f807/ag/g/c?v=2 HTTP/1.1",
            body: "hello");

        Assert.Equal(["Content-Encoding: gzip", "Content-Length: 5", "Content-MD5: x", "Content-Type: text/plain;charset=UTF-8", "Host: g-main1.fps.goog", "X-Forwarded-For: 127.0.0.1"], Golden.Lines(request.Head));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    public async Task Request_WithAnEmptyBody_SaysSo(string method)
    {
        var request = await Golden.SentToGoogleAsync("Content-Length: 0\r\n", line: $"{method} /f807/x HTTP/1.1");

        Assert.Equal("0", request.Header("Content-Length"));
    }

    /// <summary>No upgrade on the way to Google: a connection that stops being HTTP is one that nobody guards.</summary>
    [Theory]
    [InlineData("Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n")]
    [InlineData("Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n")]
    [InlineData("Connection: Upgrade\r\nUpgrade: SPDY/3.1\r\n")]
    [InlineData("Connection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\n")]
    public async Task Request_Upgrade_IsNotPassedOn(string headers)
    {
        var request = await Golden.SentToGoogleAsync(headers);

        Assert.Equal(["Host: g-main1.fps.goog", "X-Forwarded-For: 127.0.0.1"], Golden.Lines(request.Head));
    }

    [Fact]
    public async Task Request_NominatedByConnection_StaysButNotTheGatewaysOwn()
    {
        var request = await Golden.SentToGoogleAsync(
            "Connection: user-agent, X-Forwarded-For, Host, Cookie, X-Forwarded-CountryRegion\r\nUser-Agent: x\r\nAccept: a/b\r\n",
            root: "\"geo\": { \"default\": \"DE\" }");

        Assert.Equal(["Accept: a/b", "Host: g-main1.fps.goog", "X-Forwarded-CountryRegion: DE", "X-Forwarded-For: 127.0.0.1"], Golden.Lines(request.Head));
    }

    [Theory]
    [InlineData("User-Agent", "Mozill\xe4 \xf0\x9f\x98\x80")]
    [InlineData("Accept-Language", "d\xe9")]
    [InlineData("User-Agent", "a, b; (c) \"d\\\" , =")]
    [InlineData("Accept", "text/html;q=0.9,,*/*")]
    [InlineData("If-None-Match", "W/\"a\", \"b\", broken")]
    [InlineData("If-Modified-Since", "yesterday")]
    [InlineData("Cache-Control", "no-cache=\"x, max-age=")]
    [InlineData("Origin", "null")]
    public async Task Request_OddValue_LeavesByteForByte(string name, string value)
    {
        var request = await Golden.SentToGoogleAsync($"{name}: {value}\r\n");

        Assert.Equal(value, request.Header(name));
    }

    [Theory]
    [InlineData("gzip, deflate, br, zstd", "gzip, br")]
    [InlineData("br;q=1.0, gzip;q=0.8", "gzip, br")]
    [InlineData("gzip", "gzip")]
    [InlineData("br;q=0, gzip", "gzip")]
    [InlineData("GZIP", "gzip")]
    [InlineData("zstd", null)]
    [InlineData("identity", null)]
    [InlineData("*", null)]
    [InlineData("brr, gzipp", null)]
    [InlineData("gzip;q=0", null)]
    public async Task Request_AcceptEncoding_NarrowedToWhatTheGatewayReads(string accepted, string? asked)
    {
        var request = await Golden.SentToGoogleAsync($"Accept-Encoding: {accepted}\r\n");

        Assert.Equal(asked, request.Header("Accept-Encoding"));
    }

    [Theory]
    [InlineData("https://shop.example/cart?email=a@b.example#x", "https://shop.example/")]
    [InlineData("https://shop.example", "https://shop.example/")]
    [InlineData("HTTPS://Shop.Example:8443/x", "HTTPS://Shop.Example:8443/")]
    [InlineData("https://user:secret@shop.example/x", "https://shop.example/")]
    [InlineData("https://shop.example\\@secret", "https://shop.example/")]
    [InlineData("https://shop.example?secret", "https://shop.example/")]
    [InlineData("https://shop.example#secret", "https://shop.example/")]
    [InlineData("https://[::1]:80/secret", "https://[::1]:80/")]
    [InlineData("android-app://com.secret/", null)]
    [InlineData("data:text/html,secret", null)]
    [InlineData("/secret", null)]
    [InlineData("https://", null)]
    [InlineData("https:///secret", null)]
    [InlineData("https://secret@", null)]
    [InlineData("https://a.example/\r\nReferer: https://b.example/secret", null)]
    public async Task Request_Referer_CutToItsOrigin(string referer, string? sent)
    {
        var request = await Golden.SentToGoogleAsync($"Referer: {referer}\r\n");

        Assert.Equal(sent, request.Header("Referer"));
    }

    [Fact]
    public async Task Request_RefererInFullConfigured_SentAsItCame()
    {
        var request = await Golden.SentToGoogleAsync("Referer: https://shop.example/c\xe4rt?x=~%7E\r\n", "\"visitor\": { \"referer\": \"full\" }");

        Assert.Equal("https://shop.example/c\xe4rt?x=~%7E", request.Header("Referer"));
    }

    [Theory]
    [InlineData("_ga=GA1.1.1.2; session=secret; _gid=GA1.1.3", "_ga=GA1.1.1.2; _gid=GA1.1.3")]
    [InlineData("session=secret", null)]
    [InlineData("_ga=1", "_ga=1")]
    [InlineData("_gax=secret", null)]
    [InlineData("_GA=secret", null)]
    [InlineData("a_ga=secret; x_ga_1=secret", null)]
    [InlineData("_ga_=1; _ga_X=2; _ga_ABC123=GS2.1.s$o1$g0", "_ga_=1; _ga_X=2; _ga_ABC123=GS2.1.s$o1$g0")]
    [InlineData(" _ga=1 ;\t_gid=2\t", "_ga=1; _gid=2")]
    [InlineData("FPX=1; FP=2; fpx=secret; FPID=\"a=b\"", "FPX=1; FP=2; FPID=\"a=b\"")]
    [InlineData("_gcl_au=1.1.2; _gcl=secret; _gac_UA-1=x; __TAG_ASSISTANT=y; __TAG_ASSISTANTX=secret", "_gcl_au=1.1.2; _gac_UA-1=x; __TAG_ASSISTANT=y")]
    [InlineData("_ga=\xe4\xff\xf0\x9f\x98\x80; s=\xe4", "_ga=\xe4\xff\xf0\x9f\x98\x80")]
    [InlineData("_ga", null)]
    [InlineData("=_ga; _ga =1; =", null)]
    [InlineData("_ga=", "_ga=")]
    [InlineData("x=\"; _ga=2; session=secret\"", "_ga=2")]
    [InlineData("$Version=1; _ga=1; $Path=/", "_ga=1")]
    [InlineData("_ga=1; _ga=2", "_ga=1; _ga=2")]
    [InlineData(";;; ;", null)]
    [InlineData("", null)]
    [InlineData("session=secret\r\nCookie: _ga=1; token=secret\r\nCookie: _gid=2", "_ga=1; _gid=2")]
    [InlineData("_ga=1\r\nCookie: session=secret", "_ga=1")]
    public async Task Request_Cookies_OnlyTheAllowedLeaveInOneLine(string cookies, string? sent)
    {
        var request = await Golden.SentToGoogleAsync($"Cookie: {cookies}\r\n");

        Assert.Equal(sent, request.Header("Cookie"));
    }

    [Fact]
    public async Task Request_CookiesOfTheSitesChoice_OnlyThoseLeave()
    {
        var request = await Golden.SentToGoogleAsync("Cookie: _ga=1; mine=2; minea=3; pre_=4; pre_x=5; pre=6\r\n", "\"visitor\": { \"cookies\": [\"mine\", \"pre_*\"] }");

        Assert.Equal("mine=2; pre_=4; pre_x=5", request.Header("Cookie"));
    }
}
