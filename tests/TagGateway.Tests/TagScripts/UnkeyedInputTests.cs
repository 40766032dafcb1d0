using System.Text;
using Microsoft.AspNetCore.Http;
using TagGateway.Tests.Responding;

namespace TagGateway.Tests.TagScripts;

/// <summary>The inputs that poison caches because they are sent on, or reflected, but stand in no key (PortSwigger's list and more): with and without each of
/// them Google is asked the same, byte for byte, and the visitors who come afterwards get the same.</summary>
public sealed class UnkeyedInputTests
{
    /// <summary>It reflects whatever reaches it.</summary>
    private static readonly Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Mirror = (request, _) => Task.FromResult(
        FakeGoogle.Script(Whole(request), headers: [("X-Mirror", Convert.ToBase64String(Encoding.UTF8.GetBytes(Whole(request)))), ("ETag", "\"g\"")]));

    public static TheoryData<string> Headers =>
    [
        "X-Forwarded-Host: evil", "X-Forwarded-Scheme: nothttps", "X-Forwarded-Proto: http", "X-Forwarded-Port: 1337", "X-Forwarded-Prefix: /evil",
        "X-Forwarded-Server: evil", "X-Forwarded-SSL: off", "X-Forwarded-For: 192.0.2.66", "X-Forwarded-By: evil", "X-Forwarded-Path: /evil", "X-Forwarded: evil",
        "X-Forwarded-CountryRegion: RU", "X-Forwarded-Country: RU", "X-Forwarded-Region: MOW", "X-Forwarded-Geolocation: 0,0", "Forwarded: for=192.0.2.66;host=evil;proto=http",
        "X-Original-URL: /evil", "X-Rewrite-URL: /evil", "X-Original-Host: evil", "X-Original-Uri: /evil", "X-Original-Method: POST", "X-Host: evil",
        "X-HTTP-Host-Override: evil", "X-HTTP-Method-Override: POST", "X-HTTP-Method: POST", "X-Method-Override: POST", "X-HTTP-Path-Override: /evil",
        "X-HTTP-DestinationURL: http://evil", "X-Proxy-Url: http://evil", "X-Real-IP: 192.0.2.66", "X-Client-IP: 192.0.2.66", "True-Client-IP: 192.0.2.66",
        "CF-Connecting-IP: 192.0.2.66", "Fastly-Client-IP: 192.0.2.66", "X-Cluster-Client-IP: 192.0.2.66", "X-Remote-Addr: 192.0.2.66", "Client-IP: 192.0.2.66",
        "X-Custom-IP-Authorization: 127.0.0.1", "CF-IPCountry: RU", "X-AppEngine-Country: RU", "X-Geo-Country: RU", "X-Azure-Country: RU", "X-Amz-Website-Redirect-Location: /evil",
        "X-Gtg-Tag-Id: G-EVIL", "X-Gtg-Implementation: evil", "X-Effective-Origin: http://evil", "X-Effective-Referer: http://evil", "X-Oversized: " + new string('x', 8000),
        "Front-End-Https: on", "X-Url-Scheme: http", "X-Scheme: http", "Proxy: http://evil", "Via: 1.1 evil", "Max-Forwards: 0", "X-Wap-Profile: http://evil",
        "User-Agent: <script>", "Accept: text/html", "Accept-Language: ru", "Accept-Charset: utf-7", "Origin: http://evil", "Referer: http://evil/", "Cookie: session=evil; _ga=evil; FPID=evil",
        "Authorization: Basic ZXZpbA==", "Proxy-Authorization: Basic ZXZpbA==", "X-Api-Key: evil", "X-CSRF-Token: evil", "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "baggage: evil=1", "Cache-Control: no-cache", "Pragma: no-cache", "Pragma: akamai-x-get-cache-key", "Range: bytes=0-1", "If-Range: \"x\"", "If-Match: \"x\"", "Expect: x",
        "TE: trailers", "Trailer: x", "Upgrade: h2c", "Connection: X-Forwarded-For, Cache-Control", "Keep-Alive: timeout=1", "Transfer-Encoding: identity", "Content-Type: text/html",
        "Content-Encoding: br", "Content-Length: 3", "Sec-Fetch-Dest: document", "Sec-Fetch-Mode: navigate", "Sec-CH-UA: evil", "Save-Data: on", "DNT: 1", "Sec-GPC: 1", "Purpose: prefetch",
        "X-Requested-With: XMLHttpRequest", "X-Purpose: preview", "Upgrade-Insecure-Requests: 1", "X-UIDH: evil", "\u00c4: x",
    ];

