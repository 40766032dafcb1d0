namespace TagGateway.EndToEnd.Pages;

/// <summary>A plain website with Google's tag as Google's own instructions put it there, or with none, in real Chromium.</summary>
public sealed class PlainSceneTests(PageLab lab) : IClassFixture<PageLab>
{
    private const string Tag = """
        <!-- Google tag (gtag.js) -->
        <script async src="https://www.googletagmanager.com/gtag/js?id=G-MAIN1"></script>
        <script>
          window.dataLayer = window.dataLayer || [];
          function gtag(){dataLayer.push(arguments);}
          gtag('js', new Date());

          gtag('config', 'G-MAIN1');
        </script>
        """;

    private const string Head = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Shop</title>\n";
    private const string Hints = """<link rel="preconnect" href="https://www.googletagmanager.com"><link rel="preload" as="script" href="https://www.googletagmanager.com/gtag/js?id=G-MAIN1">""";
    private const string Body = "</head><body><h1>Shop</h1>\n";
    private const string End = "</body></html>\n";

    /// <summary>The lab would see it, if a page's tag stayed with Google.</summary>
    [Fact]
    public async Task Tag_OfAPageThatIsLeft_IsGooglesOwn()
    {
        await using var visit = await lab.StartAsync(new ScenePage(Head + Tag + Body + End), "\"tag\": \"leave\"", "G-MAIN1");

        await visit.OpenAsync();

        Assert.Contains(visit.Escapes, url => url.StartsWith("https://www.googletagmanager.com/gtag/js?id=G-MAIN1", StringComparison.Ordinal));
        Assert.Contains(visit.Escapes, url => url.Contains("/g/collect?", StringComparison.Ordinal));
        Assert.Empty(visit.Scripts);
    }

    [Theory]
    [InlineData("rewrite", Head + Tag + Body + End, null)]
    [InlineData("rewrite", Head + Hints + Tag + Body + End, "gzip")]
    [InlineData("rewrite", Head + Body + Tag + End, "br")]
    [InlineData("inject", Head + Tag + Body + End, "br")]
    [InlineData("inject", Head + Body + Tag + End, "gzip")]
    public async Task Tag_OnThePage_IsTheSitesOwnAndMeasuresOnceAVisit(string handling, string html, string? coding)
    {
        var page = new ScenePage(html) { Coding = coding };
        await using var visit = await lab.StartAsync(page, $"\"tag\": \"{handling}\"", "G-MAIN1");

        await visit.OpenAsync();
        await visit.ReloadAsync(pageViews: 2);

        Assert.Equal(["js", "config G-MAIN1"], await visit.LayerAsync());
        await visit.AssertMeasuredAsync(visits: 2, "G-MAIN1");
        Assert.Equal(1, page.Confirmed);
    }

    [Theory]
    [InlineData("afterConsent", null)]
    [InlineData("headStart", "gzip")]
    [InlineData("headEnd", "br")]
    public async Task Tag_MissingFromThePage_IsInjectedAndMeasuresOnceAVisit(string position, string? coding)
    {
        var page = new ScenePage(Head + Body + End) { Coding = coding };
        await using var visit = await lab.StartAsync(page, $"\"tag\": \"inject\", \"position\": \"{position}\"", "G-MAIN1");

        await visit.OpenAsync();
        await visit.ReloadAsync(pageViews: 2);

        Assert.Equal(["js", "config G-MAIN1"], await visit.LayerAsync());
        await visit.AssertMeasuredAsync(visits: 2, "G-MAIN1");
        Assert.Equal(1, page.Confirmed);
    }
}
