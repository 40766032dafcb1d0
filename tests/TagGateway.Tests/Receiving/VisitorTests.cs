using System.Net;
using Microsoft.AspNetCore.Http;
using TagGateway.Configuration;
using TagGateway.Receiving;
using TagGateway.Tests.Configuration;

namespace TagGateway.Tests.Receiving;

public sealed class VisitorTests
{
    [Fact]
    public void Region_FirstAskedFor_IsWorkedOutAndKept()
    {
        var headers = new HeaderDictionary { ["X-Forwarded-CountryRegion"] = "DE-BE" };
        var visitor = new Visitor(null, Sources("AT-9"), headers);
        headers["X-Forwarded-CountryRegion"] = "US-CA"; // nobody had looked yet

        Assert.Equal("US-CA", visitor.Region.ToString());
        headers.Clear();
        Assert.Equal("US-CA", visitor.Region.ToString());
        Assert.True(visitor.IsViaTrustedProxy);
    }

    [Fact]
    public void Region_NoTrustedProxy_IsTheDefault()
    {
        var visitor = new Visitor(IPAddress.Loopback, Sources("AT-9"), null);

        Assert.Equal("AT-9", visitor.Region.ToString());
        Assert.False(visitor.IsViaTrustedProxy);
    }

    [Fact]
    public void Region_Given_IsThat()
    {
        Assert.True(Region.TryParse("US-CA", out var region));

        Assert.Equal(region, new Visitor(null, region, isViaTrustedProxy: false).Region);
        Assert.False(new Visitor(null, default, isViaTrustedProxy: true).Region.IsKnown);
    }

    private static RegionSources Sources(string defaultRegion) =>
        RegionSources.Parse(new GeoOptions { Default = defaultRegion }, SomeFiles.In(), null, new ConfigurationErrors());
}