    [Theory]
    [MemberData(nameof(Headers))]
    public async Task Header_OutsideTheKey_ChangesNothingForAnybody(string header)
    {
        var (name, value) = (header.Split(": ", 2)[0], header.Split(": ", 2)[1]);

        await AssertSameAsync(context => context.Request.Headers[name] = value);
    }

    [Fact]
    public Task Host_Another_ChangesNothing() => AssertSameAsync(context => context.Request.Host = new HostString("evil.example", 1337));

    [Fact]
    public Task Scheme_Another_ChangesNothing() => AssertSameAsync(context => context.Request.Scheme = "https");

    [Fact]
    public Task Address_Another_ChangesNothing() => AssertSameAsync(context => context.Connection.RemoteIpAddress = System.Net.IPAddress.Parse("192.0.2.66"));

    /// <summary>A GET with a body, which some servers read for parameters.</summary>
    [Fact]
    public Task Body_OfAGet_ChangesNothing() => AssertSameAsync(context =>
    {
        context.Request.Body = new MemoryStream("id=GTM-EVIL&gtm_debug=1"u8.ToArray());
        context.Request.ContentLength = 23;
        context.Request.ContentType = "application/x-www-form-urlencoded";
    });

    /// <summary>What differs in the query is another entry, whatever anybody takes for a separator or for unimportant.</summary>
    [Theory]
    [InlineData("?id=G-MAIN1&utm_source=evil")]
    [InlineData("?id=G-MAIN1;l=evil")]
    [InlineData("?id=G-MAIN1&l=evil&l=dataLayer")]
    [InlineData("?l=dataLayer&id=G-MAIN1")]
    [InlineData("?id=G-MAIN1&l=dataLayer&")]
    [InlineData("?id=G-MAIN1&&l=dataLayer")]
    [InlineData("?id=G%2DMAIN1&l=dataLayer")]
    [InlineData("?ID=G-MAIN1&l=dataLayer")]
    [InlineData("?id=G-MAIN1&l=dataLayer%00")]
    [InlineData("?id=G-MAIN1&_=1")]
    public async Task Query_AnyDifference_IsAnotherEntry(string query)
    {
        using var step = new SomeStep();
        step.Scripts.Google.Always(Mirror);
        var honest = await step.InvokeAsync(query: "?id=G-MAIN1&l=dataLayer");

        var odd = await step.InvokeAsync(query: query);
        var after = await step.InvokeAsync(query: "?id=G-MAIN1&l=dataLayer");

        Assert.Contains(query, SomeContext.BodyOf(odd), StringComparison.Ordinal);
        Assert.Equal(SomeContext.BodyOf(honest), SomeContext.BodyOf(after));
        Assert.Equal(2, step.Scripts.Google.Asked.Count);
    }

    /// <summary>Filled by the odd visitor, then by the honest one: in both orders the same.</summary>
    private static async Task AssertSameAsync(Action<HttpContext> odd)
    {
        var (askedHonestly, honest) = await AskAsync(_ => { }, _ => { });
        var (askedOddly, afterOdd) = await AskAsync(odd, _ => { });
        var (_, toOdd) = await AskAsync(_ => { }, odd);

        Assert.Equal(askedHonestly, askedOddly);
        Assert.Equal(honest, afterOdd);
        Assert.Equal(honest, toOdd);
    }

    /// <returns>What Google was asked, and the answer to the second visitor.</returns>
    private static async Task<(string Asked, string Answer)> AskAsync(Action<HttpContext> first, Action<HttpContext> second)
    {
        using var step = new SomeStep();
        step.Scripts.Google.Always(Mirror);
        await step.InvokeAsync(prepare: first);
        var context = await step.InvokeAsync(prepare: second);

        Assert.Empty(step.Passed.Yarp.Sent);
        return (Whole(step.Scripts.Google.Asked.Single()), Whole(context));
    }

    private static string Whole(HttpRequestMessage request) =>
        $"{request.Method} {request.RequestUri?.OriginalString} {request.Version}\n{string.Concat(request.Headers.NonValidated.Select(header => $"{header.Key}: {header.Value}\n"))}{request.Content}";

    private static string Whole(HttpContext context) =>
        $"{context.Response.StatusCode}\n{string.Concat(context.Response.Headers.Select(header => $"{header.Key}: {header.Value}\n"))}\n{SomeContext.BodyOf((DefaultHttpContext)context)}";
}
