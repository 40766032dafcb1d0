using TagGateway.EndToEnd.Harness;
using TagGateway.EndToEnd.TagScripts;

namespace TagGateway.EndToEnd.Routes;

/// <summary>Scripts of Google's ordinary hosts: the tag rule and the cache hold for them as for the tag gateway's.</summary>
public sealed class RouteScriptTests
{
    private const string Host = "www.googletagmanager.com";

    [Theory]
    [InlineData("/f807/", "/gtag/js?id=G-MAIN1")]
    [InlineData("/f807", "/gtag/js?id=G-MAIN1")]
    [InlineData("/f807/?l=x&cx=c", "/gtag/js?id=G-MAIN1&l=x&cx=c")]
    [InlineData("/f807/?id=G-OTHER2&gtm=4e", "/gtag/js?id=G-OTHER2&gtm=4e")]
    [InlineData("/f807/gtd?id=G-MAIN1&cx=c", "/gtag/destination?id=G-MAIN1&cx=c")]
    [InlineData("/f807/gtag/js?id=G-MAIN1", "/gtag/js?id=G-MAIN1")]
    [InlineData("/f807/-/www.googletagmanager.com/gtag/js?id=G-MAIN1&gtg_health=1", "/gtag/js?id=G-MAIN1&gtg_health=1")]
    [InlineData("/f807/-/www.googletagmanager.com/gtag/destination?id=G-MAIN1", "/gtag/destination?id=G-MAIN1")]
    public async Task Script_OfTheSite_ComesFromTheTagManagerAndIsKept(string target, string asked)
    {
        await using var google = Scripts("G-MAIN1");
        await using var gateway = await FullGateway.StartAsync(google);

        var first = await FullGateway.GetAsync(gateway, target, "Cookie: session=secret; _ga=1\r\n");
        var second = await FullGateway.GetAsync(gateway, target);

        var request = await google.NextAsync();
        Assert.Equal((200, 200), (first.Status, second.Status));
        Assert.Equal(second.Text, first.Text);
        Assert.StartsWith("taggateway; hit", second.Header("Cache-Status"), StringComparison.Ordinal);
        Assert.Equal((Host, asked), (request.Header("Host"), request.Target));
        Assert.Equal((null, null, null), (request.Header("Cookie"), request.Header("X-Forwarded-CountryRegion"), request.Header("X-Forwarded-For")));
        Assert.True(google.IsEmpty);
    }

    [Fact]
    public async Task Script_OfAContainer_HasItsOwnPath()
    {
        await using var google = Scripts("GTM-MAIN");
        await using var gateway = await RunningGateway.StartFromJsonAsync($$"""
            { "urls": "http://127.0.0.1:0", "admin": { "url": "http://127.0.0.1:0" }, "log": { "level": "error" }, "connectTo": { "*": "{{google.Address}}" },
              "sites": { "shop": { "path": "/f807", "tags": ["GTM-MAIN"], "upstream": "google" } } }
            """);

        await FullGateway.GetAsync(gateway, "/f807/");
        await FullGateway.GetAsync(gateway, "/f807/?id=GTM-MAIN&l=x");

        Assert.Equal(["/gtm.js?id=GTM-MAIN", "/gtm.js?id=GTM-MAIN&l=x"], google.TakeAll().Select(request => request.Target));
    }

    /// <summary>All names of one script are one entry, whoever asks from wherever.</summary>
    [Fact]
    public async Task Script_ByAllItsAddresses_IsFetchedOnce()
    {
        await using var google = Scripts("G-MAIN1");
        await using var gateway = await RunningGateway.StartAsync(google.Address, FullGateway.UpstreamGoogle, "\"trustedProxies\": [\"127.0.0.1\"], \"geo\": { \"headers\": [\"X-Geo\"] }");

        foreach (var target in new[] { "/f807/", "/f807/?id=G-MAIN1", "/f807/gtag/js?id=G-MAIN1", $"/f807/-/{Host}/gtag/js?id=G-MAIN1" })
        {
            foreach (var region in new[] { "", "X-Geo: DE\r\n", "X-Geo: US-CA\r\n" })
            {
                Assert.Equal(200, (await FullGateway.GetAsync(gateway, target, region)).Status);
            }
        }

        Assert.Single(google.TakeAll());
    }

    [Fact]
    public async Task Script_OfTheTagGatewayWithFullCoverage_IsAnotherThanTheTagManagers()
    {
        await using var google = Scripts("G-MAIN1");
        await using var gateway = await FullGateway.StartAsync(google, FullGateway.CoverageFull);

        await FullGateway.GetAsync(gateway, "/f807/?id=G-MAIN1");
        await FullGateway.GetAsync(gateway, $"/f807/-/{Host}/gtag/js?id=G-MAIN1");

        var (first, second) = (await google.NextAsync(), await google.NextAsync());
        Assert.Equal(("g-main1.fps.goog", "US-CA"), (first.Header("Host"), first.Header("X-Forwarded-CountryRegion")));
        Assert.Equal((Host, null), (second.Header("Host"), second.Header("X-Forwarded-CountryRegion")));
    }

