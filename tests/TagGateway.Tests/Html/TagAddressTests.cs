using TagGateway.Html;

namespace TagGateway.Tests.Html;

public sealed class TagAddressTests
{
    private const string Origin = "https://www.shop.example";
    private static readonly TagPlan Plan = new(["GTM-ABC123", "G-ABC123", "AW-1"]) { Path = "/f807" };
    private static readonly TagPlan Full = new(["GTM-ABC123", "G-ABC123", "AW-1"]) { Path = "/f807", IsFull = true };

    [Theory]
    [InlineData("https://www.googletagmanager.com/gtag/js?id=G-ABC123", "/f807/?id=G-ABC123")]
    [InlineData("http://www.googletagmanager.com/gtag/js?id=G-ABC123", "/f807/?id=G-ABC123")]
    [InlineData("//www.googletagmanager.com/gtag/js?id=G-ABC123", "/f807/?id=G-ABC123")]
    [InlineData("https://www.googletagmanager.com/gtm.js?id=GTM-ABC123", "/f807/?id=GTM-ABC123")]
    [InlineData("https://googletagmanager.com/gtm.js?id=GTM-ABC123", "/f807/?id=GTM-ABC123")]
    [InlineData("HTTPS://WWW.GoogleTagManager.com/gtm.js?id=gtm-abc123", "/f807/?id=gtm-abc123")]
    [InlineData(" \t\r\nhttps://www.googletagmanager.com/gtag/js?id=G-ABC123\n ", "/f807/?id=G-ABC123")]
    [InlineData("https://www.google\ntagmanager.com/gt\tag/js?\rid=G-ABC123", "/f807/?id=G-ABC123")]
    [InlineData("https:\\\\www.googletagmanager.com/gtag/js?id=G-ABC123", "/f807/?id=G-ABC123")]
    [InlineData("https:///www.googletagmanager.com/gtag/js?id=G-ABC123", "/f807/?id=G-ABC123")]
    [InlineData("https://www.googletagmanager.com:443/gtag/js?id=G-ABC123", "/f807/?id=G-ABC123")]
    [InlineData("http://www.googletagmanager.com:80/gtag/js?id=G-ABC123", "/f807/?id=G-ABC123")]
    [InlineData("//www.googletagmanager.com:443/gtag/js?id=G-ABC123", "/f807/?id=G-ABC123")]
    [InlineData("https://www.googletagmanager.com:/gtag/js?id=G-ABC123", "/f807/?id=G-ABC123")]
    [InlineData("https://www.googletagmanager.com/gtag/js?id=G-ABC123&l=layer&cx=c", "/f807/?id=G-ABC123&l=layer&cx=c")]
    [InlineData("https://www.googletagmanager.com/gtag/js?l=layer&id=G-ABC123", "/f807/?l=layer&id=G-ABC123")]
    [InlineData("https://www.googletagmanager.com/gtag/js?id=G%2DABC123", "/f807/?id=G%2DABC123")]
    [InlineData("https://www.googletagmanager.com/gtag/js?id=G-ABC123#x?id=G-EVIL", "/f807/?id=G-ABC123#x?id=G-EVIL")]
    [InlineData("https://www.googletagmanager.com/gtag/js?id=G-ABC123&id=AW-1", "/f807/?id=G-ABC123&id=AW-1")]
    [InlineData("https://www.googletagmanager.com/gtm.js?id=GTM-ABC123&gtm_auth=a_b&gtm_preview=env-1&gtm_cookies_win=x", "/f807/?id=GTM-ABC123&gtm_auth=a_b&gtm_preview=env-1&gtm_cookies_win=x")]
    [InlineData("https://www.googletagmanager.com/gtag/destination?id=AW-1&cx=c", "/f807/gtd?id=AW-1&cx=c")]
    public void FirstParty_GooglesAddressOfTheSitesTag_IsBelowTheMeasurementPath(string url, string expected)
    {
        Assert.True(TagAddress.TryRead(url, Plan, Origin, out var address));

        Assert.Equal(expected, address.FirstParty(Plan));
        Assert.Equal("https://www.shop.example" + expected, address.FirstParty(Plan, Origin));
        Assert.False(address.IsFirstParty);
    }

