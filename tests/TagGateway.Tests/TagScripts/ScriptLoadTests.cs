using TagGateway.Caching;
using TagGateway.Receiving;
using TagGateway.Sites;
using TagGateway.TagScripts;
using TagGateway.Tests.Sites;
using TagGateway.Upstream;

namespace TagGateway.Tests.TagScripts;

public sealed class ScriptLoadTests
{
    private readonly Site _site = SomeSite.Create(tags: ["G-MAIN1", "AW-2"], scripts: SomeScripts.Policy);

    /// <summary>design: everything that is sent is in the key.</summary>
    [Fact]
    public void Key_EverythingThatIsSent_IsInIt()
    {
        EntryKey[] keys =
        [
            Load().Key,
            Load(path: "/f807/gtag/js").Key,
            Load(query: "?id=G-MAIN1&l=x").Key,
            Load(query: "").Key,
            Load(region: "US-NY").Key,
            Load(region: "").Key,
            Load(site: SomeSite.Create("other", tags: ["G-MAIN1", "AW-2"], scripts: SomeScripts.Policy)).Key,
            Load(site: SomeSite.Create(tags: ["AW-2", "G-MAIN1"], scripts: SomeScripts.Policy)).Key,
        ];

        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.Equal(Load().Key, Load().Key);
        Assert.NotEqual(Load().Key, Load().MarkKey);
    }

    /// <summary>Kept bodies of full coverage are rewritten, for the site's own path.</summary>
    [Fact]
    public void Key_FullCoverage_IsAnothersThanOfficials()
    {
        var full = SomeSite.Create(tags: ["G-MAIN1"], isFull: true);
        var google = SomeSite.Create(tags: ["G-MAIN1"], upstream: UpstreamKind.Google);
        var moved = SomeSite.Create(tags: ["G-MAIN1"], path: "/a1", upstream: UpstreamKind.Google);

        string[] keys =
        [
            ScriptLoad.OfTag(full, full.MainTag, RegionOf("DE")).Key.ToString(),
            ScriptLoad.OfTag(google, google.MainTag, RegionOf("DE")).Key.ToString(),
            ScriptLoad.OfTag(moved, moved.MainTag, RegionOf("DE")).Key.ToString(),
        ];

        Assert.Equal(
            [
                "shop\nG-MAIN1+full1\nDE\n/f807/?id=G-MAIN1",
                "shop\nwww.googletagmanager.com+full1/f807\n*\n/gtag/js?id=G-MAIN1",
                "shop\nwww.googletagmanager.com+full1/a1\n*\n/gtag/js?id=G-MAIN1",
            ],
            keys);
    }

    /// <summary>Google's ordinary hosts are told no region, so that one fetch does for all.</summary>
    [Fact]
    public void OfTag_GooglesHostsAsUpstream_SendsNoRegion()
    {
        var site = SomeSite.Create(tags: ["GTM-MAIN"], upstream: UpstreamKind.Google);

        var load = ScriptLoad.OfTag(site, site.MainTag, RegionOf("DE"));

        Assert.False(load.Fetch.Region.IsKnown);
        Assert.Equal(("www.googletagmanager.com", "/gtm.js", "?id=GTM-MAIN"), (load.Fetch.Route?.Host, load.Fetch.Path, load.Fetch.Query));
        Assert.Equal("https://www.googletagmanager.com/gtm.js?id=GTM-MAIN", load.Elsewhere);
        Assert.Equal(FetchForm.Plain, load.Fetch.Form);
    }

    [Fact]
    public void OfTag_MainTag_IsTheSameAsAPageAsks() =>
        Assert.Equal(Load().Key, ScriptLoad.OfTag(_site, _site.MainTag, RegionOf("US-CA")).Key);

    [Theory]
    [InlineData("", true)]
    [InlineData("?id=G-MAIN1&l=dataLayer&cx=c&gtm=1&sign=2&fps=s", true)]
    [InlineData("?id=G-MAIN1&utm_source=x", false)]
    [InlineData("?id=G-MAIN1&x=1", false)]
    public void MayShare_Query_AsTagsAsk(string query, bool expected) => Assert.Equal(expected, Load(query: query).MayShare);

    /// <summary>Anybody can put any query behind a file's name.</summary>
    [Theory]
    [InlineData("", true)]
    [InlineData("?origin=https%3A%2F%2Fwww.shop.example&path=%2F&1p=1", true)]
    [InlineData("?origin=https%3A%2F%2Fwww.shop.example&1p=1&x=1", false)]
    [InlineData("?cachebuster", false)]
    public void MayShare_VersionedFile_AsPagesAsk(string query, bool expected) => Assert.Equal(expected, Versioned(query).MayShare);

    [Fact]
    public void MayShare_VersionedFileWithALongQuery_IsFalse() => Assert.False(Versioned("?origin=" + new string('x', 300)).MayShare);

    [Fact]
    public void OfVersionedFile_AnyRegion_IsKeptForAYear()
    {
        var load = Versioned("");

        Assert.Equal(new CachePolicy(TimeSpan.FromDays(365), TimeSpan.Zero, TimeSpan.FromDays(365)), load.Policy);
        Assert.False(load.Fetch.Region.IsKnown);
        Assert.Null(load.Elsewhere);
        Assert.Contains("\n*\n", load.Key.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Policy_SiteThatKeepsNone_IsNothing() =>
        Assert.Equal(new CachePolicy(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero), Load(site: SomeSite.Create(tags: ["G-MAIN1"])).Policy);

    private ScriptLoad Load(string path = "/f807/", string query = "?id=G-MAIN1", string region = "US-CA", Site? site = null) => ScriptLoad.Of(
        new MeasurementTarget(site ?? _site, path, query),
        ScriptRequest.Parse(path.AsSpan("/f807".Length), query, isLoad: true)!,
        (site ?? _site).MainTag,
        RegionOf(region));

    private ScriptLoad Versioned(string query) => ScriptLoad.OfVersionedFile(new MeasurementTarget(_site, "/f807/_/service_worker/5a/sw_iframe.html", query));

    private static Region RegionOf(string text) => Region.TryParse(text, out var region) ? region : default;
}
