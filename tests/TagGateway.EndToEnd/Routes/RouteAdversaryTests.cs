using TagGateway.EndToEnd.Harness;
using TagGateway.EndToEnd.TagScripts;

namespace TagGateway.EndToEnd.Routes;

/// <summary>A Google that has been taken over, or is used by somebody: what it answers must not act on the site's own origin.</summary>
public sealed class RouteAdversaryTests
{
    private const string Hit = "/f807/-/www.google.com/ccm/collect?en=x";
    private const string Sandbox = "sandbox; default-src 'none'";

    /// <summary>On the site's own origin a path without host is a page of the site: <c>/logout</c>.</summary>
    [Theory]
    [InlineData("Location: /logout\r\n")]
    [InlineData("Location: https:/logout\r\n")]
    [InlineData("Location: https:logout\r\n")]
    [InlineData("Location: HTTP:/logout\r\n")]
    [InlineData("Location: ht\ttps:/logout\r\n")]
    [InlineData("Location: \\logout\r\n")]
    [InlineData("Location: ../../../../logout\r\n")]
    [InlineData("Location: ;logout\r\n")]
    [InlineData("Location: /logout\r\nLocation: /logout\r\n")]
    [InlineData("Location: /logout\r\nlocation: https://www.google.com/ccm/collect\r\n")]
    public async Task Redirect_WithoutAHost_IsNeverAPageOfTheSite(string location)
    {
        await using var google = new RawUpstream();
        google.AnswerWith($"HTTP/1.1 302 Found\r\n{location}Content-Length: 0\r\n\r\n");
        await using var gateway = await FullGateway.StartAsync(google);

        foreach (var target in new[] { Hit, "/f807/g/collect?v=2", "/f807/-/www.googletagmanager.com/gtag/js?id=G-MAIN1", "/f807/-/1.fls.doubleclick.net/activityi;x" })
        {
            var response = await FullGateway.GetAsync(gateway, target);

            Assert.Equal(302, response.Status);
            Assert.All(response.All("Location"), line => Assert.True(line.StartsWith("https://www.g", StringComparison.Ordinal) || line.StartsWith("https://1.fls", StringComparison.Ordinal) || line.StartsWith("/f807/-/", StringComparison.Ordinal), line));
        }
    }

    [Theory]
    [InlineData("Refresh: 0;url=https://evil.example/")]
    [InlineData("Clear-Site-Data: \"*\"")]
    [InlineData("Set-Cookie: session=stolen; Path=/")]
    [InlineData("Set-Cookie: session=stolen; Domain=shop.example")]
    [InlineData("Service-Worker-Allowed: /")]
    [InlineData("Link: <https://evil.example/x.js>; rel=preload; as=script")]
    [InlineData("Origin-Agent-Cluster: ?0")]
    [InlineData("Use-As-Dictionary: match=\"/*\"")]
    [InlineData("Strict-Transport-Security: max-age=0")]
    [InlineData("Alt-Svc: h3=\"evil.example:443\"")]
    [InlineData("NEL: {}")]
    public async Task Header_ThatActsOnTheOrigin_StaysBehind(string header)
    {
        await using var google = new RawUpstream();
        google.Answer = (request, stream) => RawUpstream.WriteAsync(stream, FullGateway.Answer(
            request.Target.Contains("collect", StringComparison.Ordinal) ? "text/plain" : "text/javascript", "x", $"{header}\r\nCache-Control: max-age=900\r\n"));
        await using var gateway = await FullGateway.StartAsync(google);
        var name = header[..header.IndexOf(':', StringComparison.Ordinal)];

        foreach (var target in new[] { Hit, "/f807/-/www.googletagmanager.com/gtag/js?id=G-MAIN1", "/f807/-/www.googletagmanager.com/gtag/js?id=G-MAIN1&gtm_debug=x", "/f807/-/googleads.g.doubleclick.net/pagead/viewthroughconversion/1/" })
        {
            Assert.Empty((await FullGateway.GetAsync(gateway, target)).All(name));
        }
    }

    [Theory]
    [InlineData("multipart/x-mixed-replace; boundary=b")]
    [InlineData("application/xhtml+xml")]
    [InlineData("text/xsl")]
    [InlineData("application/pdf")]
    [InlineData("image/svg+xml")]
    [InlineData("text/html\r\nContent-Type: image/gif")]
    [InlineData("image/gif\r\nContent-Type: text/html")]
    [InlineData("image/gif,text/html")]
    [InlineData("text/javascript,text/html")]
    [InlineData("message/rfc822")]
    [InlineData("*/*")]
    public async Task Page_InWhateverDisguise_RunsNothing(string type)
    {
        await using var google = new RawUpstream();
        google.AnswerWith(FullGateway.Answer(type, "--b\r\nContent-Type: text/html\r\n\r\n<script>alert(1)</script>"));
        await using var gateway = await FullGateway.StartAsync(google);

        foreach (var target in new[] { Hit, "/f807/-/googleads.g.doubleclick.net/pagead/viewthroughconversion/1/", "/f807/-/1.fls.doubleclick.net/activityi;x" })
        {
            var response = await FullGateway.GetAsync(gateway, target);

            Assert.Equal(("nosniff", Sandbox), (response.Header("X-Content-Type-Options"), response.Header("Content-Security-Policy")));
        }
    }

