using System.Security.Cryptography;
using System.Text;

namespace TagGateway.EndToEnd.Pages;

/// <summary>A website with a strict content security policy, in real Chromium: nothing that the gateway does breaks it, and nothing loosens it.</summary>
public sealed class PolicySceneTests(PageLab lab) : IClassFixture<PageLab>
{
    private const string Others = "default-src 'self'; object-src 'none'; base-uri 'none'";
    private const string Strict = "script-src 'nonce-NONCE' 'strict-dynamic' https: 'unsafe-inline'; " + Others;
    private const string OwnOnly = "script-src 'nonce-NONCE' 'self'; " + Others;
    private const string Head = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Shop</title>\n";
    private const string Meta = "<meta http-equiv=\"Content-Security-Policy\" content=\"" + Strict + "\">\n";
    private const string Body = "<script nonce=\"NONCE\">document.documentElement.lang = 'de'</script></head><body><h1>Shop</h1>\n";
    private const string End = "</body></html>\n";
    private const string Tag = """
        <script nonce="NONCE" async src="https://www.googletagmanager.com/gtag/js?id=G-MAIN1"></script>
        <script nonce="NONCE">window.dataLayer = window.dataLayer || []; function gtag(){dataLayer.push(arguments);} gtag('js', new Date()); gtag('config', 'G-MAIN1');</script>
        """;

    private const string Boot = """
        <script nonce="NONCE">(function(w,d,s,l,i){w[l]=w[l]||[];w[l].push({'gtm.start':
        new Date().getTime(),event:'gtm.js'});var f=d.getElementsByTagName(s)[0],
        j=d.createElement(s),dl=l!='dataLayer'?'&l='+l:'';j.async=true;j.src=
        'https://www.googletagmanager.com/gtm.js?id='+i+dl;var n=d.querySelector('[nonce]');
        n&&j.setAttribute('nonce',n.nonce||n.getAttribute('nonce'));f.parentNode.insertBefore(j,f);
        })(window,document,'script','dataLayer','GTM-MAIN1');</script>
        """;

    /// <summary>Scripts with a nonce: all of the page's, and what they load.</summary>
    [Theory]
    [InlineData("G-MAIN1", "rewrite", Head + Tag + Body + End, Strict)]
    [InlineData("G-MAIN1", "rewrite", Head + Meta + Tag + Body + End, null)]
    [InlineData("G-MAIN1", "inject", Head + Body + End, Strict)]
    [InlineData("G-MAIN1", "inject", Head + Meta + Body + End, null)]
    [InlineData("G-MAIN1", "inject", Head + Meta + Body + End, Strict)]
    [InlineData("G-MAIN1", "inject", Head + Body + End, OwnOnly)]
    [InlineData("G-MAIN1", "inject", Head + Body + Tag + End, Strict)]
    [InlineData("GTM-MAIN1", "rewrite", Head + Boot + Body + End, Strict)]
    [InlineData("GTM-MAIN1", "rewrite", Head + Meta + Boot + Body + End, null)]
    [InlineData("GTM-MAIN1", "inject", Head + Body + End, Strict)]
    [InlineData("GTM-MAIN1", "inject", Head + Meta + Body + End, null)]
    [InlineData("GTM-MAIN1", "inject", Head + Body + End, OwnOnly)]
    [InlineData("GTM-MAIN1", "inject", Head + Body + Boot + End, Strict)]
    public async Task Tag_UnderAPolicyWithANonce_RunsAndBreaksNothing(string tag, string handling, string html, string? policy)
    {
        await using var visit = await lab.StartAsync(new ScenePage(html) { Coding = "gzip", Policy = policy }, $"\"tag\": \"{handling}\"", tag);

        await visit.OpenAsync();
        await visit.ReloadAsync(pageViews: 2);

        Assert.Equal("de", await visit.Visit.Page.GetAttributeAsync("html", "lang"));
        await visit.AssertMeasuredAsync(visits: 2, tag);
    }

    /// <summary>No script that is added could have a hash in the policy, which is not ours to change.</summary>
    [Theory]
    [InlineData("G-MAIN1", true)]
    [InlineData("G-MAIN1", false)]
    [InlineData("GTM-MAIN1", true)]
    [InlineData("GTM-MAIN1", false)]
    public async Task Tag_MissingUnderAPolicyOfHashesAlone_IsNotInjected(string tag, bool isMeta)
    {
        const string script = "document.documentElement.lang = 'de'";
        var policy = $"script-src '{HashOf(script)}' 'self'; {Others}";
        var meta = isMeta ? $"<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n" : "";
        var page = new ScenePage($"{Head}{meta}<script>{script}</script></head><body><h1>Shop</h1>{End}") { Policy = isMeta ? null : policy };
        await using var visit = await lab.StartAsync(page, "\"tag\": \"inject\"", tag);

        await visit.Visit.Page.GotoAsync(visit.Address);
        await visit.RestAsync();

        Assert.Equal("de", await visit.Visit.Page.GetAttributeAsync("html", "lang"));
        await visit.AssertNotMeasuredAsync();
    }

    /// <summary>The policy lets Google's address in and not the site's own: better measured by Google's own than not at all.</summary>
    [Fact]
    public async Task Tag_UnderAPolicyThatForbidsTheSitesOwn_StaysGooglesAndRuns()
    {
        const string script = "window.dataLayer = window.dataLayer || []; function gtag(){dataLayer.push(arguments);} gtag('js', new Date()); gtag('config', 'G-MAIN1');";
        var policy = $"script-src '{HashOf(script)}' https://www.googletagmanager.com; connect-src https://*.google-analytics.com https://*.doubleclick.net https://*.google.com; object-src 'none'";
        var page = new ScenePage($"{Head}<script async src=\"https://www.googletagmanager.com/gtag/js?id=G-MAIN1\"></script><script>{script}</script></head><body><h1>Shop</h1>{End}") { Policy = policy };
        await using var visit = await lab.StartAsync(page, "\"tag\": \"rewrite\"", "G-MAIN1");

        await visit.OpenAsync();
        await visit.LeaveAsync();

        Assert.Contains(visit.Escapes, url => url.StartsWith("https://www.googletagmanager.com/gtag/js", StringComparison.Ordinal));
        Assert.Single(visit.PageViews);
        visit.Visit.AssertNoComplaints();
    }

    /// <summary>The lab would see it, if a script broke the policy.</summary>
    [Fact]
    public async Task Script_ThatBreaksThePolicy_IsComplainedAbout()
    {
        await using var visit = await lab.StartAsync(new ScenePage(Head + "<script>document.title = 'no nonce'</script>" + Body + End) { Policy = Strict }, "\"tag\": \"rewrite\"", "G-MAIN1");

        await visit.Visit.Page.GotoAsync(visit.Address);
        await visit.RestAsync();

        Assert.Contains(visit.Visit.Complaints, complaint => complaint.Contains("breach of script-src", StringComparison.Ordinal));
    }

    private static string HashOf(string script) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}";
}
