using System.Net;
using Microsoft.AspNetCore.Http;
using TagGateway.Configuration;
using TagGateway.Receiving;
using TagGateway.Tests.Configuration;

namespace TagGateway.Tests.Receiving;

/// <summary>What is more exact wins: database, headers of trusted proxies, default.</summary>
public sealed class RegionSourcesTests : IDisposable
{
    private const string InCalifornia = "203.0.113.9";
    private const string InFrance = "192.0.2.9";
    private const string Nowhere = "198.51.100.9";
    private readonly TempFolder _folder = new();

    public RegionSourcesTests() =>
        File.WriteAllBytes(_folder.At("geo.mmdb"), new MmdbWriter().Add("203.0.113.0/24", MmdbWriter.Place("US", "CA")).Add("192.0.2.0/24", MmdbWriter.Place("FR")).ToBytes());

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(InCalifornia, null, "US-CA")]
    [InlineData(InCalifornia, "DE-BE", "US-CA")]
    [InlineData(InCalifornia, "US-NY", "US-CA")]
    [InlineData(InFrance, null, "FR")]
    [InlineData(InFrance, "FR-IDF", "FR-IDF")]
    [InlineData(InFrance, "FR", "FR")]
    [InlineData(InFrance, "DE-BE", "FR")]
    [InlineData(InFrance, "XX", "FR")]
    [InlineData(Nowhere, "DE-BE", "DE-BE")]
    [InlineData(Nowhere, "DE", "DE")]
    [InlineData(Nowhere, "XX", "AT-9")]
    [InlineData(Nowhere, null, "AT-9")]
    [InlineData(null, "DE-BE", "DE-BE")]
    [InlineData(null, null, "AT-9")]
    public void Find_AllSources_IsTheMostExact(string? address, string? header, string region) =>
        Assert.Equal(region, Find(Parse("geo.mmdb", "AT-9", out _), address, header));

    [Theory]
    [InlineData("DE-BE", "DE-BE")]
    [InlineData(null, "AT-9")]
    public void Find_NoDatabase_IsTheHeadersRegionOrTheDefault(string? header, string region) =>
        Assert.Equal(region, Find(Parse(null, "AT-9", out _), InCalifornia, header));

    [Fact]
    public void Find_NobodyTells_IsUnknown()
    {
        Assert.False(Parse("geo.mmdb", null, out _).Find(IPAddress.Parse(Nowhere), null).IsKnown);
        Assert.False(Parse(null, null, out _).Find(IPAddress.Parse(InFrance), new HeaderDictionary()).IsKnown);
    }

    [Fact]
    public void Parse_DefaultInLowerCase_IsSpelledAsTheContractWants() => Assert.Equal("US-CA", Parse(null, "us-ca", out _).Default.ToString());

    [Fact]
    public void Parse_Mistakes_AreAllNamed()
    {
        Parse("none.mmdb", "?", out var errors);

        Assert.Equal(
            ["geo.default: \"?\" is not a region such as \"US-CA\" or \"DE\"", $"geo.database: {_folder.At("none.mmdb")}: there is no such file"],
            errors.All.Select(error => error.ToString()));
    }

    [Fact]
    public void Parse_DatabaseInForce_IsNotOpenedAgain()
    {
        var first = Parse("geo.mmdb", null, out _);
        var inForce = first.Database!.File;
        File.Delete(_folder.At("geo.mmdb"));

        var second = RegionSources.Parse(new GeoOptions { Database = "./x/../geo.mmdb" }, SomeFiles.In(_folder.Path), first.Database, new ConfigurationErrors());

        Assert.Same(first.Database, second.Database);
        Assert.Same(inForce, second.Database?.File);
    }

    [Fact]
    public void Parse_AnotherDatabase_IsOpened()
    {
        var first = Parse("geo.mmdb", null, out _);
        File.Copy(_folder.At("geo.mmdb"), _folder.At("other.mmdb"));

        var second = RegionSources.Parse(new GeoOptions { Database = _folder.At("other.mmdb") }, SomeFiles.In(_folder.Path), first.Database, new ConfigurationErrors());

        Assert.NotSame(first.Database, second.Database);
        Assert.Equal(_folder.At("other.mmdb"), second.Database?.Path);
    }

    private static string Find(RegionSources sources, string? address, string? header) => sources.Find(
        address is null ? null : IPAddress.Parse(address),
        header is null ? null : new HeaderDictionary { ["X-Forwarded-CountryRegion"] = header }).ToString();

    private RegionSources Parse(string? database, string? defaultRegion, out ConfigurationErrors errors)
    {
        errors = new ConfigurationErrors();
        return RegionSources.Parse(new GeoOptions { Database = database, Default = defaultRegion }, SomeFiles.In(_folder.Path), null, errors);
    }
}
