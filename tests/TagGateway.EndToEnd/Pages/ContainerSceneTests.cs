namespace TagGateway.EndToEnd.Pages;

/// <summary>A website with a Tag Manager container, booted as Google's own instructions say, or with none, in real Chromium.</summary>
public sealed class ContainerSceneTests(PageLab lab) : IClassFixture<PageLab>
{
    private const string Boot = """
        <!-- Google Tag Manager -->
        <script>(function(w,d,s,l,i){w[l]=w[l]||[];w[l].push({'gtm.start':
        new Date().getTime(),event:'gtm.js'});var f=d.getElementsByTagName(s)[0],
        j=d.createElement(s),dl=l!='dataLayer'?'&l='+l:'';j.async=true;j.src=
        'https://www.googletagmanager.com/gtm.js?id='+i+dl;f.parentNode.insertBefore(j,f);
        })(window,document,'script','dataLayer','GTM-MAIN1');</script>
        <!-- End Google Tag Manager -->
        """;

    /// <summary>As a developer may write it who does not copy: what the injected one does not know how to take out.</summary>
    private const string OwnBoot = """
        <script>
        window.dataLayer = window.dataLayer || [];
        dataLayer.push({ 'gtm.start': Date.now(), event: 'gtm.js' });
        const loader = document.createElement('script');
        loader.src = 'https://www.googletagmanager.com/gtm.js?id=GTM-MAIN1';
        document.head.appendChild(loader);
        </script>
        """;

    private const string Frame = """<noscript><iframe src="https://www.googletagmanager.com/ns.html?id=GTM-MAIN1" height="0" width="0" style="display:none;visibility:hidden"></iframe></noscript>""";
    private const string Head = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Shop</title>\n";
    private const string Body = "</head><body>" + Frame + "<h1>Shop</h1>\n";
    private const string End = "</body></html>\n";

    [Theory]
    [InlineData("\"rewrite\"", Head + Boot + Body + End, "gzip")]
    [InlineData("\"rewrite\"", Head + Body + OwnBoot + End, null)]
    [InlineData("\"inject\"", Head + Boot + Body + End, "br")]
    [InlineData("\"inject\"", Head + Body + End, "gzip")]
    [InlineData("\"inject\", \"position\": \"headStart\"", Head + Body + End, null)]
    [InlineData("\"inject\", \"position\": \"headStart\"", Head + Boot + Body + End, "br")]
    [InlineData("\"inject\"", Head + Body + Boot + End, null)]
    public async Task Container_OfThePageOrInjected_IsTheSitesOwnAndMeasuresOnceAVisit(string handling, string html, string? coding)
    {
        var page = new ScenePage(html) { Coding = coding };
        await using var visit = await lab.StartAsync(page, $"\"tag\": {handling}", "GTM-MAIN1");

        await visit.OpenAsync();
        await visit.ReloadAsync(pageViews: 2);

        Assert.Equal("gtm.js", Assert.Single(await visit.LayerAsync(), entry => entry.StartsWith("gtm.", StringComparison.Ordinal)));
        await visit.AssertMeasuredAsync(visits: 2, "GTM-MAIN1");
        Assert.All(visit.PageViews, hit => Assert.Equal("G-CHILD9", hit.Parameters["tid"]));
        Assert.Equal(1, page.Confirmed);
    }

    /// <summary>Its script comes twice, and the second copy stands down.</summary>
    [Fact]
    public async Task Container_InjectedBeforeABootOfAnotherShape_MeasuresOnceAVisit()
    {
        await using var visit = await lab.StartAsync(new ScenePage(Head + Body + OwnBoot + End), "\"tag\": \"inject\"", "GTM-MAIN1");

        await visit.OpenAsync();
        var layer = await visit.LayerAsync();
        await visit.LeaveAsync();

        Assert.Single(layer, "gtm.js");
        Assert.Single(visit.PageViews);
        Assert.Empty(visit.Escapes);
        visit.Visit.AssertNoComplaints();
    }
}
