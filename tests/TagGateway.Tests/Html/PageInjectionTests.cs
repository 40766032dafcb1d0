using System.Buffers;
using System.Text;
using TagGateway.Html;

namespace TagGateway.Tests.Html;

public sealed class PageInjectionTests
{
    private const string Google = "https://www.googletagmanager.com";
    private const string Loader = "<script async src=\"/f807/?id=G-MAIN1\"></script>";
    private const string End = "<script>!function(w){w=w.dataLayer=w.dataLayer||[];function g(){w.push(arguments)}g('js',new Date());g('config','G-MAIN1')}(window)</script>";
    private const string Consent = "https://cdn.cookielaw.org/scripttemplates/otSDKStub.js";

    [Theory]
    [InlineData("<!doctype html><html><head><meta charset=utf-8><title>a</title></head><body>b</body></html>", "<!doctype html><html><head><meta charset=utf-8><title>a</title>{L}</head><body>b</body></html>{E}")]
    [InlineData("<!doctype html><title>a</title><p>b", "<!doctype html><title>a</title>{L}<p>b{E}")]
    [InlineData("<!doctype html>text", "<!doctype html>{L}text{E}")]
    [InlineData("\ufeff<!doctype html><head></head>", "\ufeff<!doctype html><head>{L}</head>{E}")]
    [InlineData("<!doctype html><head></head>a<", "<!doctype html><head>{L}</head>a<{E}")]
    [InlineData("<!doctype html><head></head>a</", "<!doctype html><head>{L}</head>a</")]
    [InlineData("<!doctype html><title>a</title></", "<!doctype html><title>a</title>{L}</")]
    [InlineData("<!doctype html> <!-- c --> ", "<!doctype html> <!-- c --> {L}{E}")]
    [InlineData("<head></head>", "<head>{L}</head>{E}")]
    [InlineData("<html><body>b", "<html>{L}<body>b{E}")]
    [InlineData("<html><head><template><p></template><noscript><p></noscript><style><p></style></head>", "<html><head><template><p></template><noscript><p></noscript><style><p></style>{L}</head>{E}")]
    [InlineData("<html><head><script src=\"{C}\"></script><link rel=icon></head>", "<html><head><script src=\"{C}\"></script>{L}<link rel=icon></head>{E}")]
    [InlineData("<html><head><script src=\"{C}\"></script> <script>function OptanonWrapper(){}</script><script src=a></script></head>", "<html><head><script src=\"{C}\"></script> <script>function OptanonWrapper(){}</script>{L}<script src=a></script></head>{E}")]
    public void Write_DocumentWithoutATag_GetsOneBehindConsent(string page, string expected) => AssertRewritten(page, expected, "G-MAIN1", InjectPosition.AfterConsent);

    [Theory]
    [InlineData("<!doctype html><html><head><meta charset=utf-8><title>a</title></head>", "<!doctype html><html><head><meta charset=utf-8>{L}<title>a</title></head>{E}")]
    [InlineData("<!doctype html><p>", "<!doctype html>{L}<p>{E}")]
    public void Write_AtTheHeadsStart_LeavesTheCharsetFirst(string page, string expected) => AssertRewritten(page, expected, "G-MAIN1", InjectPosition.HeadStart);

    [Theory]
    [InlineData("<p>a</p>")]
    [InlineData("text")]
    [InlineData("<script>a()</script>")]
    [InlineData("<html amp><head></head>")]
    [InlineData("<html ⚡><head></head>")]
    [InlineData("<!doctype html><head><meta http-equiv=content-security-policy content=\"script-src 'self'\"></head>")]
    public void Write_NoPlaceForATag_Untouched(string page) => AssertRewritten(page, page, "G-MAIN1", InjectPosition.HeadEnd);

