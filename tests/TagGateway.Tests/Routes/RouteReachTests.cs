using TagGateway.Routes;

namespace TagGateway.Tests.Routes;

public sealed class RouteReachTests
{
    [Theory]
    [InlineData("www.google.com", "/ccm/collect")]
    [InlineData("www.google.com", "/ccm/collect?x=1")]
    [InlineData("www.google.com", "/ccm/collect#x")]
    [InlineData("www.google.com", "/ccm/")]
    [InlineData("www.google.com", "/")]
    [InlineData("www.google.com", "")]
    [InlineData("www.google.com", "/pagead/1p-conversion/")]
    [InlineData("www.google.com", "/pagead/1p-conversion/123/?x")]
    [InlineData("www.google.de", "/ads/ga-audiences")]
    [InlineData("www.google.co.uk", "/ads/ga-audiences?v=1")]
    [InlineData("www.%", "/ads/ga-audiences")]
    [InlineData("google-analytics.com", "/g/collect")]
    [InlineData("{region.}google-analytics.com", "/g/collect")]
    [InlineData("region1.analytics.google.com", "/g/collect")]
    [InlineData("region.google-analytics.com", "/g/collect")]
    [InlineData("1234.fls.doubleclick.net", "/activityi;src=1")]
    [InlineData(".fls.doubleclick.net", "/activityi;src=")]
    [InlineData("adservice.google.de", "/ddm/fls/z/src=1")]
    [InlineData("ampcid.google.com", "/v1/publisher:getClientId")]
    [InlineData("www.googletagmanager.com", "/static/service_worker/")]
    [InlineData("www.googletagmanager.com", "/static/service_worker/5a/sw.js?x")]
    [InlineData("ad.doubleclick.net", "/activity;src=1;ord=?x")]
    public void MayLead_BeginningOfAListedAddress_IsTrue(string host, string rest) => Assert.True(RouteReach.MayLead(host, rest));

    [Theory]
    [InlineData("www.google.com", "/search")]
    [InlineData("www.google.com", "/ccm/?x")]
    [InlineData("www.google.com", "/ccm/collect/more")]
    [InlineData("www.google.com", "?x")]
    [InlineData("www.google.example", "/ads/ga-audiences")]
    [InlineData("accounts.google.com", "")]
    [InlineData("doubleclick.net", "")]
    [InlineData("www.googletagmanager.com", "/static/other")]
    [InlineData("", "/g/collect")]
    [InlineData("", "")]
    [InlineData("}", "/g/collect")]
    public void MayLead_AnythingElse_IsFalse(string host, string rest) => Assert.False(RouteReach.MayLead(host, rest));

    /// <summary>What may be asked for must be found in a script: each way into the table, and each beginning of it.</summary>
    [Fact]
    public void MayLead_EveryHostOfTheTable_IsReached() =>
        Assert.All(RouteTable.Rows.SelectMany(row => row.Hosts), host => Assert.True(RouteReach.MayLead(host.Replace("#", "1", StringComparison.Ordinal).Replace("%", "com", StringComparison.Ordinal), "/")));
}
