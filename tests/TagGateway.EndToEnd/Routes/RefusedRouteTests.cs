using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Routes;

/// <summary>What is on nobody's list: 404, and nothing is dialled. And what the gateway answers by itself.</summary>
public sealed class RefusedRouteTests
{
    private static readonly string[] Evil =
    [
        "/f807/-/", "/f807/-/evil.example/", "/f807/-/evil.example/g/collect", "/f807/-/www.google.com.evil.example/", "/f807/-/www.google.com.evil.example/ccm/collect",
        "/f807/-/www.google.com@evil.example/ccm/collect", "/f807/-/x@www.google.com/ccm/collect", "/f807/-/www.google.com:443/ccm/collect", "/f807/-/www.google.com./ccm/collect",
        "/f807/-/WWW.GOOGLE.COM/ccm/collect", "/f807/-/www.google.com/CCM/collect", "/f807/-/xn--ggle-0qaa.com/ccm/form-data", "/f807/-/www%2Egoogle.com/ccm/collect",
        "/f807/-/www.google.com%2Fccm/collect", "/f807/-/www.google.com/ccm%2Fcollect", "/f807/-/www.google.com/ccm%5Ccollect", "/f807/-/www.google.com%5C/ccm/collect",
        "/f807/-/www.google.com/%63cm/collect", "/f807/-//www.google.com/ccm/collect", "/f807/-/https://www.google.com/ccm/collect", "/f807/-/www.google.com/search?q=1",
        "/f807/-/www.google.com/url?q=https://evil.example", "/f807/-/www.google.com/", "/f807/-/www.google.com", "/f807/-/www.google.com/ccm/collect/../../search",
        "/f807/-/www.google.com/ccm/collect/%2e%2e/%2e%2e/search", "/f807/-/ad.doubleclick.net/activity;x/../../clk", "/f807/-/accounts.google.com/g/collect",
        "/f807/-/www.google.%25/ads/ga-audiences", "/f807/-/www.google.%/ads/ga-audiences", "/f807/-/g-main1.fps.goog/f807/", "/f807/-/127.0.0.1/g/collect", "/f807/-/[::1]/g/collect",
        "http://shop.example/f807/-/evil.example/",
    ];

    [Theory]
    [InlineData(FullGateway.UpstreamGoogle)]
    [InlineData(FullGateway.CoverageFull)]
    public async Task Route_ToAnythingUnlisted_Is404AndNothingIsDialled(string site)
    {
        await using var google = new RawUpstream();
        await using var gateway = await FullGateway.StartAsync(google, site);

        foreach (var target in Evil)
        {
            foreach (var method in new[] { "GET", "POST", "OPTIONS" })
            {
                var response = await FullGateway.GetAsync(gateway, target, "Content-Length: 0\r\n", method);

                Assert.True(response.Status == 404, $"{method} {target}: {response.Status}");
                Assert.Equal("not found\n", response.Text);
            }
        }

        Assert.Equal(0, google.Connections);
    }

    [Fact]
    public async Task Route_SiteOfOfficialCoverage_Is404AndNothingIsDialled()
    {
        await using var google = new RawUpstream();
        await using var gateway = await FullGateway.StartAsync(google, "\"coverage\": \"official\"");

        var listed = await FullGateway.GetAsync(gateway, "/f807/-/www.google-analytics.com/g/collect");
        var unlisted = await FullGateway.GetAsync(gateway, "/f807/-/evil.example/");

        Assert.Equal((404, 404, 0), (listed.Status, unlisted.Status, google.Connections));
    }

    [Theory]
    [InlineData("/f807/g/search")]
    [InlineData("/f807/as/p/c/1/")]
    [InlineData("/f807/_/set_cookie?x")]
    [InlineData("/f807/C_mYUAFo3kAbCdEfGh")]
    [InlineData("/f807/%67/collect")]
    [InlineData("/f807/unknown")]
    public async Task PlainPath_GooglesHostsAsUpstream_UnlistedIs404AndNothingIsDialled(string target)
    {
        await using var google = new RawUpstream();
        await using var gateway = await FullGateway.StartAsync(google);

        var response = await FullGateway.GetAsync(gateway, target);

        Assert.Equal((404, 0), (response.Status, google.Connections));
    }

    [Theory]
    [InlineData("/f807/healthy", "GET", "ok")]
    [InlineData("/f807/healthy/", "GET", "ok")]
    [InlineData("/f807/?validate_geo=healthy", "GET", "ok")]
    [InlineData("/f807?validate_geo=healthy", "GET", "ok")]
    [InlineData("/f807/healthy", "HEAD", "")]
    public async Task HealthQuestion_GooglesHostsAsUpstream_IsAnsweredHere(string target, string method, string expected)
    {
        await using var google = new RawUpstream();
        await using var gateway = await FullGateway.StartAsync(google);

        var response = await FullGateway.GetAsync(gateway, target, method: method);

        Assert.Equal((200, expected, 0), (response.Status, response.Text, google.Connections));
        Assert.Equal("no-store", response.Header("Cache-Control"));
        Assert.Equal("text/plain; charset=utf-8", response.Header("Content-Type"));
    }

    [Fact]
    public async Task HealthQuestion_RegionUnknown_IsFineWhereNoneIsSent()
    {
        await using var google = new RawUpstream();
        await using var gateway = await RunningGateway.StartAsync(google.Address, FullGateway.UpstreamGoogle);

        var region = await FullGateway.GetAsync(gateway, "/f807/?validate_geo=healthy");
        var alive = await FullGateway.GetAsync(gateway, "/f807/healthy");

        Assert.Equal((200, "ok", 200), (region.Status, region.Text, alive.Status));
    }

    [Fact]
    public async Task HealthQuestion_TagGatewayAsUpstream_IsGoogles()
    {
        await using var google = new RawUpstream();
        await using var gateway = await FullGateway.StartAsync(google, FullGateway.CoverageFull);

        await FullGateway.GetAsync(gateway, "/f807/healthy");

        Assert.Equal("/f807/healthy", (await google.NextAsync()).Target);
    }
}
