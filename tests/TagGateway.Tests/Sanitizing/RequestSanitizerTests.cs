using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using TagGateway.Sanitizing;

namespace TagGateway.Tests.Sanitizing;

public sealed class RequestSanitizerTests
{
    private static readonly VisitorPolicy Default = Policy();

    [Theory]
    [InlineData("Accept", "*/*")]
    [InlineData("Accept-Language", "de-DE,de;q=0.9")]
    [InlineData("User-Agent", "Mozilla/5.0 (X11; \u00e4) x")]
    [InlineData("Origin", "https://shop.example")]
    [InlineData("DNT", "1")]
    [InlineData("Sec-GPC", "1")]
    [InlineData("Cache-Control", "no-cache")]
    [InlineData("Pragma", "no-cache")]
    [InlineData("If-Match", "\"x\"")]
    [InlineData("If-None-Match", "W/\"x\", \"y\"")]
    [InlineData("If-Modified-Since", "Sat, 01 Jan 2022 00:00:00 GMT")]
    [InlineData("If-Unmodified-Since", "not a date")]
    [InlineData("Access-Control-Request-Method", "POST")]
    [InlineData("Access-Control-Request-Headers", "x-a")]
    [InlineData("Service-Worker", "script")]
    [InlineData("X-Gtm-Server-Preview", "x")]
    [InlineData("Attribution-Reporting-Eligible", "event-source")]
    [InlineData("Attribution-Reporting-Support", "web")]
    [InlineData("Sec-Fetch-Mode", "no-cors")]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("Sec-CH-UA", "\"Chromium\";v=\"1\"")]
    [InlineData("Sec-CH-UA-Full-Version-List", "x")]
    [InlineData("X-Effective-Origin", "https://shop.example")]
    [InlineData("x-effective-referer", "https://shop.example/")]
    [InlineData("user-agent", "lower case")]
    public void Apply_HeaderOnTheList_LeavesAsItCame(string name, string value)
    {
        var request = Apply(Headers((name, value)));

        Assert.Equal(value, Assert.Single(request.Headers.NonValidated[name]));
    }

    [Theory]
    [InlineData("Authorization")]
    [InlineData("Proxy-Authorization")]
    [InlineData("X-Api-Key")]
    [InlineData("X-Csrf-Token")]
    [InlineData("Host")]
    [InlineData("Connection")]
    [InlineData("Keep-Alive")]
    [InlineData("TE")]
    [InlineData("Trailer")]
    [InlineData("Upgrade")]
    [InlineData("Expect")]
    [InlineData("Transfer-Encoding")]
    [InlineData("Forwarded")]
    [InlineData("Via")]
    [InlineData("X-Real-IP")]
    [InlineData("X-Forwarded-For")]
    [InlineData("X-Forwarded-Host")]
    [InlineData("X-Forwarded-Proto")]
    [InlineData("X-Forwarded-Country")]
    [InlineData("X-Forwarded-Region")]
    [InlineData("X-Forwarded-CountryRegion")]
    [InlineData("X-Forwarded-Geolocation")]
    [InlineData("X-Gtg-Tag-Id")]
    [InlineData("X-Gtg-Developer-Id")]
    [InlineData("CF-Connecting-IP")]
    [InlineData("CF-IPCountry")]
    [InlineData("True-Client-IP")]
    [InlineData("traceparent")]
    [InlineData("tracestate")]
    [InlineData("baggage")]
    [InlineData("Request-Id")]
    [InlineData("X-Request-Id")]
    [InlineData("Sec-CH-Viewport-Width")]
    [InlineData("Sec-CH-Prefers-Color-Scheme")]
    [InlineData("Sec-WebSocket-Key")]
    [InlineData("Device-Memory")]
    [InlineData("X-Own")]
    [InlineData("Content-Security-Policy")]
    [InlineData("Content-Location")]
    public void Apply_AnyOtherHeader_StaysHere(string name)
    {
        var request = Apply(Headers((name, "1")), new ByteArrayContent([1]));

        Assert.DoesNotContain(request.Headers.NonValidated, header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(request.Content!.Headers.NonValidated, header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase));
        Assert.False(RequestSanitizer.MayForward(name));
    }

    [Fact]
    public void Apply_SeveralValues_LeaveAsSeveral()
    {
        var request = Apply(Headers(("Accept", new StringValues(["text/html", "*/*"]))));

        Assert.Equal(["text/html", "*/*"], request.Headers.NonValidated["Accept"]);
    }

    [Fact]
    public void Apply_Body_KeepsItsTypeCodingDigestAndLength()
    {
        var source = Headers(("Content-Type", "text/plain;charset=UTF-8"), ("Content-Encoding", "gzip"), ("Content-MD5", "x"), ("Content-Length", "3"));

        var request = Apply(source, new StreamContent(new MemoryStream([1, 2, 3])));

        Assert.Equal(
            ["Content-Encoding: gzip", "Content-Length: 3", "Content-MD5: x", "Content-Type: text/plain;charset=UTF-8"],
            request.Content!.Headers.NonValidated.Select(header => $"{header.Key}: {header.Value}").Order(StringComparer.Ordinal));
        Assert.Empty(request.Headers.NonValidated);
    }

    [Fact]
    public void Apply_NoBody_LeavesItsHeadersOut()
    {
        var request = Apply(Headers(("Content-Type", "text/plain"), ("Content-Length", "0")));

        Assert.Empty(request.Headers.NonValidated);
    }

    [Fact]
    public void Apply_NominatedByConnection_StaysHere()
    {
        var request = Apply(Headers(("Connection", "close, user-agent"), ("User-Agent", "x"), ("Accept", "*/*")));

        Assert.Equal(["Accept"], request.Headers.NonValidated.Select(header => header.Key));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("identity", null)]
    [InlineData("deflate, zstd", null)]
    [InlineData("*", null)]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip, deflate", "gzip")]
    [InlineData("GZIP;q=0.5", "gzip")]
    [InlineData("gzip, deflate, br, zstd", "gzip, br")]
    [InlineData("gzip;q=0.1, Br;q=1.0", "gzip, br")]
    [InlineData("gzip, br;q=0", "gzip")]
    [InlineData("gzip, br; q=0", "gzip")]
    [InlineData("gzip, br ;q=0.000", "gzip")]
    [InlineData("gzip, br;q=0.001", "gzip, br")]
    [InlineData("gzip;q=0", null)]
    [InlineData("br", "br")]
    [InlineData("gzip;q=0, br", "br")]
    [InlineData("gzip, br;Q=0", "gzip")]
    [InlineData("brx, xgzip", null)]
    [InlineData("x-gzip", "gzip")]
    [InlineData("gzip;q=x, br", "br")]
    [InlineData("zstd|gzip", "gzip")]
    public void Apply_AcceptEncoding_IsNarrowedToWhatCanBeReadBack(string? accepted, string? expected)
    {
        var request = Apply(accepted is null ? Headers() : Headers(("Accept-Encoding", accepted.Split('|'))));

        Assert.Equal(expected, Header(request, "Accept-Encoding"));
    }

    [Theory]
    [InlineData("session=1", null)]
    [InlineData("session=1; _ga=2", "_ga=2")]
    [InlineData("_ga=1|session=2|_gid=3", "_ga=1; _gid=3")]
    [InlineData("session=2|_gid=3", "_gid=3")]
    [InlineData("_gid=3|session=2", "_gid=3")]
    [InlineData("_ga=1; x=2|y=3; _gid=4; FPID=5", "_ga=1; _gid=4; FPID=5")]
    public void Apply_Cookies_LeaveByTheirOwnListInOneLine(string lines, string? expected)
    {
        var request = Apply(Headers(("Cookie", lines.Split('|'))));

        Assert.Equal(expected, Header(request, "Cookie"));
    }

    [Theory]
    [InlineData("https://www.shop.example/cart?token=1#x", "https://www.shop.example/")]
    [InlineData("https://www.shop.example", "https://www.shop.example/")]
    [InlineData("https://www.shop.example/", "https://www.shop.example/")]
    [InlineData("https://www.shop.example?x", "https://www.shop.example/")]
    [InlineData("https://www.shop.example#x", "https://www.shop.example/")]
    [InlineData("https://www.shop.example\\x", "https://www.shop.example/")]
    [InlineData("http://shop.example:8080/x", "http://shop.example:8080/")]
    [InlineData("https://[::1]:8080/x", "https://[::1]:8080/")]
    [InlineData("https://user:secret@shop.example/x", "https://shop.example/")]
    [InlineData("https://a@b@shop.example/x", "https://shop.example/")]
    [InlineData("https://shop.example/@x", "https://shop.example/")]
    [InlineData("HTTPS://shop.example/x", "HTTPS://shop.example/")]
    [InlineData("https:///x", null)]
    [InlineData("https://user@/x", null)]
    [InlineData("about:blank", null)]
    [InlineData("android-app://com.example/", null)]
    [InlineData("data:text/plain,secret", null)]
    [InlineData("/cart?token=1", null)]
    [InlineData("//shop.example/x", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Apply_RefererToItsOrigin_TellsNothingElse(string? referer, string? expected)
    {
        var request = Apply(referer is null ? Headers() : Headers(("Referer", referer)));

        Assert.Equal(expected, Header(request, "Referer"));
    }

    [Fact]
    public void Apply_TwoReferers_TellNothing() =>
        Assert.Null(Header(Apply(Headers(("Referer", new StringValues(["https://a.example/", "https://b.example/"])))), "Referer"));

    [Fact]
    public void Apply_RefererInFull_IsTheBrowsersOwn()
    {
        var request = Apply(Headers(("Referer", "https://shop.example/cart?x=1")), policy: Policy(referer: RefererPolicy.Full));

        Assert.Equal("https://shop.example/cart?x=1", Header(request, "Referer"));
    }

    [Theory]
    [InlineData(nameof(VisitorIp.Forward), "203.0.113.9", "203.0.113.9")]
    [InlineData(nameof(VisitorIp.Forward), "2001:db8::1", "2001:db8::1")]
    [InlineData(nameof(VisitorIp.Truncate), "203.0.113.9", "203.0.113.0")]
    [InlineData(nameof(VisitorIp.Truncate), "2001:db8:1:2::1", "2001:db8:1::")]
    [InlineData(nameof(VisitorIp.Hide), "203.0.113.9", null)]
    [InlineData(nameof(VisitorIp.Forward), null, null)]
    [InlineData(nameof(VisitorIp.Truncate), null, null)]
    public void Apply_Address_IsToldAsThePolicySays(string policy, string? address, string? expected)
    {
        var request = Apply(
            Headers(("X-Forwarded-For", "192.0.2.66"), ("X-Forwarded-CountryRegion", "US-CA")),
            policy: Policy(Enum.Parse<VisitorIp>(policy)),
            address: address is null ? null : IPAddress.Parse(address));

        Assert.Equal(expected, Header(request, "X-Forwarded-For"));
        Assert.Null(Header(request, "X-Forwarded-CountryRegion"));
    }

    [Fact]
    public void Apply_Region_IsToldAsGiven()
    {
        var request = Apply(Headers(("X-Forwarded-CountryRegion", "US-CA"), ("X-Forwarded-Country", "US")), region: "DE-BE");

        Assert.Equal("DE-BE", Header(request, "X-Forwarded-CountryRegion"));
        Assert.Null(Header(request, "X-Forwarded-Country"));
    }

    private static VisitorPolicy Policy(VisitorIp ip = VisitorIp.Forward, RefererPolicy referer = RefererPolicy.Origin) =>
        new(ip, CookieAllowList.Create(CookieAllowList.DefaultPatterns), referer);

    private static HeaderDictionary Headers(params (string Name, StringValues Value)[] headers) =>
        new(headers.ToDictionary(header => header.Name, header => header.Value, StringComparer.OrdinalIgnoreCase));

    private static HttpRequestMessage Apply(
        HeaderDictionary source, HttpContent? content = null, VisitorPolicy? policy = null, IPAddress? address = null, string region = "")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "https://g-main1.fps.goog/f807/") { Content = content };
        RequestSanitizer.Apply(source, request, policy ?? Default, address, region);
        return request;
    }

    private static string? Header(HttpRequestMessage request, string name) =>
        request.Headers.NonValidated.TryGetValues(name, out var values) ? Assert.Single(values) : null;
}
