using TagGateway.Demo.Google;

namespace TagGateway.EndToEnd.Rewriting;

/// <summary>Every request of the tag first-party, in real Chromium: nothing leaves for another host than the site's, and what arrives at Google is what
/// arrives there without the gateway.</summary>
public sealed class FullCoverageTests(CoverageLab lab) : IClassFixture<CoverageLab>
{
    private const string Consent = "gtag('consent', 'default', { ad_storage: 'STATE', analytics_storage: 'STATE', ad_user_data: 'STATE', ad_personalization: 'STATE' });";
    private const string Configure = "gtag('js', new Date()); gtag('config', 'G-MAIN1');";
    private const string ConfigureAds = Configure + "gtag('config', 'AW-1000001');";
    private const string Convert = "gtag('event', 'conversion', { send_to: 'AW-1000001/label', value: 2, currency: 'EUR', transaction_id: 't1' });";
    private static readonly GoogleScenario Quiet = new() { ServiceWorker = false };

    private static readonly Dictionary<string, Scene> Scenes = new(StringComparer.Ordinal)
    {
        ["events"] = new()
        {
            Commands = Configure,
            Google = Quiet with { Diagnostics = true },
            Act = "gtag('event', 'sign_up', { method: 'mail', link_url: 'https://www.googletagmanager.com/x' }); gtag('event', 'search', { search_term: 'a&b=c' }); gtag('event', 'purchase', { value: 12.5, currency: 'EUR', items: [{ item_id: 'S1', item_name: 'Shoe, red', price: 10 }] }); gtag('event', 'last', { link_domain: 'www.google.com' });",
        },
        ["signals"] = new() { Commands = Configure, Google = Quiet with { Signals = true }, Act = "gtag('event', 'purchase', { value: 2 });" },
        ["europe"] = new() { Commands = ConfigureAds, Google = Quiet with { Signals = true }, Region = "DE-BE", GatewayRegion = "DE-BE", Act = "gtag('event', 'purchase', { value: 2 });" },
        ["conversion"] = new()
        {
            Commands = ConfigureAds,
            Google = Quiet,
            Act = Convert + "gtag('event', 'conversion', { send_to: 'AW-1000001/other', delivery: 'unified' }); gtag('event', 'conversion', { send_to: 'AW-1000001/third', delivery: 'travel' });",
        },
        ["denied"] = new() { Commands = Consent.Replace("STATE", "denied", StringComparison.Ordinal) + ConfigureAds, Google = Quiet with { Signals = true, Diagnostics = true }, Act = Convert + "gtag('event', 'purchase', { value: 2 });" },
        ["click"] = new() { Commands = ConfigureAds, Google = Quiet, Query = "?gclid=abc-123" },
        ["userData"] = new() { Commands = ConfigureAds, Google = Quiet, Act = Convert.Replace("value: 2", "user_data: { email: 'a@b.example' }", StringComparison.Ordinal) },
        ["floodlight"] = new() { Commands = ConfigureAds, Google = Quiet, Act = "gtag('event', 'conversion', { send_to: 'DC-2000002/type/cat+standard', transaction_id: 'o1' });" },
        ["container"] = new()
        {
            Tag = "GTM-MAIN1",
            OtherTags = [],
            Google = Quiet with { Containers = new Dictionary<string, IReadOnlyList<string>> { ["GTM-MAIN1"] = ["G-CHILD9", "GTM-INNER"], ["GTM-INNER"] = ["AW-1000001"] } },
            Commands = "dataLayer.push({ 'gtm.start': 1, event: 'gtm.js' });",
            Act = "dataLayer.push({ event: 'purchase', ecommerce: { value: 3, items: [{ item_id: 'S1' }] } });",
        },
        ["instructions"] = new()
        {
            Commands = Configure.Replace("'G-MAIN1'", "'G-MAIN1', { server_container_url: 'GOOGLE/region9.google-analytics.com' }", StringComparison.Ordinal),
            Google = Quiet with { RichAnswers = true },
            Act = Convert,
        },
        ["redirects"] = new() { Commands = ConfigureAds, Google = Quiet with { Signals = true, RedirectDomain = "google.de" }, Act = Convert },
        ["legacy"] = new()
        {
            Tag = "analytics.js",
            Region = "GB-LND",
            GatewayRegion = "GB-LND",
            Commands = "window.ga = function () { (ga.q = ga.q || []).push(arguments); }; ga('create', 'UA-1-1', 'auto'); ga('send', 'pageview'); ga('send', 'event', 'a', 'b'); ga('send', 'timing');",
        },
        ["worker"] = new()
        {
            Commands = ConfigureAds,
            Act = "(async () => { for (let i = 0; i < 40 && !google_tag_data.synthetic.worker?.ready; i++) await new Promise(go => setTimeout(go, 50)); "
                + Convert.Replace("value: 2", "user_data: { email: 'a@b.example' }", StringComparison.Ordinal) + " })()",
        },
        ["noScript"] = new() { Tag = "GTM-MAIN1", OtherTags = [], RunsScripts = false },
        ["consentPlatform"] = new() { Commands = "window.__tcfapi = function () { throw new Error('broken'); };" + Configure, Google = Quiet },
        ["merchant"] = new() { Tag = "MC-1", Commands = "gtag('config', 'MC-1');", Google = Quiet },
    };