    [Theory]
    [InlineData("https://www.googletagmanager.com/gtag/js?id=G-EVIL")]
    [InlineData("https://www.googletagmanager.com/gtag/js?id=G-ABC123&id=G-EVIL")]
    [InlineData("https://www.googletagmanager.com/gtag/js?id=G-ABC123;id=G-EVIL")]
    [InlineData("https://www.googletagmanager.com/gtag/js?id=G-ABC123&ID=G-EVIL")]
    [InlineData("https://www.googletagmanager.com/gtag/js?id=G-ABC123&%69d=G-EVIL")]
    [InlineData("https://www.googletagmanager.com/gtag/js?id=G-ABC123&%2569d=G-EVIL")]
    [InlineData("https://www.googletagmanager.com/gtag/js?id=G-ABC123%26id=1")]
    [InlineData("https://www.googletagmanager.com/gtag/js?id=")]
    [InlineData("https://www.googletagmanager.com/gtag/js")]
    [InlineData("https://www.googletagmanager.com/gtag/js#?id=G-ABC123")]
    public void FirstParty_AnyIdThatIsNotTheSites_IsNone(string url)
    {
        Assert.True(TagAddress.TryRead(url, Plan, Origin, out var address));

        Assert.Null(address.FirstParty(Plan));
    }

    [Theory]
    [InlineData("https://www.googletagmanager.com.evil.example/gtag/js?id=G-ABC123")]
    [InlineData("https://evil.example/www.googletagmanager.com/gtag/js?id=G-ABC123")]
    [InlineData("https://www.googletagmanager.com@evil.example/gtag/js?id=G-ABC123")]
    [InlineData("https://a@www.googletagmanager.com/gtag/js?id=G-ABC123")]
    [InlineData("https://www.googletagmanager.com:8443/gtag/js?id=G-ABC123")]
    [InlineData("https://www.googletagmanager.com:80/gtag/js?id=G-ABC123")]
    [InlineData("https://www.googletagmanager.com/gtag/js/?id=G-ABC123")]
    [InlineData("https://www.googletagmanager.com/GTM.js?id=GTM-ABC123")]
    [InlineData("https://www.googletagmanager.com/static/service_worker/1/sw.js?id=G-ABC123")]
    [InlineData("https://www.googletagmanager.com/debug/bootstrap?id=GTM-ABC123")]
    [InlineData("https://www.googletagmanager.com/gtag/js?id=G-ABC123&l=\u00e9")]
    [InlineData("https://www.googletagmanager.com/gtag/js?id=G-ABC123 &l=x")]
    [InlineData("https://www.googletagmanager.com")]
    [InlineData("https:/www.googletagmanager.com/gtag/js?id=G-ABC123")]
    [InlineData("ftp://www.googletagmanager.com/gtag/js?id=G-ABC123")]
    [InlineData("www.googletagmanager.com/gtag/js?id=G-ABC123")]
    [InlineData("/gtag/js?id=G-ABC123")]
    [InlineData("")]
    [InlineData("  ")]
    public void TryRead_AnyOtherAddress_IsNoTag(string url) => Assert.False(TagAddress.TryRead(url, Plan, Origin, out _));

    [Theory]
    [InlineData("/f807", "GTM-ABC123")]
    [InlineData("/f807/", "GTM-ABC123")]
    [InlineData(" /f807/ ", "GTM-ABC123")]
    [InlineData("/f807/?id=G-ABC123", "G-ABC123")]
    [InlineData("/f807?id=G-ABC123&l=x", "G-ABC123")]
    [InlineData("/f807/gtm.js?id=GTM-ABC123", "GTM-ABC123")]
    [InlineData("/f807/gtag/js?id=G-ABC123", "G-ABC123")]
    [InlineData("/f807/gtd?id=AW-1", "AW-1")]
    [InlineData("/f807/-/www.googletagmanager.com/gtag/js?id=G-ABC123", "G-ABC123")]
    [InlineData("https://www.shop.example/f807/?id=G-ABC123", "G-ABC123")]
    [InlineData("HTTPS://WWW.SHOP.EXAMPLE:443/f807/?id=G-ABC123", "G-ABC123")]
    [InlineData("//www.shop.example/f807/", "GTM-ABC123")]
    [InlineData("/f807/?id=G-OTHER", "G-OTHER")]
    public void TryRead_AddressAtTheMeasurementPath_IsFirstPartyAlready(string url, string id)
    {
        Assert.True(TagAddress.TryRead(url, Plan, Origin, out var address));

        Assert.True(address.IsFirstParty);
        Assert.Equal([id], address.Ids);
        Assert.Null(address.FirstParty(Plan));
    }

