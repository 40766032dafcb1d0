using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Demo;

/// <summary>What a newcomer sees: <c>taggateway demo</c> in a real browser, from the first page to the purchase.</summary>
public sealed partial class DemoBrowserTests
{
    /// <summary>Keeps what the page sends while it unloads: the browser's own events no longer tell of it.</summary>
    private const string KeepSent = """
        const keep = (method, url, body) => localStorage.setItem('sent', JSON.stringify(
          JSON.parse(localStorage.getItem('sent') || '[]').concat([`${method} ${new URL(url, location).pathname + new URL(url, location).search} ${body || ''}`])));
        const fetched = window.fetch;
        window.fetch = function (url, options) {
          if (typeof url === 'string') keep((options && options.method) || 'GET', url, options && options.body);
          return fetched.apply(this, arguments);
        };
        const beacon = navigator.sendBeacon;
        navigator.sendBeacon = function (url, body) { keep('POST', url, body); return beacon.apply(navigator, arguments); };
        """;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Demo_VisitorBuys_EverythingIsFirstPartyAndArrivesAsSent()
    {
        await using var demo = await GatewayProcess.StartAsync("demo --urls http://127.0.0.1:0");
        await using var browser = await Browser.StartAsync();
        var visit = await browser.VisitAsync();

        await visit.Page.AddInitScriptAsync(KeepSent);
        await BuyAsync(visit, demo.Address);
        var hits = await HitsAsync(demo, hits => hits.Any(hit => hit.Has("purchase")) && hits.Any(hit => hit.Has("add_to_cart")));
        var kept = await visit.Page.EvaluateAsync<string[]>("JSON.parse(localStorage.getItem('sent'))");
        var session = (await visit.Page.Context.CookiesAsync()).Single(cookie => cookie.Name == "shop_session");
        await visit.Page.CloseAsync();

        // The contract keeps at Google: gtg_health, ccm/geo without a region, the joins and granted Ads traffic. The demo's tag does none of it.
        Assert.Empty(visit.Requests.Where(request => !request.Url.StartsWith(demo.Address + "/", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal)).Select(request => request.Url));
        visit.AssertNoComplaints();
        var sent = visit.Requests
            .Where(request => new Uri(request.Url).AbsolutePath.StartsWith("/f807/", StringComparison.Ordinal))
            .Select(request => $"{request.Method} {request.Url[demo.Address.Length..]} {request.PostData}")
            .ToHashSet();
        sent.UnionWith(kept);
        Assert.All(hits, hit => Assert.Contains($"{hit.Method} {hit.RawTarget} {hit.BodyText}", sent));
        Assert.All(hits, hit =>
        {
            // Scripts are fetched in the gateway's own name.
            var isFetched = hit.Kind is "Script" or "ServiceWorker";
            Assert.True(hit.BodyComplete);
            Assert.Equal(isFetched ? null : "127.0.0.1", hit.Header("X-Forwarded-For"));
            Assert.Equal(hit.Kind is "ServiceWorker" ? null : "US-CA", hit.Header("X-Forwarded-CountryRegion"));
            Assert.True(!isFetched || hit.Header("Cookie") is null);
            Assert.DoesNotContain(session.Value, JsonSerializer.Serialize(hit.Headers), StringComparison.Ordinal);
            Assert.DoesNotContain(hit.Headers, header => header.Name.StartsWith("trace", StringComparison.OrdinalIgnoreCase));
        });
        Assert.Contains(hits, hit => hit.Header("Cookie")?.Contains("_ga=", StringComparison.Ordinal) == true);
        Assert.Contains(hits, hit => hit.Has("page_view"));
    }

