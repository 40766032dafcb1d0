using TagGateway.Demo.Google;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Demo;

/// <summary>A page without any gateway in real Chromium: what Google's scripts send to which of Google's hosts, here all of them the stand-in.</summary>
public sealed class DirectGoogleTests : IAsyncLifetime
{
    private const string Gtag = "https://www.googletagmanager.com/gtag/js?id=G-MAIN1";
    private const string Configure = "gtag('js', new Date()); gtag('config', 'G-MAIN1');";
    private const string Denied = "gtag('consent', 'default', { ad_storage: 'denied', analytics_storage: 'denied', ad_user_data: 'denied', ad_personalization: 'denied' });";
    private GoogleStandIn _google = null!; // set by InitializeAsync, as the browser
    private Browser _browser = null!;

    /// <summary>One of each spelling, the newest first.</summary>
    public static TheoryData<string> Releases => ["6b91", "65j1", "4bc0"];

    public async ValueTask InitializeAsync()
    {
        _google = await GoogleStandIn.StartAsync(new GoogleStandInOptions { HttpsUrl = "https://127.0.0.1:0" });
        _browser = await Browser.StartAsync(_google.ResolverRules(), _google.CertificatePin);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _google.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task Granted_SignalsAdsFloodlightAndClick_CallsTheseAddresses(string release)
    {
        _google.Scenario = new GoogleScenario { Release = release, Signals = true, AskerRegion = "IN-KA", ServiceWorker = false };
        await using var page = await TagPage.StartAsync(Gtag, Configure + "gtag('config', 'AW-1000001');");
        var visit = await _browser.VisitAsync();

        await visit.Page.GotoAsync(page.Address + "/?gclid=abc123");
        await ArrivedAsync("www.google.co.in", "pagead/1p-user-list/");
        await visit.Page.EvaluateAsync("""
            gtag('event', 'conversion', { send_to: 'AW-1000001/label', value: 2, currency: 'EUR', delivery: 'unified', user_data: { email: 'a@b.example' } });
            gtag('event', 'conversion', { send_to: 'DC-2000002/type/cat+standard' });
            gtag('event', 'purchase', { value: 2 });
            """);
        await ArrivedAsync("google.com", "pagead/form-data/1000001");
        await ArrivedAsync("www.google.com", "ccm/form-data/1000001");
        await ArrivedAsync("2000002.fls.doubleclick.net", "activityi;");
        await ArrivedAsync("ad.doubleclick.net", "activity;");
        await ArrivedAsync("td.doubleclick.net", "td/rul/1000001");
        await ArrivedAsync("www.google.com", "measurement/conversion");

        AssertCalled("""
            GET 2000002.fls.doubleclick.net/activityi
            GET ad.doubleclick.net/activity
            GET ade.googlesyndication.com/ddm/activity/src=2000002
            GET adservice.google.com/pagead/regclk
            GET googleads.g.doubleclick.net/pagead/viewthroughconversion/1000001/
            GET td.doubleclick.net/td/rul/1000001
            GET www.google.co.in/ads/ga-audiences
            GET www.google.co.in/pagead/1p-user-list/1000001/
            GET www.google.com/pagead/1p-conversion/1000001/
            GET www.google.com/pagead/1p-user-list/1000001/
            GET www.google.com/pagead/uconversion
            GET www.googleadservices.com/ccm/conversion/1000001/
            GET www.googleadservices.com/pagead/conversion/1000001/
            GET www.googleadservices.com/pagead/set_partitioned_cookie
            GET www.googletagmanager.com/gtag/destination
            GET www.googletagmanager.com/gtag/js
            POST ad.doubleclick.net/ccm/s/collect
            POST analytics.google.com/g/collect
            POST google.com/pagead/form-data/1000001
            POST stats.g.doubleclick.net/g/collect
            POST www.google.com/ccm/collect
            POST www.google.com/ccm/form-data/1000001
            POST www.google.com/measurement/conversion/
            POST www.google.com/rmkt/collect/1000001/
            """);
        visit.AssertNoComplaints();
    }

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task Denied_Ads_CallsTheCookielessAddresses(string release)
    {
        _google.Scenario = new GoogleScenario { Release = release, Signals = true, Diagnostics = true };
        await using var page = await TagPage.StartAsync(Gtag, Denied + Configure + "gtag('config', 'AW-1000001'); gtag('event', 'conversion', { send_to: 'AW-1000001/label' });");
        var visit = await _browser.VisitAsync();

        await visit.Page.GotoAsync(page.Address);
        await ArrivedAsync("pagead2.googlesyndication.com", "pagead/conversion/");
        await visit.Page.GotoAsync("about:blank");
        await ArrivedAsync("www.googletagmanager.com", "td");
        await _google.Recorder.WaitForAsync(request => request.Query.EndsWith("&is_td=1", StringComparison.Ordinal), count: 2);

        AssertCalled($"""
            GET www.googletagmanager.com/a
            GET www.googletagmanager.com/gtag/destination
            GET www.googletagmanager.com/gtag/js
            GET www.googletagmanager.com/static/service_worker/{release}/sw_iframe.html
            GET www.googletagmanager.com/td
            POST pagead2.googlesyndication.com/ccm/collect
            POST pagead2.googlesyndication.com/pagead/conversion/1000001/
            POST www.google-analytics.com/g/collect
            """);
        Assert.All(_google.Recorder.Requests.Where(request => request.SubPath is "g/collect"), hit => Assert.Contains("&gcs=G100&", hit.Query, StringComparison.Ordinal));
        Assert.Empty(await visit.Page.Context.CookiesAsync([page.Address]));
        visit.AssertNoComplaints();
    }

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task Region_AskerInEurope_ShowsInEveryHit(string release)
    {
        _google.Scenario = new GoogleScenario { Release = release, AskerRegion = "DE-BE" };
        await using var page = await TagPage.StartAsync(
            Gtag, "gtag('consent', 'default', { analytics_storage: 'granted', ad_storage: 'granted' }); gtag('consent', 'default', { ad_storage: 'denied', region: ['DE-BE'] });" + Configure);
        var visit = await _browser.VisitAsync();

        await visit.Page.GotoAsync(page.Address);
        var hit = Assert.Single(await _google.Recorder.WaitForAsync(request => request.Events.Any(e => e.Name == "page_view") && request.SubPath is "g/collect"));

        var parameters = hit.Events[0].Parameters;
        Assert.Equal(("region1.google-analytics.com", "DE-BE", "1", "G101"), (hit.Host, parameters["ur"], parameters["dma"], parameters["gcs"]));
        Assert.Equal("DE~DE-BE~false~google.de~region1~false~true~ad_storage|analytics_storage|ad_user_data|ad_personalization~google.de", parameters["region"]);
    }

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task Container_Children_LoadFromGoogleAndBatchTheirEvents(string release)
    {
        _google.Scenario = new GoogleScenario
        {
            Release = release,
            Containers = new Dictionary<string, IReadOnlyList<string>> { ["GTM-MAIN1"] = ["G-CHILD9"] },
        };
        await using var page = await TagPage.StartAsync("https://www.googletagmanager.com/gtm.js?id=GTM-MAIN1", "dataLayer.push({ 'gtm.start': Date.now(), event: 'gtm.js' });");
        var visit = await _browser.VisitAsync();

        await visit.Page.GotoAsync(page.Address);
        await _google.Recorder.WaitForAsync(request => request.Events.Any(e => e.Name == "page_view"));
        await visit.Page.EvaluateAsync("""
            dataLayer.push({ event: 'outbound', link_domain: 'www.google.com', link_url: 'https://www.googletagmanager.com/x?www.google-analytics.com' });
            dataLayer.push({ event: 'second', n: 2 });
            """);
        var batch = Assert.Single(await _google.Recorder.WaitForAsync(request => request.Events.Any(e => e.Name == "second")));

        Assert.Equal(["outbound", "second"], batch.Events.Select(e => e.Name));
        Assert.Equal("2.3.4", batch.Events[0].Parameters["rules"]);
        AssertCalled("""
            GET www.googletagmanager.com/gtag/js
            GET www.googletagmanager.com/gtm.js
            POST www.google-analytics.com/g/collect
            """);
        visit.AssertNoComplaints();
    }

    [Fact]
    public async Task RichAnswers_Conversion_AreObeyedAndFallBack()
    {
        _google.Scenario = new GoogleScenario { RichAnswers = true, ServiceWorker = false };
        _google.Faults.Add(new Fault { When = request => request.Query == "from=conversion" && request.SubPath.StartsWith("pagead/1p-conversion", StringComparison.Ordinal), Reset = true });
        await using var page = await TagPage.StartAsync(Gtag, Configure + "gtag('config', 'AW-1000001'); gtag('event', 'conversion', { send_to: 'AW-1000001/label' });");
        var visit = await _browser.VisitAsync();

        await visit.Page.GotoAsync(page.Address);

        await _google.Recorder.WaitForAsync(request => request.RawTarget == "/pagead/1p-user-list/1000001/?from=conversion" && request.Host == "www.google.com");
        await _google.Recorder.WaitForAsync(request => request.RawTarget == "/activity;src=1;type=rich;cat=answer;ord=1?" && request.Host == "ad.doubleclick.net");
        await _google.Recorder.WaitForAsync(request => request.RawTarget == "/pagead/conversion/1000001/?from=fallback" && request.Host == "pagead2.googlesyndication.com");
    }

    [Fact]
    public async Task RichAnswers_ServerContainer_AreObeyed()
    {
        _google.Scenario = new GoogleScenario { RichAnswers = true };
        await using var page = await TagPage.StartAsync(Gtag, "gtag('js', new Date()); gtag('config', 'G-MAIN1', { server_container_url: 'https://region9.google-analytics.com' });");
        var visit = await _browser.VisitAsync();

        await visit.Page.GotoAsync(page.Address);

        await _google.Recorder.WaitForAsync(request => request.Host == "region9.google-analytics.com" && request.Method == "GET" && request.Query.EndsWith("&richsstsse", StringComparison.Ordinal));
        await _google.Recorder.WaitForAsync(request => request.Host == "region9.google-analytics.com" && request.Query == "v=2&en=server_echo");
        await _google.Recorder.WaitForAsync(request => request.RawTarget == "/pagead/1p-user-list/1000001/?from=hit");
    }

    [Fact]
    public async Task Redirects_OfPixels_EndAtGoogleOfTheCountry()
    {
        _google.Scenario = new GoogleScenario { Signals = true, RedirectDomain = "google.de", ServiceWorker = false };
        await using var page = await TagPage.StartAsync(Gtag, Configure + "gtag('config', 'AW-1000001'); gtag('event', 'conversion', { send_to: 'AW-1000001/label' });");
        var visit = await _browser.VisitAsync();

        await visit.Page.GotoAsync(page.Address);

        await ArrivedAsync("www.google.com", "ads/ga-audiences");
        await ArrivedAsync("www.google.de", "ads/ga-audiences");
        await ArrivedAsync("www.google.de", "pagead/1p-conversion/1000001/");
    }

    /// <summary>The browser keeps workers of other sites out of a private window: what they would have sent, the page sends.</summary>
    [Fact]
    public async Task ServiceWorker_OfGooglesHostDenied_UserDataGoesAnyway()
    {
        await using var page = await TagPage.StartAsync(Gtag, Configure + "gtag('config', 'AW-1000001');");
        var visit = await _browser.VisitAsync();

        await visit.Page.GotoAsync(page.Address);
        await ArrivedAsync("www.googletagmanager.com", "static/service_worker/6b91/sw_iframe.html");
        await visit.Page.EvaluateAsync("gtag('event', 'conversion', { send_to: 'AW-1000001/label', user_data: { email: 'a@b.example' } })");
        var sent = Assert.Single(await _google.Recorder.WaitForAsync(request => request.SubPath == "ccm/form-data/1000001"));

        Assert.Matches("em=tv\\.1~em\\.[\\w-]{43}", Uri.UnescapeDataString(sent.Query));
    }

    [Fact]
    public async Task Container_InnerContainer_IsAskedAsAContainer()
    {
        _google.Scenario = new GoogleScenario { Containers = new Dictionary<string, IReadOnlyList<string>> { ["GTM-MAIN1"] = ["GTM-INNER"], ["GTM-INNER"] = ["AW-1000001"] } };
        await using var page = await TagPage.StartAsync("https://www.googletagmanager.com/gtm.js?id=GTM-MAIN1", "");
        var visit = await _browser.VisitAsync();

        await visit.Page.GotoAsync(page.Address);

        await _google.Recorder.WaitForAsync(request => request.RawTarget == "/gtm.js?id=GTM-INNER&gtm=4e6b91");
        await _google.Recorder.WaitForAsync(request => request.RawTarget == "/gtag/js?id=AW-1000001&cx=c&gtm=4e6b91");
        await ArrivedAsync("www.google.com", "rmkt/collect/1000001/");
    }

    [Fact]
    public async Task Legacy_AnalyticsJs_ObeysTheVerdictOfEachAnswer()
    {
        _google.Scenario = new GoogleScenario { AskerRegion = "GB-LND" };
        await using var page = await TagPage.StartAsync(
            "https://www.google-analytics.com/analytics.js",
            "window.ga = function () { (ga.q = ga.q || []).push(arguments); }; ga('create', 'UA-1-1', 'auto'); ga('send', 'pageview'); ga('send', 'event', 'a', 'b'); ga('send', 'timing');");
        var visit = await _browser.VisitAsync();

        await visit.Page.GotoAsync(page.Address);
        await ArrivedAsync("www.google.co.uk", "ads/ga-audiences");
        await ArrivedAsync("www.google-analytics.com", "collect");
        await ArrivedAsync("www.google-analytics.com", "r/collect");

        AssertCalled("""
            GET www.google-analytics.com/analytics.js
            GET www.google-analytics.com/r/collect
            GET www.google.co.uk/ads/ga-audiences
            POST stats.g.doubleclick.net/j/collect
            POST www.google-analytics.com/collect
            POST www.google-analytics.com/j/collect
            """);
        visit.AssertNoComplaints();
    }

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task Merchant_Event_GoesToMerchantCenter(string release)
    {
        _google.Scenario = new GoogleScenario { Release = release };
        await using var page = await TagPage.StartAsync("https://www.googletagmanager.com/gtag/js?id=MC-1", "gtag('config', 'MC-1');");
        var visit = await _browser.VisitAsync();

        await visit.Page.GotoAsync(page.Address);

        await ArrivedAsync("www.merchant-center-analytics.goog", "mc/collect");
    }

    /// <summary>Google's own marker disarms every copy of the tag that is not made for a gateway.</summary>
    [Theory]
    [MemberData(nameof(Releases))]
    public async Task Marker_OrdinaryScript_StandsDown(string release)
    {
        _google.Scenario = new GoogleScenario { Release = release };
        await using var page = await TagPage.StartAsync(Gtag, "window.google_tags_first_party = ['G-MAIN1'];" + Configure);
        var visit = await _browser.VisitAsync();

        await visit.Page.GotoAsync(page.Address);
        var disarmed = await visit.Page.EvaluateAsync<bool>("google_tag_data.tidr.injectedFirstPartyContainers.includes('G-MAIN1') && !window.google_tag_manager");

        Assert.True(disarmed);
        AssertCalled("GET www.googletagmanager.com/gtag/js");
    }

    [Theory]
    [InlineData("template")]
    [InlineData("joined")]
    [InlineData("charCodes")]
    public async Task UnknownForm_SendsOneMoreHit(string form)
    {
        _google.Scenario = new GoogleScenario { UnknownForm = form };
        await using var page = await TagPage.StartAsync(Gtag, Configure);
        var visit = await _browser.VisitAsync();

        await visit.Page.GotoAsync(page.Address);

        await _google.Recorder.WaitForAsync(request => request.Host == "www.google-analytics.com" && request.Query == "v=2&en=unknown_form&tid=G-MAIN1");
    }

    /// <summary>The one setting that moves all of GA4, the regional host too, in every release.</summary>
    [Theory]
    [MemberData(nameof(Releases))]
    public async Task TransportUrl_SetFirstOnTheDataLayer_MovesGa4(string release)
    {
        _google.Scenario = new GoogleScenario { Release = release, AskerRegion = "DE-BE" };
        await using var page = await TagPage.StartAsync(Gtag, Configure + "dataLayer.unshift((function () { return arguments; })('set', { transport_url: location.origin + '/m' }));");
        var visit = await _browser.VisitAsync();

        await visit.OpenUntilAskedAsync(page.Address, page.Address + "/m/g/collect?v=2&tid=G-MAIN1&");

        Assert.Contains(visit.Requests, request => request.Method == "POST" && request.Url.Contains("&_fplc=0&_tu=BA&", StringComparison.Ordinal));
        AssertCalled("GET www.googletagmanager.com/gtag/js");
    }

    /// <summary>By the contract, but without a gateway: what the script leaves to Google's own hosts all the same.</summary>
    [Fact]
    public async Task FirstPartyScript_ThirdPartyHits_AreAllThatTheContractLeavesToGoogle()
    {
        _google.Scenario = new GoogleScenario { ThirdPartyHits = true, HealthProbe = true, ServiceWorker = false };
        await using var page = await TagPage.StartAsync("https://G-MAIN1.fps.goog/f807/?id=G-MAIN1", Configure + "gtag('event', 'conversion', { send_to: 'AW-1000001/label', user_data: { email: 'a@b.example' } });");
        var visit = await _browser.VisitAsync();

        await visit.Page.GotoAsync(page.Address);
        await ArrivedAsync("www.google.com", "pagead/1p-user-list/");
        await ArrivedAsync("td.doubleclick.net", "td/rul/1000001");
        await ArrivedAsync("www.google.com", "ads/ga-audiences");

        AssertCalled("""
            GET g-main1.fps.goog/
            GET googleads.g.doubleclick.net/pagead/viewthroughconversion/1000001/
            GET td.doubleclick.net/td/rul/1000001
            GET www.google.com/ads/ga-audiences
            GET www.google.com/ccm/geo
            GET www.google.com/pagead/1p-conversion/1000001/
            GET www.google.com/pagead/1p-user-list/1000001/
            GET www.googleadservices.com/pagead/conversion/1000001/
            GET www.googletagmanager.com/gtag/js
            POST stats.g.doubleclick.net/g/collect
            POST www.google-analytics.com/g/s/collect
            POST www.google.com/ccm/collect
            POST www.google.com/rmkt/collect/1000001/
            """);
    }

    private async Task ArrivedAsync(string host, string path) =>
        await _google.Recorder.WaitForAsync(request => request.Host == host && request.SubPath.StartsWith(path, StringComparison.Ordinal));

    /// <summary>Method, host and path of all that was called, each once, matrix parameters cut off, in order of the alphabet.</summary>
    private void AssertCalled(string expected)
    {
        var called = _google.Recorder.Requests.Select(request => $"{request.Method} {request.Host}/{request.SubPath.Split(';')[0]}").Distinct();
        var actual = string.Join('\n', called.Order(StringComparer.Ordinal));
        Assert.True(expected == actual, actual);
    }
}
