using TagGateway.Sites;

namespace TagGateway.Tests.Sites;

public sealed class RouteFinderTests
{
    [Theory]
    [InlineData("Gateway", false, "/g/collect", null)]
    [InlineData("Gateway", true, "/g/collect", null)]
    [InlineData("Gateway", true, "/-", null)]
    [InlineData("Gateway", true, "/-x/y", null)]
    [InlineData("Gateway", true, "/-/www.google.com/ccm/collect", "www.google.com/ccm/collect")]
    [InlineData("Google", true, "/-/www.google.com/ccm/collect", "www.google.com/ccm/collect")]
    [InlineData("Google", true, "/g/d/ccm/collect", "www.google.com/ccm/collect")]
    public void Find_PathThatLeadsSomewhere_IsItsRoute(string upstream, bool isFull, string subPath, string? expected)
    {
        var refusal = Find(upstream, isFull, subPath, out var found);

        Assert.Equal((RouteRefusal.None, expected), (refusal, found));
    }

    [Theory]
    [InlineData("Gateway", false, "/-/www.google.com/ccm/collect", "Coverage")]
    [InlineData("Gateway", false, "/-/evil.example/", "Coverage")]
    [InlineData("Gateway", true, "/-/", "Host")]
    [InlineData("Gateway", true, "/-/evil.example/", "Host")]
    [InlineData("Google", true, "/-/www.google.com", "Host")]
    [InlineData("Google", true, "/-/www.google.com/search", "Path")]
    [InlineData("Google", true, "/-/www.google.de/search", "Path")]
    [InlineData("Google", true, "/g/search", "Path")]
    [InlineData("Google", true, "/-", "Path")]
    public void Find_PathThatLeadsNowhere_SaysWhy(string upstream, bool isFull, string subPath, string refusal) =>
        Assert.Equal(Enum.Parse<RouteRefusal>(refusal), Find(upstream, isFull, subPath, out _));

    private static RouteRefusal Find(string upstream, bool isFull, string subPath, out string? found)
    {
        var site = SomeSite.Create(upstream: Enum.Parse<UpstreamKind>(upstream), isFull: isFull);
        var refusal = RouteFinder.Find(new MeasurementTarget(site, SomeSite.DefaultPath + subPath, ""), out var route);
        found = route is null ? null : route.Host + route.Path;
        return refusal;
    }
}
