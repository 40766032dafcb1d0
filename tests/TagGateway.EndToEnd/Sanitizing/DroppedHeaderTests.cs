using TagGateway.EndToEnd.Harness;
using TagGateway.EndToEnd.Routes;

namespace TagGateway.EndToEnd.Sanitizing;

/// <summary>A header of Google's that gives orders to a proxy in front of the gateway, or acts on the site's whole origin in the browser, stays behind on every
/// way that a response can take: cached or not, a script, a beacon or a file of the worker.</summary>
public sealed class DroppedHeaderTests
{
    private const string Worker = "/f807/_/service_worker/65j0/sw.js";

    /// <summary>Scripts come twice: the second time from the cache.</summary>
    private static readonly string[] Targets =
    [
        "/f807/", "/f807/", "/f807/?id=G-MAIN1&gtm_debug=x", "/f807/?id=G-MAIN1&odd=1", "/f807/gtag/js?id=G-OTHER2", Worker, Worker, "/f807/C_mYUAFo3kAbCdEf", "/f807/ag/g/c?v=2", "/f807/x",
    ];

    private static readonly string[] OfAHost = ["/f807/-/www.googletagmanager.com/gtag/js?id=G-MAIN1", "/f807/-/www.google.com/ccm/collect?en=x", "/f807/-/www.googletagmanager.com/static/service_worker/5a/sw.js"];

    public static TheoryData<string> Headers =>
    [
        "X-Accel-Redirect: /secret", "X-Accel-Expires: 31536000", "X-Accel-Buffering: no", "X-Accel-Limit-Rate: 1", "X-Sendfile: /etc/passwd", "X-Sendfile2: /etc/passwd 0-", "X-LIGHTTPD-send-file: /etc/passwd",
        "X-LIGHTTPD-send-tempfile: /tmp/x", "X-Reproxy-URL: http://10.0.0.1/", "X-Reproxy-File: /etc/passwd", "X-LiteSpeed-Location: /secret", "X-LiteSpeed-Purge: *", "X-Hiawatha-Cache-Remove: all",
        "Surrogate-Control: content=\"ESI/1.0\", max-age=31536000", "Surrogate-Key: all", "CDN-Cache-Control: max-age=31536000", "Cloudflare-CDN-Cache-Control: max-age=31536000", "Edge-Control: dca=esi",
        "Edge-Cache-Tag: all", "Cache-Tag: all", "xkey: all", "Cache-Groups: \"all\"", "Cache-Group-Invalidation: \"all\"", "Fly-Replay: app=evil", "X-Envoy-Immediate-Health-Check-Fail: true",
        "X-Middleware-Rewrite: https://evil.example/", "Link: <https://evil.example/x.js>; rel=preload; as=script",
        "SourceMap: https://evil.example/x.map", "X-SourceMap: /x.map", "Permissions-Policy: geolocation=*", "Feature-Policy: geolocation *", "Document-Policy: unsized-media=?0", "Speculation-Rules: \"/x.json\"",
        "No-Vary-Search: params", "Origin-Trial: x", "Shared-Storage-Write: clear", "Observe-Browsing-Topics: ?1", "Permissions-Policy-Report-Only: geolocation=()", "Accept-CH-Lifetime: 86400",
        "X-Permitted-Cross-Domain-Policies: all", "IdP-SignIn-Status: action=signin-all",
    ];

    [Theory]
    [MemberData(nameof(Headers))]
    public async Task Header_OfThisKind_StaysBehind(string header)
    {
        await using var google = Google(header);
        await using var gateway = await RunningGateway.StartAsync(google.Address, root: RunningGateway.KnownRegion);
        await using var full = await FullGateway.StartAsync(google, FullGateway.CoverageFull);

        await AssertAbsentAsync(gateway, header, Targets);
        await AssertAbsentAsync(full, header, [.. Targets, .. OfAHost]);
    }

    /// <summary>Google's contract §9.8: the worker needs this scope, and no other.</summary>
    [Theory]
    [InlineData("/f807/_/service_worker", true)]
    [InlineData("/", false)]
    [InlineData("/f807", false)]
    [InlineData("/f807/", false)]
    [InlineData("/f807/_/", false)]
    [InlineData("/f807/_/service_worker/", false)]
    [InlineData("/f807/_/service_worker/..", false)]
    [InlineData("/F807/_/service_worker", false)]
    [InlineData("/x/_/service_worker", false)]
    [InlineData("https://shop.example/", false)]
    [InlineData("/f807/_/service_worker, /", false)]
    public async Task ServiceWorkerAllowed_OfGoogles_IsTheWorkersScopeOrNone(string scope, bool isKept)
    {
        await using var google = Google($"Service-Worker-Allowed: {scope}");
        await using var gateway = await RunningGateway.StartAsync(google.Address, root: RunningGateway.KnownRegion);

        foreach (var target in Targets)
        {
            Assert.Equal(isKept ? scope : null, (await FullGateway.GetAsync(gateway, target)).Header("Service-Worker-Allowed"));
        }
    }

    private static RawUpstream Google(string header)
    {
        var google = new RawUpstream();
        google.Answer = (request, stream) => RawUpstream.WriteAsync(stream, FullGateway.Answer(
            request.Target.Contains("/g/c", StringComparison.Ordinal) || request.Target.Contains("collect", StringComparison.Ordinal) ? "text/plain" : "text/javascript",
            "x",
            $"{header}\r\nCache-Control: max-age=900\r\n"));
        return google;
    }

    private static async Task AssertAbsentAsync(RunningGateway gateway, string header, IEnumerable<string> targets)
    {
        var name = header[..header.IndexOf(':', StringComparison.Ordinal)];
        foreach (var target in targets)
        {
            var response = await FullGateway.GetAsync(gateway, target);

            Assert.Equal(200, response.Status);
            Assert.Empty(response.All(name));
        }
    }
}