    [Theory]
    [InlineData("/f8070/?id=G-ABC123")]
    [InlineData("/F807/?id=G-ABC123")]
    [InlineData("/f807/g/collect?id=G-ABC123")]
    [InlineData("/f807/-/www.googletagmanager.com/a?id=G-ABC123")]
    [InlineData("/shop/f807/")]
    [InlineData("https://other.example/f807/?id=G-ABC123")]
    [InlineData("http://www.shop.example/f807/?id=G-ABC123")]
    [InlineData("https://www.shop.example:8443/f807/?id=G-ABC123")]
    public void TryRead_OtherAddressOfTheSite_IsNoTag(string url) => Assert.False(TagAddress.TryRead(url, Plan, Origin, out _));

    [Fact]
    public void TryRead_OriginNotKnown_OnlyPathsAreFirstParty()
    {
        Assert.True(TagAddress.TryRead("/f807/", Plan, null, out _));
        Assert.False(TagAddress.TryRead("https://www.shop.example/f807/", Plan, null, out _));
    }

    [Theory]
    [InlineData("https://www.googletagmanager.com/gtag/js?id=G-ABC123", null)]
    [InlineData("https://www.googletagmanager.com/gtag/js?id=G-ABC123&l=my%4cayer&l=second", "myLayer")]
    [InlineData("/f807/?l=own", "own")]
    public void TryRead_Layer_IsTheFirstDecoded(string url, string? layer)
    {
        Assert.True(TagAddress.TryRead(url, Plan, Origin, out var address));

        Assert.Equal(layer, address.Layer);
    }

    [Fact]
    public void FirstParty_Frame_OnlyWithFullCoverage()
    {
        Assert.True(TagAddress.TryRead("https://www.googletagmanager.com/ns.html?id=GTM-ABC123", Full, Origin, out var address));

        Assert.Equal(TagAddressKind.Frame, address.Kind);
        Assert.Null(address.FirstParty(Plan));
        Assert.Equal("/f807/-/www.googletagmanager.com/ns.html?id=GTM-ABC123", address.FirstParty(Full));
    }

    [Theory]
    [InlineData("https://www.googletagmanager.com", true, true)]
    [InlineData("//www.googletagmanager.com/", true, true)]
    [InlineData(" https://GoogleTagManager.com:443 ", true, true)]
    [InlineData("https://www.google-analytics.com", false, true)]
    [InlineData("//region1.google-analytics.com", false, true)]
    [InlineData("https://analytics.google.com", false, true)]
    [InlineData("https://stats.g.doubleclick.net", false, true)]
    [InlineData("https://www.googleadservices.com", false, true)]
    [InlineData("https://securepubads.g.doubleclick.net", false, false)]
    [InlineData("https://pagead2.googlesyndication.com", false, false)]
    [InlineData("https://www.google.com", false, false)]
    [InlineData("https://fonts.googleapis.com", false, false)]
    [InlineData("https://notgoogle-analytics.com", false, false)]
    [InlineData("https://www.googletagmanager.com.evil.example", false, false)]
    [InlineData("/f807/", false, false)]
    public void LeadsToTagHost_Hint_ByCoverage(string url, bool ordinary, bool full)
    {
        Assert.Equal(ordinary, TagAddress.LeadsToTagHost(url, Plan));
        Assert.Equal(full, TagAddress.LeadsToTagHost(url, Full));
    }
}