    [Fact]
    public async Task Demo_Panel_ShowsWhatGoogleGotAndWhatWasKeptBack()
    {
        await using var demo = await GatewayProcess.StartAsync("demo --urls http://127.0.0.1:0");
        await using var browser = await Browser.StartAsync();
        var visit = await browser.VisitAsync();

        await visit.Page.GotoAsync(demo.Address + "/");
        var received = visit.Page.Locator("[data-received]");
        await received.GetByText("page_view").First.WaitForAsync();
        await received.GetByText("shop_session").First.WaitForAsync();

        Assert.Contains("page_view", await received.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal("0", await visit.Page.Locator("[data-count-other]").InnerTextAsync());
    }

    /// <summary>A second visitor, with an empty browser cache, has the tag from the gateway's.</summary>
    [Fact]
    public async Task Demo_SecondVisitor_GetsTheTagFromTheCache()
    {
        await using var demo = await GatewayProcess.StartAsync("demo --urls http://127.0.0.1:0");
        await using var browser = await Browser.StartAsync();

        var first = await ScriptsAsync(await browser.VisitAsync(), demo.Address);
        var second = await ScriptsAsync(await browser.VisitAsync(), demo.Address);

        Assert.All(first.Concat(second), script => Assert.StartsWith(demo.Address + "/f807/", script.Url, StringComparison.Ordinal));
        Assert.Contains(first, script => script.CacheStatus == "taggateway; fwd=uri-miss; stored");
        Assert.NotEmpty(second);
        Assert.All(second, script => Assert.Matches("\\Ataggateway; hit; ttl=[0-9]+\\z", script.CacheStatus));
        Assert.All(second, script => Assert.Equal("br", script.Coding));
    }

    /// <summary>The scripts of the tag that a page load brings, once its hit is on the way.</summary>
    private static async Task<List<(string Url, string CacheStatus, string Coding)>> ScriptsAsync(Visit visit, string address)
    {
        await visit.OpenUntilAskedAsync(address + "/", address + "/f807/ga/g/c");
        var scripts = new List<(string, string, string)>();
        foreach (var request in visit.Requests.Where(request => request.ResourceType == "script"))
        {
            if (await request.ResponseAsync() is { } response && new Uri(request.Url).AbsolutePath.StartsWith("/f807", StringComparison.Ordinal))
            {
                var headers = await response.AllHeadersAsync();
                scripts.Add((request.Url, headers.GetValueOrDefault("cache-status", ""), headers.GetValueOrDefault("content-encoding", "")));
            }
        }

        return scripts;
    }

    private static async Task BuyAsync(Visit visit, string address)
    {
        var page = visit.Page;
        await page.GotoAsync(address + "/");
        await page.WaitForFunctionAsync("document.cookie.includes('_ga=')");
        await page.Locator("a[href='/product/fern']").First.ClickAsync();
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Add to basket" }).ClickAsync();
        await page.Locator("[data-added]:not(:empty)").WaitForAsync();
        await page.GotoAsync(address + "/checkout");
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Buy now" }).ClickAsync();
        await page.WaitForURLAsync("**/thanks**");
    }

    /// <summary>What the stand-in recorded, once it has what is waited for.</summary>
    private static async Task<IReadOnlyList<Hit>> HitsAsync(GatewayProcess demo, Func<IReadOnlyList<Hit>, bool> isEnough)
    {
        using var client = new HttpClient();
        using var patience = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var address = HitsAddress().Match(demo.Output).Value;
        while (true)
        {
            var hits = await client.GetFromJsonAsync<List<Hit>>(address, JsonSerializerOptions.Web, patience.Token) ?? [];
            if (isEnough(hits))
            {
                return hits;
            }

            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    [GeneratedRegex(@"http://\S+/hits")]
    private static partial Regex HitsAddress();

    private sealed record HeaderLine(string Name, string Value);

    private sealed record Hit(string Method, string RawTarget, string BodyText, bool BodyComplete, string Kind, List<HeaderLine> Headers)
    {
        public string? Header(string name) => Headers.SingleOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value;

        public bool Has(string eventName) => (RawTarget + BodyText).Contains("en=" + eventName, StringComparison.Ordinal);
    }
}
