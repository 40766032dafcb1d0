using TagGateway.Routes;

namespace TagGateway.Tests.Routes;

/// <summary>Every endpoint that a Google tag was seen to send to, and every disguise of another.</summary>
public sealed class HostRoutesTests
{
    /// <summary>Hits, by the scripts' own endpoint numbers.</summary>
    [Theory]
    [InlineData("www.google-analytics.com/g/collect")] // 16
    [InlineData("region1.google-analytics.com/g/collect")]
    [InlineData("region12.google-analytics.com/g/collect")]
    [InlineData("analytics.google.com/g/collect")] // 17
    [InlineData("region1.analytics.google.com/g/collect")]
    [InlineData("www.google.com/g/collect")] // 67
    [InlineData("www.google-analytics.com/g/s/collect")] // 62
    [InlineData("region1.google-analytics.com/g/s/collect")]
    [InlineData("google-analytics.com/g/s/collect")]
    [InlineData("analytics.google.com/g/s/collect")] // 18
    [InlineData("stats.g.doubleclick.net/g/collect")] // 19
    [InlineData("www.google.de/ads/ga-audiences")] // 47
    [InlineData("www.google.co.uk/ads/ga-audiences")]
    [InlineData("www.google.com.br/ads/ga-audiences")]
    [InlineData("www.google.com/ads/ga-audiences")]
    [InlineData("www.merchant-center-analytics.goog/mc/collect")] // 20
    [InlineData("www.google.com/pagead/1p-user-list/123456789/")]
    [InlineData("www.google.de/pagead/1p-user-list/123456789/")]
    [InlineData("www.google.com/pagead/uconversion")] // 66
    [InlineData("www.google.com/rmkt/collect/123456789/")] // 68
    [InlineData("www.google.com/ccm/collect")] // 45
    [InlineData("pagead2.googlesyndication.com/ccm/collect")] // 46
    [InlineData("ad.doubleclick.net/ccm/s/collect")] // 69
    [InlineData("www.googleadservices.com/pagead/set_partitioned_cookie")] // 57
    [InlineData("www.google.com/pagead/set_partitioned_cookie")] // 58
    [InlineData("www.googleadservices.com/ccm/conversion/123456789/")] // 22
    [InlineData("pagead2.googlesyndication.com/ccm/conversion/123456789/")] // 60
    [InlineData("www.google.com/ccm/conversion/123456789/")] // 23
    [InlineData("www.google.com/pagead/form-data/123456789")] // 11
    [InlineData("www.google.com/ccm/form-data/123456789")] // 21
    [InlineData("google.com/pagead/form-data/123456789")] // 72
    [InlineData("google.com/ccm/form-data/123456789")] // 73
    [InlineData("www.google.com/travel/flights/click/conversion")] // 51
    [InlineData("www.google.com/measurement/conversion")] // 54
    [InlineData("www.google.com/measurement/conversion/")]
    [InlineData("pagead2.googlesyndication.com/measurement/conversion/")] // 55
    [InlineData("region1.google-analytics.com/measurement/conversion")]
    [InlineData("region1.analytics.google.com/measurement/conversion")]
    [InlineData("ad.doubleclick.net/activity;src=123;type=a;cat=b;ord=1;~oref=https%3A%2F%2Fshop.example%2F")] // 1
    [InlineData("ad.doubleclick.net/activity;register_conversion=1;src=123")]
    [InlineData("ade.googlesyndication.com/ddm/activity/src=123;type=a")] // 2
    [InlineData("ade.googlesyndication.com/ddm/activity;src=123;type=a")]
    [InlineData("www.googletagmanager.com/td")] // 61
    [InlineData("www.googletagmanager.com/a")] // 56
    [InlineData("www.google.com/ccm/geo")]
    [InlineData("pagead2.googlesyndication.com/pagead/gen_204")]
    [InlineData("pagead2.googlesyndication.com/pagead/landing")]
    [InlineData("www.google.com/pagead/landing")]
    [InlineData("adservice.google.com/pagead/regclk")]
    [InlineData("adservice.google.com/ddm/fls/z/src=1;x=2")]
    [InlineData("www.google-analytics.com/collect")] // analytics.js from here on
    [InlineData("www.google-analytics.com/j/collect")]
    [InlineData("www.google-analytics.com/r/collect")]
    [InlineData("www.google-analytics.com/batch")]
    [InlineData("stats.g.doubleclick.net/j/collect")]
    [InlineData("stats.g.doubleclick.net/r/collect")]
    [InlineData("ampcid.google.com/v1/publisher:getClientId")]
    [InlineData("ampcid.google.de/v1/publisher:getClientId")]
    public void TryFind_HitOfATag_IsWhatItSays(string rest) => AssertFound(rest, RouteKind.Hit);