    [Theory]
    [InlineData("/f807/?id=GTM-EVIL&l=x", "https://www.googletagmanager.com/gtm.js?id=GTM-EVIL&l=x")]
    [InlineData("/f807/-/www.googletagmanager.com/gtag/js?id=G-EVIL&cx=c", "https://www.googletagmanager.com/gtag/js?id=G-EVIL&cx=c")]
    [InlineData("/f807/-/www.googletagmanager.com/gtm.js?id=GTM-EVIL", "https://www.googletagmanager.com/gtm.js?id=GTM-EVIL")]
    [InlineData("/f807/-/www.googletagmanager.com/gtag/js?id=G-MAIN1&%69d=G-EVIL", "https://www.googletagmanager.com/gtag/js?id=G-MAIN1&%69d=G-EVIL")]
    [InlineData("/f807/-/www.googletagmanager.com/gtag/js?id=G-MAIN1;ID=G-EVIL", "https://www.googletagmanager.com/gtag/js?id=G-MAIN1;ID=G-EVIL")]
    [InlineData("/f807/-/www.googletagmanager.com/gtag/destination?id=AW-666", "https://www.googletagmanager.com/gtag/destination?id=AW-666")]
    [InlineData("/f807/-/www.google-analytics.com/gtm/js?id=GTM-EVIL", "https://www.google-analytics.com/gtm/js?id=GTM-EVIL")]
    [InlineData("/f807/-/www.googletagmanager.com/ns.html?id=GTM-EVIL", "https://www.googletagmanager.com/ns.html?id=GTM-EVIL")]
    [InlineData("/f807/-/www.googletagmanager.com/debug/bootstrap?id=G-MAIN1", "https://www.googletagmanager.com/debug/bootstrap?id=G-MAIN1")]
    [InlineData("/f807/-/cct.google/taggy/agent.js", "https://cct.google/taggy/agent.js")]
    public async Task Script_NotTheSites_IsGooglesToServe(string target, string location)
    {
        await using var google = Scripts("GTM-EVIL");
        await using var gateway = await FullGateway.StartAsync(google);

        foreach (var method in new[] { "GET", "HEAD", "POST" })
        {
            var response = await FullGateway.GetAsync(gateway, target, "Content-Length: 0\r\n", method);

            Assert.Equal((302, location, "no-store"), (response.Status, response.Header("Location"), response.Header("Cache-Control")));
        }

        Assert.DoesNotContain(google.TakeAll(), request => request.Target.Contains("EVIL", StringComparison.Ordinal) || request.Target.Contains("666", StringComparison.Ordinal));
    }

    /// <summary>Whatever it was asked for by: what says that it is a foreign tag's runs nowhere on this origin.</summary>
    [Theory]
    [InlineData("/f807/-/www.googletagmanager.com/gtag/js?id=G-MAIN1")]
    [InlineData("/f807/-/www.google-analytics.com/analytics.js")]
    [InlineData("/f807/-/googleads.g.doubleclick.net/pagead/viewthroughconversion/1/")]
    [InlineData("/f807/-/www.googletagmanager.com/static/service_worker/5a/sw.js")]
    public async Task Script_ThatTurnsOutToBeForeign_IsNotServed(string target)
    {
        await using var google = Scripts("GTM-EVIL");
        await using var gateway = await FullGateway.StartAsync(google);

        var response = await FullGateway.GetAsync(gateway, target);

        Assert.NotEqual(200, response.Status);
        Assert.DoesNotContain(Script.Evil, response.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/f807/-/www.google-analytics.com/analytics.js")]
    [InlineData("/f807/-/www.google-analytics.com/plugins/ua/ec.js")]
    public async Task Script_WithoutATag_IsKeptAsWell(string target)
    {
        await using var google = new RawUpstream();
        google.AnswerWith(FullGateway.Answer("text/javascript", "(function(){})()", "Cache-Control: public, max-age=7200\r\n"));
        await using var gateway = await FullGateway.StartAsync(google);

        await FullGateway.GetAsync(gateway, target);
        var second = await FullGateway.GetAsync(gateway, target);

        Assert.Equal("(function(){})()", second.Text);
        Assert.Equal("www.google-analytics.com", Assert.Single(google.TakeAll()).Header("Host"));
    }

    [Fact]
    public async Task Script_GoogleAway_BrowserIsSentThere()
    {
        await using var google = new RawUpstream();
        google.AnswerWith("HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n");
        await using var gateway = await FullGateway.StartAsync(google);

        var response = await FullGateway.GetAsync(gateway, $"/f807/-/{Host}/gtag/js?id=G-MAIN1&l=x");

        Assert.Equal((302, $"https://{Host}/gtag/js?id=G-MAIN1&l=x"), (response.Status, response.Header("Location")));
    }

    [Fact]
    public async Task Site_SwitchedOff_ScriptsAreGooglesAndHitsGoOn()
    {
        await using var google = new RawUpstream();
        await using var gateway = await FullGateway.StartAsync(google, $"{FullGateway.UpstreamGoogle}, \"enabled\": false");

        var script = await FullGateway.GetAsync(gateway, $"/f807/-/{Host}/gtag/js?id=G-MAIN1");
        var plain = await FullGateway.GetAsync(gateway, "/f807/");
        var hit = await FullGateway.GetAsync(gateway, "/f807/-/www.google-analytics.com/g/collect?v=2");

        Assert.Equal((302, 302, 204), (script.Status, plain.Status, hit.Status));
        Assert.Equal("https://www.googletagmanager.com/gtag/js?id=G-MAIN1", plain.Header("Location"));
    }

    private static RawUpstream Scripts(string id)
    {
        var google = new RawUpstream();
        google.AnswerWith(FullGateway.Answer("application/javascript", Script.Of(id), "Cache-Control: private, max-age=900\r\n"));
        return google;
    }
}
