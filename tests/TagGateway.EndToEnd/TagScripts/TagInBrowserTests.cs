using TagGateway.Demo.Google;
using TagGateway.Demo.Shop;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.TagScripts;

/// <summary>The tag in real Chromium through the gateway, in the situations that Google's contract names.</summary>
public sealed class TagInBrowserTests : IAsyncLifetime
{
    private const int DebugHeaderBytes = 150 * 1024;
    private GoogleStandIn _google = null!; // set by InitializeAsync, as the others
    private DemoShop _shop = null!;
    private Browser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        _google = await GoogleStandIn.StartAsync(new GoogleStandInOptions());
        _browser = await Browser.StartAsync("MAP shop.example 127.0.0.1");
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        await (_shop?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _google.DisposeAsync();
    }

    [Fact]
    public async Task Preview_AnswerWith150KilobytesOfDebugHeaders_Arrives()
    {
        _google.Scenario = new GoogleScenario { DebugHeaderBytes = DebugHeaderBytes };
        await using var gateway = await StartAsync("G-MAIN1");
        var visit = await _browser.VisitAsync();
        await visit.Page.GotoAsync(Shop(gateway));

        var length = await visit.Page.EvaluateAsync<int>("fetch('/f807/?id=G-MAIN1&gtm_debug=x').then(answer => answer.headers.get('x-encrypted-debug-headers').length)");

        Assert.Equal(DebugHeaderBytes, length);
    }

    [Fact]
    public async Task Container_ChildOfTheSite_LoadsByOpaqueTokenFromTheSite()
    {
        _google.Scenario = new GoogleScenario { Containers = new Dictionary<string, IReadOnlyList<string>> { ["GTM-MAIN1"] = ["G-OTHER2"] } };
        await using var gateway = await StartAsync("GTM-MAIN1");
        var visit = await _browser.VisitAsync();

        await visit.Page.GotoAsync(Shop(gateway));
        var hit = Assert.Single(await _google.Recorder.WaitForAsync(request => request.Events.Any(e => e.Name == "page_view")));

        Assert.Contains(_google.Recorder.Requests, request => request.Obscured && request.Query.Contains("id=G-OTHER2", StringComparison.Ordinal));
        Assert.Contains("tid=G-OTHER2", hit.Query, StringComparison.Ordinal);
        Assert.Empty(ThirdParty(visit));
        visit.AssertNoComplaints();
    }

    /// <summary>The configuration need not name what the site's own container names.</summary>
    [Fact]
    public async Task Container_ChildThatOnlyItNames_LoadsFromTheSite()
    {
        _google.Scenario = new GoogleScenario { Containers = new Dictionary<string, IReadOnlyList<string>> { ["GTM-MAIN1"] = ["G-CHILD9"] } };
        await using var gateway = await StartAsync("GTM-MAIN1");
        var visit = await _browser.VisitAsync();

        await visit.Page.GotoAsync(Shop(gateway));
        var hit = Assert.Single(await _google.Recorder.WaitForAsync(request => request.Events.Any(e => e.Name == "page_view")));

        Assert.Contains("tid=G-CHILD9", hit.Query, StringComparison.Ordinal);
        Assert.Empty(ThirdParty(visit));
        visit.AssertNoComplaints();
    }

    [Fact]
    public async Task Page_AsksForAForeignTag_IsLeftToGoogle()
    {
        _google.Scenario = new GoogleScenario { Containers = new Dictionary<string, IReadOnlyList<string>> { ["GTM-MAIN1"] = ["G-CHILD9"] } };
        await using var gateway = await StartAsync("GTM-MAIN1");
        var visit = await _browser.VisitAsync();
        await visit.Page.GotoAsync(Shop(gateway));

        await visit.Page.RunAndWaitForRequestAsync(
            () => visit.Page.EvaluateAsync("document.head.appendChild(Object.assign(document.createElement('script'), { src: '/f807/?id=G-FOREIGN9' }))"),
            request => request.Url.StartsWith("https://www.googletagmanager.com/", StringComparison.Ordinal));

        Assert.All(ThirdParty(visit), url => Assert.StartsWith("https://www.googletagmanager.com/gtag/js?id=G-FOREIGN9", url, StringComparison.Ordinal));
        Assert.DoesNotContain(_google.Recorder.Requests, request => request.Query.Contains("G-FOREIGN9", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Contract_WhatStaysAtGoogle_IsThisAndNothingElse()
    {
        _google.Scenario = new GoogleScenario { HealthProbe = true };
        await using var gateway = await StartAsync("G-MAIN1", geo: "");
        var visit = await _browser.VisitAsync();

        await visit.OpenUntilAskedAsync(Shop(gateway), "https://www.googletagmanager.com/gtag/js?id=G-MAIN1&gtg_health=1");
        await _google.Recorder.WaitForAsync(request => request.Events.Any(e => e.Name == "page_view"));

        Assert.Equal(
            ["https://www.google.com/ccm/geo", "https://www.googletagmanager.com/gtag/js"],
            ThirdParty(visit).Select(url => url.Split('?')[0]).Distinct().Order(StringComparer.Ordinal));
    }

    private static string Shop(RunningGateway gateway) => $"http://shop.example:{new Uri(gateway.Address).Port}/";

    private static IReadOnlyList<string> ThirdParty(Visit visit) =>
        [.. visit.Requests.Select(request => request.Url).Where(url => new Uri(url) is { Scheme: "http" or "https", Host: not "shop.example" })];

    private async Task<RunningGateway> StartAsync(string tag, string geo = """ "geo": { "default": "US-CA" } """)
    {
        _shop = await DemoShop.StartAsync(new DemoShopOptions { MeasurementPath = "/f807", Tag = tag, GoogleStandIn = _google });
        return await RunningGateway.StartFromJsonAsync($$"""
            {
              "urls": "http://127.0.0.1:0",
              "admin": { "url": "http://127.0.0.1:0" },
              "log": { "level": "error" },
              "connectTo": { "*": "{{_google.HttpAddress.GetLeftPart(UriPartial.Authority)}}" },
              "sites": { "shop": { "hosts": ["shop.example"], "path": "/f807", "tags": ["{{tag}}", "G-OTHER2"], "origin": "{{_shop.Address.GetLeftPart(UriPartial.Authority)}}" } }{{(geo.Length > 0 ? "," : "")}}
              {{geo}}
            }
            """);
    }
}