    [Theory]
    [InlineData("<html><head><script src='{G}/gtag/js?id=G-MAIN1'></script></head><p>", "<html><head><script src='/f807/?id=G-MAIN1'></script></head><p>")]
    [InlineData("<html><head><script src='/f807/'></script></head><p>", "<html><head><script src='/f807/'></script></head><p>")]
    [InlineData("<html><head></head><p><script src='{G}/gtag/js?id=G-MAIN1'></script>", "<html><head>{L}</head><p><script data-first-party-src='{G}/gtag/js?id=G-MAIN1'></script>")]
    [InlineData("<html><head></head><p><script src='{G}/gtag/js?id=G-MAIN1' src=a></script>", "<html><head>{L}</head><p><script data-first-party-src='{G}/gtag/js?id=G-MAIN1' data-first-party-src=a></script>")]
    [InlineData("<html><head></head><p><script>gtag('config', 'G-MAIN1')</script>", "<html><head>{L}</head><p><script>gtag('config', 'G-MAIN1')</script>")]
    public void Write_TagOnThePage_NeverTwice(string page, string expected) => AssertRewritten(page, expected, "G-MAIN1", InjectPosition.HeadEnd);

    [Theory]
    [InlineData(true, "<script src='https://www.googletagmanager.com/gtag/js?id=G-MAIN1'></script>")]
    [InlineData(false, "<script src='/f807/?id=G-MAIN1'></script>")]
    public void Write_BehindAPlatformThatBlocks_StaysUnlessSaidOtherwise(bool heeds, string expected)
    {
        const string Blocker = "<html><head><script src=\"https://cdn.cookielaw.org/consent/1/OtAutoBlock.js\"></script>";
        var output = new ArrayBufferWriter<byte>();
        using var rewriter = new PageRewriter(new PagePlan(new TagPlan(["G-MAIN1"]) { Path = "/f807", HeedsBlocking = heeds }, ContentPolicies.None));

        rewriter.Write(Encoding.UTF8.GetBytes($"{Blocker}<script src='{Google}/gtag/js?id=G-MAIN1'></script>"), output);
        rewriter.Complete([], output);

        Assert.Equal(Blocker + expected, Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.Equal(heeds ? PageReason.ConsentBlocking : PageReason.None, rewriter.Findings.Reason);
    }

    [Fact]
    public void Write_ContainerLaterOnThePage_TakesNoEffectTwice()
    {
        const string Boot = "(function(w,d,s,l,i){w[l]=w[l]||[];w[l].push({'gtm.start':new Date().getTime(),event:'gtm.js'});var f=d.getElementsByTagName(s)[0],j=d.createElement(s),dl=l!='dataLayer'?'&l='+l:'';j.async=true;j.src='https://www.googletagmanager.com/gtm.js?id='+i+dl;f.parentNode.insertBefore(j,f);})(window,document,'script','dataLayer','GTM-MAIN1');";

        var result = Rewrite($"<html><head></head><body><script>{Boot}</script>", int.MaxValue, "GTM-MAIN1", InjectPosition.HeadEnd);

        Assert.EndsWith("</head><body><script>(void 0);</script>", result, StringComparison.Ordinal);
        Assert.Contains("src='/f807/?id=GTM-MAIN1'", result, StringComparison.Ordinal);
    }

    private static void AssertRewritten(string page, string expected, string tag, InjectPosition position)
    {
        page = Fill(page);
        expected = Fill(expected);

        for (var size = 1; size < 9; size++)
        {
            Assert.Equal(expected, Rewrite(page, size, tag, position));
        }

        Assert.Equal(expected, Rewrite(page, int.MaxValue, tag, position));
    }

    private static string Fill(string text) => text.Replace("{L}", Loader, StringComparison.Ordinal).Replace("{E}", End, StringComparison.Ordinal)
        .Replace("{G}", Google, StringComparison.Ordinal).Replace("{C}", Consent, StringComparison.Ordinal);

    private static string Rewrite(string page, int chunk, string tag, InjectPosition position)
    {
        var bytes = Encoding.UTF8.GetBytes(page);
        var output = new ArrayBufferWriter<byte>();
        using var rewriter = new PageRewriter(new PagePlan(new TagPlan([tag]) { Path = "/f807", Inject = position }, ContentPolicies.None));
        for (var at = 0; at < bytes.Length; at += Math.Min(chunk, bytes.Length - at))
        {
            rewriter.Write(bytes.AsSpan(at, Math.Min(chunk, bytes.Length - at)), output);
        }

        rewriter.Complete([], output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
