using TagGateway.Routes;

namespace TagGateway.Tests.Routes;

public sealed class GoogleRouteTests
{
    [Theory]
    [InlineData("www.google-analytics.com/g/collect", "_uip")]
    [InlineData("region1.google-analytics.com/g/s/collect", "_uip")]
    [InlineData("www.google.com/g/collect", "_uip")]
    [InlineData("region1.analytics.google.com/measurement/conversion", "_uip")]
    [InlineData("www.google.com/measurement/conversion/", "uip")]
    [InlineData("www.google.com/ccm/collect", "uip")]
    [InlineData("www.google-analytics.com/j/collect", "uip")]
    [InlineData("googleads.g.doubleclick.net/pagead/viewthroughconversion/1/", "uip")]
    [InlineData("ad.doubleclick.net/activity;src=1", null)]
    [InlineData("ade.googlesyndication.com/ddm/activity/src=1;b=2", null)]
    [InlineData("1.fls.doubleclick.net/activityi;src=1", null)]
    [InlineData("td.doubleclick.net/td/ga/rul", null)]
    [InlineData("ampcid.google.com/v1/publisher:getClientId", null)]
    [InlineData("www.googletagmanager.com/gtag/js", null)]
    [InlineData("www.googletagmanager.com/ns.html", null)]
    [InlineData("www.googletagmanager.com/static/service_worker/1/sw.js", null)]
    public void AddressParameter_Route_IsItsEndpointsOwn(string rest, string? expected)
    {
        Assert.True(HostRoutes.TryFind(rest, out var route));

        Assert.Equal(expected, route.AddressParameter);
    }

    [Fact]
    public void AddressWith_Query_IsGooglesOwnAddress() =>
        Assert.Equal("https://www.google.com/ccm/collect?a=%2526", new GoogleRoute("www.google.com", "/ccm/collect", RouteKind.Hit).AddressWith("?a=%2526"));
}
