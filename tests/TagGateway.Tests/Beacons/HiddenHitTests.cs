using System.Text;
using TagGateway.Beacons;
using TagGateway.Routes;
using TagGateway.Sites;
using TagGateway.Tests.Sites;

namespace TagGateway.Tests.Beacons;

public sealed class HiddenHitTests
{
    private static readonly MeasurementTarget Root = new(SomeSite.Create(upstream: UpstreamKind.Google), "/f807/", "")
    {
        Route = new GoogleRoute("www.googletagmanager.com", "/gtag/js", RouteKind.Script),
    };

    [Theory]
    [InlineData("/ga/g/c?v=2&x=%2526", "www.google-analytics.com/g/collect", "?v=2&x=%2526", "")]
    [InlineData("/ag/g/c?v=2\r\nen=a\r\nen=b", "analytics.google.com/g/collect", "?v=2", "en=a\r\nen=b")]
    [InlineData("/g/collect", "www.google-analytics.com/g/collect", "", "")]
    [InlineData("/ga/g/c?v=2\r\n", "www.google-analytics.com/g/collect", "?v=2", "")]
    public void TryReveal_PathAndQueryInFront_AreTheHits(string body, string route, string query, string rest)
    {
        var isFound = HiddenHit.TryReveal(Root, Encoding.ASCII.GetBytes(body), out var revealed, out var left);

        Assert.True(isFound);
        Assert.Equal((route, query, rest), (revealed!.Route!.Host + revealed.Route.Path, revealed.Query, Encoding.ASCII.GetString(left.Span)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("CjAOATwcCBgO")]
    [InlineData("\r\n/ga/g/c?v=2")]
    [InlineData(" /ga/g/c?v=2")]
    [InlineData("/ga/g/c?v=2 x")]
    [InlineData("/ga/g/c?v=2#x")]
    [InlineData("/ga/g/c?\u00e9")]
    [InlineData("/ga/g/c\nx")]
    [InlineData("//evil.example/ga/g/c")]
    [InlineData("https://evil.example/ga/g/c")]
    [InlineData("/g/search?q=1")]
    [InlineData("/")]
    [InlineData("/?id=G-MAIN1")]
    [InlineData("/gtag/js?id=GTM-EVIL")]
    [InlineData("/_/service_worker/5a/sw.js")]
    [InlineData("/-/www.google.com/ccm/collect")]
    [InlineData("/ddm/activity/%2e%2e/%2e%2e/search")]
    [InlineData("/ddm/activity/x%2f%252e%252e%2fsearch")]
    [InlineData("/ddm/activity/%5c..%5csearch")]
    [InlineData("/ddm/activity/\\..\\search")]
    public void TryReveal_AnythingElse_IsNone(string body) => Assert.False(HiddenHit.TryReveal(Root, Encoding.Latin1.GetBytes(body), out _, out _));
}