    [Theory]
    [InlineData("www.googletagmanager.com/gtag/js", "Script")]
    [InlineData("www.googletagmanager.com/gtm.js", "Script")]
    [InlineData("www.googletagmanager.com/gtag/destination", "Script")]
    [InlineData("www.google-analytics.com/analytics.js", "Script")]
    [InlineData("www.google-analytics.com/gtm/js", "Script")]
    [InlineData("www.google-analytics.com/plugins/ua/ec.js", "Script")]
    [InlineData("googleads.g.doubleclick.net/pagead/viewthroughconversion/123456789/", "ScriptAnswer")] // 9
    [InlineData("www.googleadservices.com/pagead/conversion/123456789/", "ScriptAnswer")]
    [InlineData("www.googleadservices.com/pagead/conversion/123456789", "ScriptAnswer")]
    [InlineData("www.googleadservices.com/pagead/conversion/", "ScriptAnswer")]
    [InlineData("pagead2.googlesyndication.com/pagead/conversion/123456789/", "ScriptAnswer")]
    [InlineData("www.google.com/pagead/1p-conversion/123456789/", "ScriptAnswer")]
    [InlineData("www.google.fr/pagead/1p-conversion/123456789/", "ScriptAnswer")]
    [InlineData("www.googletagmanager.com/ns.html", "NoScriptPage")]
    [InlineData("www.googletagmanager.com/static/service_worker/65j0/sw_iframe.html", "WorkerPage")]
    [InlineData("www.googletagmanager.com/static/service_worker/65j0/sw.js", "Worker")]
    [InlineData("1234567.fls.doubleclick.net/activityi;src=1234567;type=a", "Frame")] // 3
    [InlineData("td.doubleclick.net/td/rul/123456789", "Frame")] // 44
    [InlineData("td.doubleclick.net/td/ga/rul", "Frame")]
    [InlineData("td.doubleclick.net/td/fls/rul/activityi;fledge=1;src=1", "Frame")]
    [InlineData("www.googletagmanager.com/debug/bootstrap", "Elsewhere")]
    [InlineData("cct.google/taggy/agent.js", "Elsewhere")]
    [InlineData("www.youtube.com/iframe_api", "Elsewhere")]
    public void TryFind_AnswerThatMayDoMore_IsOfItsKind(string rest, string kind) => AssertFound(rest, Enum.Parse<RouteKind>(kind));

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("//www.google.com/ccm/collect")]
    [InlineData("www.google.com")]
    [InlineData("www.google.com/")]
    [InlineData("www.google.com/search")]
    [InlineData("www.google.com/url")]
    [InlineData("accounts.google.com/g/collect")]
    [InlineData("evil.example/")]
    [InlineData("evil.example/g/collect")]
    [InlineData("www.google.com.evil.example/ccm/collect")]
    [InlineData("evilgoogle.com/ccm/form-data")]
    [InlineData("www.google.com@evil.example/ccm/collect")]
    [InlineData("user@www.google.com/ccm/collect")]
    [InlineData("www.google.com:443/ccm/collect")]
    [InlineData("www.google.com:8080/ccm/collect")]
    [InlineData("www.google.com./ccm/collect")]
    [InlineData(".www.google.com/ccm/collect")]
    [InlineData("WWW.google.com/ccm/collect")]
    [InlineData("www.Google.com/ccm/collect")]
    [InlineData("www.google.com/CCM/collect")]
    [InlineData("xn--ggle-0qaa.com/ccm/form-data")]
    [InlineData("www.xn--ggle-0qaa.com/ccm/collect")]
    [InlineData("www.g\u043E\u043Egle.com/ccm/collect")]
    [InlineData("www%2Egoogle.com/ccm/collect")]
    [InlineData("www.google.com%2F/ccm/collect")]
    [InlineData("www.google.com%00/ccm/collect")]
    [InlineData("www.google.com\\/ccm/collect")]
    [InlineData("www.google.com/%63cm/collect")]
    [InlineData("www.google.com/ccm%2Fcollect")]
    [InlineData("www.google.com/ccm/collect/")]
    [InlineData("www.google.com/ccm/collect/../../search")]
    [InlineData("www.google.com/ccm//collect")]
    [InlineData("www.google.com/pagead/1p-conversion/123/x")]
    [InlineData("www.google.com/pagead/1p-conversion/12a/")]
    [InlineData("www.google.com/pagead/1p-conversion/..%2f/")]
    [InlineData("www.google.com/pagead/1p-conversion/123456789012345678901/")] // no id is this long
    [InlineData("www.google.evil/ads/ga-audiences")]
    [InlineData("www.google.%/ads/ga-audiences")] // the table's own pattern
    [InlineData("region#.google-analytics.com/g/collect")]
    [InlineData("#.fls.doubleclick.net/activityi;src=1")]
    [InlineData("region.google-analytics.com/g/collect")]
    [InlineData("region1x.google-analytics.com/g/collect")]
    [InlineData("region1.evil.google-analytics.com/g/collect")]
    [InlineData("region1.doubleclick.net/g/collect")]
    [InlineData("x.fls.doubleclick.net/activityi;src=1")]
    [InlineData("1.fls.doubleclick.net/activityi")]
    [InlineData("1.fls.doubleclick.net/activityi;src=1/../../x")]
    [InlineData("1.fls.doubleclick.net/")]
    [InlineData("mail.google.de/ads/ga-audiences")]
    [InlineData("ad.doubleclick.net/ddm/activity")]
    [InlineData("ad.doubleclick.net/clk;1")]
    [InlineData("td.doubleclick.net/td/rul/evil")]
    [InlineData("www.googletagmanager.com/static/service_worker/65j0/other.js")]
    [InlineData("www.googletagmanager.com/static/service_worker/../sw.js")]
    [InlineData("www.googletagmanager.com/static/service_worker//sw.js")]
    [InlineData("www.googletagmanager.com/gtag/js/")]
    [InlineData("www.googletagmanager.com/gtag%2Fjs")]
    [InlineData("www.google-analytics.com/plugins/ua/other.js")]
    [InlineData("g-main1.fps.goog/f807/")]
    [InlineData("127.0.0.1/g/collect")]
    [InlineData("[::1]/g/collect")]
    public void TryFind_AnythingElse_LeadsNowhere(string rest) => Assert.False(HostRoutes.TryFind(rest, out _));

    [Fact]
    public void TryFind_EveryRowOfTheTable_IsFoundAsItsKind()
    {
        foreach (var (host, path, kind) in RouteTable.Rows.SelectMany(row => row.Hosts.SelectMany(host => row.Paths.Select(path => (host, path, row.Kind)))))
        {
            var example = host.Replace('#', '7').Replace("%", "co.jp", StringComparison.Ordinal)
                + path.Replace("[", "", StringComparison.Ordinal).Replace('#', '7').Replace('@', 'x').Replace("*", "a=b", StringComparison.Ordinal);

            AssertFound(example, kind);
        }
    }

    /// <summary>The cost of a request: nothing but the route itself is made.</summary>
    [Fact]
    public void TryFind_ManyTimes_MakesLittleGarbage()
    {
        HostRoutes.TryFind("www.google-analytics.com/g/collect", out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            HostRoutes.TryFind("www.google-analytics.com/g/collect", out _);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000 * 200);
    }

    [Theory]
    [InlineData("www.google.de", true)]
    [InlineData("region3.analytics.google.com", true)]
    [InlineData("42.fls.doubleclick.net", true)]
    [InlineData("mail.google.com", false)]
    [InlineData("www.google.%", false)]
    public void Knows_Host_IsWhetherTheTableHasIt(string host, bool isKnown) => Assert.Equal(isKnown, HostRoutes.Knows(host));

    [Fact]
    public void SomeHosts_All_AreKnown() => Assert.All(HostRoutes.SomeHosts, host => Assert.True(HostRoutes.Knows(host), host));

    private static void AssertFound(string rest, RouteKind kind)
    {
        Assert.True(HostRoutes.TryFind(rest, out var route), rest);
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        Assert.Equal(new GoogleRoute(rest[..slash], rest[slash..], kind), route);
    }
}