    [Theory]
    [InlineData(404, "text/html")]
    [InlineData(200, "image/svg+xml")]
    [InlineData(500, "text/html")]
    public async Task WorkersPage_ThatIsNotIt_RunsNothing(int status, string type)
    {
        await using var google = new RawUpstream();
        google.AnswerWith(FullGateway.Answer(type, "<script>alert(1)</script>", status: status));
        await using var gateway = await FullGateway.StartAsync(google);

        var response = await FullGateway.GetAsync(gateway, "/f807/-/www.googletagmanager.com/static/service_worker/5a/sw_iframe.html?origin=x");

        Assert.True(response.Status >= 500 || response.Header("Content-Security-Policy") == Sandbox, response.Head);
    }

    /// <summary>Where a hidden hit names its path, the dots are looked at as everywhere.</summary>
    [Theory]
    [InlineData("/ddm/activity/%2e%2e/%2e%2e/search?q")]
    [InlineData("/ddm/activity/x/..;/y")]
    [InlineData("/ddm/activity/..")]
    [InlineData("/-/www.google.com/ccm/collect")]
    [InlineData("//evil.example/g/collect")]
    [InlineData("/ga/g/c\0")]
    public async Task HiddenHit_WithAPathInDisguise_Is404AndNothingIsDialled(string body)
    {
        await using var google = new RawUpstream();
        await using var gateway = await FullGateway.StartAsync(google);

        var response = await FullGateway.PostAsync(gateway, "/f807/", body);

        Assert.Equal((404, 0), (response.Status, google.Connections));
    }

    [Theory]
    [InlineData("//-/www.google.com/ccm/collect", 404)]
    [InlineData("//f807/-/www.google.com/ccm/collect", 404)]
    [InlineData("/f807//-/www.google.com/ccm/collect", 404)]
    [InlineData("/f807/-;/www.google.com/ccm/collect", 404)]
    [InlineData("/f807/%2d/www.google.com/ccm/collect", 404)]
    [InlineData("/f807%2f-/www.google.com/ccm/collect", 404)]
    [InlineData("/x/../f807/-/www.google.com/ccm/collect", 404)]
    [InlineData("/f807/./-/www.google.com/ccm/collect", 404)]
    [InlineData("/f807/-/www.google.com/ccm/collect;x", 404)]
    [InlineData("/f807/-/www.google.com/ccm/collect%00", 400)]
    [InlineData("/f807/-/www.google.com/ccm/collect%20", 404)]
    [InlineData("/f807\\-\\www.google.com\\ccm\\collect", 404)]
    [InlineData("/f807/-\\www.google.com/ccm/collect", 400)]
    [InlineData("/f807/-/www.google.com\\@evil.example/ccm/collect", 400)]
    [InlineData("/f807/-/www.google.com/ccm/collect#x", 400)]
    [InlineData("http://evil.example/f807/-/www.google.com/ccm/collect", 400)]
    [InlineData("http://x@shop.example/f807/-/www.google.com/ccm/collect", 400)]
    [InlineData("ftp://shop.example/f807/-/www.google.com/ccm/collect", 400)]
    [InlineData("/f807/-/www.google.com/ccm/collect\u00e9", 400)]
    [InlineData("/f807/-/1234567890123.fls.doubleclick.net/activityi;x", 404)]
    [InlineData("/f807/-/region.google-analytics.com/g/collect", 404)]
    [InlineData("/f807/-/region1.evil.google-analytics.com/g/collect", 404)]
    [InlineData("/f807/-/%.google.com/ads/ga-audiences", 404)]
    [InlineData("/f807/-/#.fls.doubleclick.net/activityi;x", 400)]
    public async Task Target_InWhateverSpelling_ReachesNothing(string target, int status)
    {
        await using var google = new RawUpstream();
        await using var gateway = await FullGateway.StartAsync(google);

        var response = await FullGateway.GetAsync(gateway, target);

        Assert.Equal((status, 0), (response.Status, google.Connections));
    }

    [Fact]
    public async Task Target_LongerThanAnyHit_IsRefused()
    {
        await using var google = new RawUpstream();
        await using var gateway = await FullGateway.StartAsync(google);

        var response = await FullGateway.GetAsync(gateway, Hit + new string('a', 64 * 1024));

        Assert.Equal((414, 0), (response.Status, google.Connections));
    }

    /// <summary>The form that a browser never sends: the tag is in the body.</summary>
    [Fact]
    public async Task Script_AskedForInTheBody_IsNotServed()
    {
        await using var google = new RawUpstream();
        google.AnswerWith(FullGateway.Answer("text/javascript", Script.Foreign));
        await using var gateway = await FullGateway.StartAsync(google);

        foreach (var target in new[] { "/f807/gtag/js", "/f807/-/www.googletagmanager.com/gtag/js", "/f807/-/www.googletagmanager.com/gtm.js?id=G-MAIN1", "/f807/-/www.google-analytics.com/gtm/js" })
        {
            Script.AssertNotServed(await FullGateway.PostAsync(gateway, target, "id=GTM-EVIL", "Content-Type: application/x-www-form-urlencoded\r\n"));
        }
    }
}