    /// <summary>Every scene in both modes; the older spellings of the script where all the addresses are.</summary>
    public static TheoryData<string, string, string> Visits
    {
        get
        {
            var visits = new TheoryData<string, string, string>();
            foreach (var scene in Scenes.Keys)
            {
                visits.Add(scene, "6b91", nameof(Way.FullByGoogle));
                if (scene is not ("legacy" or "merchant" or "noScript"))
                {
                    visits.Add(scene, "6b91", nameof(Way.FullByGateway));
                }
            }

            foreach (var release in (string[])["65j1", "4bc0"])
            {
                visits.Add("events", release, nameof(Way.FullByGoogle));
                visits.Add("europe", release, nameof(Way.FullByGoogle));
                visits.Add("redirects", release, nameof(Way.FullByGoogle));
                visits.Add("denied", release, nameof(Way.FullByGoogle));
            }

            return visits;
        }
    }

    [Theory]
    [MemberData(nameof(Visits))]
    public async Task Visit_ThroughTheGateway_StaysWithTheSiteAndArrivesAsWithout(string name, string release, string mode)
    {
        var way = Enum.Parse<Way>(mode);
        var scene = Scenes[name] with { Google = Scenes[name].Google with { Release = release } };

        lab.Overrule = name == "noScript" ? NoScriptPage : null;
        var without = await lab.VisitAsync(scene, way == Way.FullByGoogle ? Way.Plain : Way.Official);
        var through = await lab.VisitAsync(scene, way, without);
        var comparison = ArrivalComparison.Of(without.Hits, through.Hits);

        through.AssertClean();
        Assert.NotEmpty(without.Hits);
        Assert.True(comparison.IsEqual, comparison.ToString());
    }

    [Fact]
    public async Task Visit_ServiceWorker_IsTheSitesOwn()
    {
        var through = await lab.VisitAsync(Scenes["worker"], Way.FullByGoogle);

        through.AssertClean();
        Assert.Contains(through.Received, request => request.Kind == RequestKind.ServiceWorker && request.SubPath.EndsWith("/sw.js", StringComparison.Ordinal));
        Assert.Contains(through.Received, request => request.SubPath == "ccm/form-data/1000001");
    }

    /// <summary>As in the demo: no TLS, a port, an address for a name.</summary>
    [Fact]
    public async Task Visit_LoopbackWithoutTls_StaysWithTheSite()
    {
        lab.Overrule = null;
        var passage = await lab.VisitLoopbackAsync(Scenes["conversion"]);

        passage.AssertClean();
        Assert.Contains(passage.Received, request => request.SubPath == "pagead/viewthroughconversion/1000001/");
    }

    /// <summary>What a container shows to browsers without scripts.</summary>
    private static GoogleAnswer? NoScriptPage(RecordedRequest request) => request.SubPath == "ns.html"
        ? new(200, [new("Content-Type", "text/html; charset=utf-8")], "<!doctype html><html><body><img src=\"https://www.google-analytics.com/g/collect?v=2&amp;tid=G-1&amp;en=noscript\"></body></html>"u8.ToArray())
        : null;
}
