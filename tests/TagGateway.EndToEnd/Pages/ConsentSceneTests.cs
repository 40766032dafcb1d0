namespace TagGateway.EndToEnd.Pages;

/// <summary>A website whose consent platform speaks first, in real Chromium: the tag knows of it before it sends anything.</summary>
public sealed class ConsentSceneTests(PageLab lab) : IClassFixture<PageLab>
{
    private const string Denied = "G100";
    private const string Granted = "G111";
    private const string DeniedDefault =
        "\"consentDefault\": { \"ad_storage\": \"denied\", \"ad_user_data\": \"denied\", \"ad_personalization\": \"denied\", \"analytics_storage\": \"denied\" }";

    private const string Head = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Shop</title>\n";
    private const string Platform = "<script src=\"/js/cookieconsent.umd.js\"></script>\n";
    private const string Style = "<style>h1 { color: red }</style>";
    private const string Body = "</head><body><h1>Shop</h1><button onclick=\"accept()\">Accept</button>\n";
    private const string End = "</body></html>\n";
    private const string HeldTag = """
        <script type="text/plain" data-category="analytics" async src="https://www.googletagmanager.com/gtag/js?id=G-MAIN1"></script>
        <script type="text/plain" data-category="analytics">gtag('js', new Date()); gtag('config', 'G-MAIN1');</script>
        """;

    private const string HeldBoot = """
        <script type="text/plain" data-category="analytics">(function(w,d,s,l,i){w[l]=w[l]||[];w[l].push({'gtm.start':
        new Date().getTime(),event:'gtm.js'});var f=d.getElementsByTagName(s)[0],
        j=d.createElement(s),dl=l!='dataLayer'?'&l='+l:'';j.async=true;j.src=
        'https://www.googletagmanager.com/gtm.js?id='+i+dl;f.parentNode.insertBefore(j,f);
        })(window,document,'script','dataLayer','GTM-MAIN1');</script>
        """;

    [Theory]
    [InlineData("G-MAIN1", "js", null)]
    [InlineData("GTM-MAIN1", "gtm.js", "gzip")]
    public async Task Tag_InjectedBehindThePlatform_KnowsItsDefault(string tag, string first, string? coding)
    {
        var page = new ScenePage(Head + Platform + Style + Body + End) { Coding = coding };
        await using var visit = await lab.StartAsync(page, "\"tag\": \"inject\"", tag);

        await visit.OpenAsync();
        await visit.ReloadAsync(pageViews: 2);
        var sources = await visit.Visit.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('script,style')].map(e => e.getAttribute('src') || e.text || e.localName)");

        Assert.Equal(["consent default", first], (await visit.LayerAsync())[..2]);
        var platform = Array.IndexOf(sources, "/js/cookieconsent.umd.js");
        Assert.Contains("/f807/?id=" + tag, sources[platform + 1], StringComparison.Ordinal);
        Assert.Equal("style", sources[platform + 2]);
        await visit.AssertMeasuredAsync(visits: 2, tag);
        Assert.All(visit.PageViews, hit => Assert.Equal(Denied, hit.Parameters["gcs"]));
        Assert.Equal(1, page.Confirmed);
    }

    [Theory]
    [InlineData("G-MAIN1", "js", "headStart")]
    [InlineData("GTM-MAIN1", "gtm.js", "headStart")]
    [InlineData("G-MAIN1", "js", "afterConsent")]
    [InlineData("GTM-MAIN1", "gtm.js", "headEnd")]
    public async Task Tag_InjectedWithAConsentDefault_KnowsIt(string tag, string first, string position)
    {
        await using var visit = await lab.StartAsync(new ScenePage(Head + Style + Body + End), $"\"tag\": \"inject\", \"position\": \"{position}\", {DeniedDefault}", tag);

        await visit.OpenAsync();

        Assert.Equal(["consent default", first], (await visit.LayerAsync())[..2]);
        await visit.AssertMeasuredAsync(visits: 1, tag);
        Assert.Equal(Denied, Assert.Single(visit.PageViews).Parameters["gcs"]);
    }

    [Theory]
    [InlineData("G-MAIN1", HeldTag, "rewrite", "gzip")]
    [InlineData("G-MAIN1", HeldTag, "inject", null)]
    [InlineData("GTM-MAIN1", HeldBoot, "rewrite", "br")]
    [InlineData("GTM-MAIN1", HeldBoot, "inject", null)]
    public async Task Tag_HeldBackByThePlatform_IsTheSitesOwnWhenItIsLetGo(string tag, string held, string handling, string? coding)
    {
        var page = new ScenePage(Head + Platform + held + Body + End) { Coding = coding };
        await using var visit = await lab.StartAsync(page, $"\"tag\": \"{handling}\"", tag);

        await visit.Visit.Page.GotoAsync(visit.Address);
        await visit.RestAsync();
        var scriptsBefore = visit.Scripts.Count;
        var hitsBefore = visit.PageViews.Count;
        await visit.Visit.Page.ClickAsync("button");
        await visit.MeasuredAsync(pageViews: 1);

        Assert.Equal((0, 0), (scriptsBefore, hitsBefore));
        Assert.Equal(["consent default", "consent update"], (await visit.LayerAsync())[..2]);
        await visit.AssertMeasuredAsync(visits: 1, tag);
        Assert.Equal(Granted, Assert.Single(visit.PageViews).Parameters["gcs"]);
    }
}
