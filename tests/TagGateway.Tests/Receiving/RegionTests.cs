using TagGateway.Receiving;

namespace TagGateway.Tests.Receiving;

public sealed class RegionTests
{
    [Theory]
    [InlineData("US-CA", "US", true)]
    [InlineData("US-CA", "DE", false)]
    [InlineData("US-CA", "US-NY", false)]
    [InlineData("US-CA", "US-CA", false)]
    [InlineData("US", "US", false)]
    [InlineData("US-CA", "", false)]
    [InlineData("", "US", false)]
    public void Refines_AnotherRegion_IsTrueForItsSubdivision(string region, string other, bool refines)
    {
        _ = Region.TryParse(region, out var one);
        _ = Region.TryParse(other, out var two);

        Assert.Equal(refines, one.Refines(two));
        Assert.Equal(region.Length > 2, one.HasSubdivision);
    }

    [Theory]
    [InlineData("US", "US")]
    [InlineData("us", "US")]
    [InlineData("US-CA", "US-CA")]
    [InlineData("us-ca", "US-CA")]
    [InlineData("US_CA", "US-CA")]
    [InlineData("USCA", "US-CA")]
    [InlineData("GBENG", "GB-ENG")]
    [InlineData("GB-ENG", "GB-ENG")]
    [InlineData("AT-9", "AT-9")]
    [InlineData("JP-13", "JP-13")]
    [InlineData(" DE ", "DE")]
    [InlineData("DE-", "DE")]
    public void TryParse_Region_IsSpelledAsGoogleWantsIt(string text, string expected)
    {
        var ok = Region.TryParse(text, out var region);

        Assert.True(ok);
        Assert.True(region.IsKnown);
        Assert.Equal(expected, region.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("U")]
    [InlineData("-")]
    [InlineData("XX")]
    [InlineData("xx")]
    [InlineData("ZZ")]
    [InlineData("ZZ-CA")]
    [InlineData("T1")]
    [InlineData("1A")]
    [InlineData("-US")]
    [InlineData("\u00c4\u00d6")]
    [InlineData("\u017fe")]
    [InlineData("DEU")]
    [InlineData("AUT")]
    [InlineData("USA")]
    [InlineData("Germany")]
    [InlineData("California")]
    [InlineData("unknown")]
    public void TryParse_NoRegion_IsFalseAndUnknown(string? text)
    {
        var ok = Region.TryParse(text, out var region);

        Assert.False(ok);
        Assert.False(region.IsKnown);
        Assert.Equal("", region.ToString());
    }

    [Theory]
    [InlineData("US", "CA", "US-CA")]
    [InlineData("us", "ca", "US-CA")]
    [InlineData("US", "US-CA", "US-CA")]
    [InlineData(" US ", " CA ", "US-CA")]
    [InlineData("GB", "ENG", "GB-ENG")]
    [InlineData("AT", "9", "AT-9")]
    [InlineData("US", null, "US")]
    [InlineData("US", "", "US")]
    [InlineData("US", "California", "US")]
    [InlineData("US", "C A", "US")]
    [InlineData("US", "C\r\n", "US-C")]
    [InlineData("US", "C\n1", "US")]
    [InlineData("US", "\u00c9", "US")]
    [InlineData("US", "-", "US")]
    public void TryCreate_CountryAndSubdivision_LeavesAMalformedSubdivisionOut(string country, string? subdivision, string expected)
    {
        var ok = Region.TryCreate(country, subdivision, out var region);

        Assert.True(ok);
        Assert.Equal(expected, region.ToString());
    }

    [Theory]
    [InlineData(null, "CA")]
    [InlineData("", "CA")]
    [InlineData("USA", "CA")]
    [InlineData("XX", "CA")]
    [InlineData("reserved", "reserved")]
    [InlineData("U\n", "CA")]
    public void TryCreate_NoCountry_IsFalse(string? country, string subdivision)
    {
        var ok = Region.TryCreate(country, subdivision, out var region);

        Assert.False(ok);
        Assert.Equal(default, region);
    }
}
