using Microsoft.Playwright;

namespace TagGateway.EndToEnd.Pages;

/// <summary>A website of a framework that renders on the server and sends the page as it gets it ready, in real Chromium: the gateway keeps nothing back.</summary>
public sealed class StreamedSceneTests(PageLab lab) : IClassFixture<PageLab>
{
    private const int DataBytes = 300_000;
    private const string HeadTag = "<script async src=\"https://www.googletagmanager.com/gtag/js?id=G-MAIN1\"></script>";
    private const string Configure = "<script>window.dataLayer=window.dataLayer||[];function gtag(){dataLayer.push(arguments)}gtag('js',new Date());gtag('config','G-MAIN1')</script>";

    /// <summary>Where the tag stands, and what is done; in the first case it runs while the page still comes.</summary>
    [Theory]
    [InlineData("rewrite", HeadTag + Configure, "", "br", true)]
    [InlineData("rewrite", HeadTag, Configure, null, false)]
    [InlineData("rewrite", "", Configure + HeadTag, "gzip", false)]
    [InlineData("inject", "", "", null, false)]
    [InlineData("inject", "", "", "gzip", false)]
    [InlineData("inject", "", "", "br", false)]
    [InlineData("inject", "", Configure + HeadTag, "br", false)]
    public async Task Page_InPieces_IsPaintedPieceByPieceAndMeasuredOnce(string handling, string head, string end, string? coding, bool measuresEarly)
    {
        var page = new ScenePage(PageOf(head, end)) { Coding = coding };
        await using var visit = await lab.StartAsync(page, $"\"tag\": \"{handling}\"", "G-MAIN1");

        await visit.Visit.Page.GotoAsync(visit.Address, new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
        await visit.Visit.Page.Locator("#first").WaitForAsync();
        await visit.Visit.Page.WaitForFunctionAsync("performance.getEntriesByName('first-contentful-paint').length === 1");
        Assert.Equal(0, await visit.Visit.Page.Locator("#second").CountAsync());
        if (measuresEarly)
        {
            await visit.MeasuredAsync(pageViews: 1);
            Assert.Equal(0, await visit.Visit.Page.Locator("#second").CountAsync());
        }

        page.NextPiece.Release();
        await visit.Visit.Page.WaitForFunctionAsync("document.querySelector('#second p') && self.__flight?.length === 3");
        Assert.Equal("loading", await visit.Visit.Page.EvaluateAsync<string>("document.readyState"));
        page.NextPiece.Release();
        await visit.MeasuredAsync(pageViews: 1);

        Assert.All(await visit.Visit.Page.EvaluateAsync<int[]>("self.__flight.map(data => data.length)"), length => Assert.Equal(DataBytes, length));
        Assert.Equal("hydrated", await visit.Visit.Page.TextContentAsync("#first"));
        await visit.AssertMeasuredAsync(visits: 1, "G-MAIN1");
    }

    /// <summary>In the data is what frameworks have there: the page once more, quotes and all.</summary>
    private static string PageOf(string head, string end)
    {
        var filling = string.Concat(Enumerable.Range(0, DataBytes / 20).Select(i => $"[\"$\",\"p\",{i % 10000:D4},\"<b>\"],"));
        var data = filling[..DataBytes].Replace("\"", "\\\"", StringComparison.Ordinal).Replace("<", "\\u003c", StringComparison.Ordinal);
        var script = $"<script>(self.__flight=self.__flight||[]).push(\"{data}\")</script>";
        return $"""
            <!DOCTYPE html><html lang="en"><head><meta charSet="utf-8"/><title>Shop</title>{head}</head><body><div id="first">Shop</div><!--$?--><template id="B:0"></template><!--/$-->{ScenePage.Cut}
            <div hidden id="S:0"><div id="second"><p>Shoes</p></div></div><script>document.getElementById('B:0').replaceWith(document.getElementById('second'))</script>{script}{script}{script}{ScenePage.Cut}
            <script>document.getElementById('first').textContent = 'hydrated'</script>{end}</body></html>
            """;
    }
}
