using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using TagGateway.Configuration;
using TagGateway.Receiving;

namespace TagGateway.Tests.Receiving;

public sealed class GeoHeadersTests
{
    [Theory]
    [InlineData("X-Forwarded-CountryRegion: US-CA", "US-CA")]
    [InlineData("X-Forwarded-CountryRegion: US", "US")]
    [InlineData("X-Forwarded-Country: US", "US")]
    [InlineData("X-Forwarded-Country: US|X-Forwarded-Region: CA", "US-CA")]
    [InlineData("X-Forwarded-Country: US|X-Forwarded-Region: US-CA", "US-CA")]
    [InlineData("CF-IPCountry: DE", "DE")]
    [InlineData("CF-IPCountry: DE|CF-Region-Code: BE", "DE-BE")]
    [InlineData("CF-IPCountryRegion: US-CA", "US-CA")]
    [InlineData("X-CFIPCountryRegion: US-CA", "US-CA")]
    [InlineData("X-Gclb-Country: US", "US")]
    [InlineData("X-Gclb-Country: US|X-Gclb-Region: USCA", "US-CA")]
    [InlineData("X-Gclb-Country: BR|X-Gclb-Region: BRSP", "BR-SP")]
    [InlineData("X-Gclb-Country: GB|X-Gclb-Region: GBENG", "GB-ENG")]
    [InlineData("X-Akamai-Edgescape: georegion=246,country_code=US,region_code=CA,city=SANFRANCISCO,lat=37.75", "US-CA")]
    [InlineData("X-Akamai-Edgescape: country_code=DE", "DE")]
    [InlineData("X-Akamai-Edgescape: georegion=1, country_code=DE, region_code=BE", "DE-BE")]
    [InlineData("X-Azure-Country: FR", "FR")]
    [InlineData("CloudFront-Viewer-Country: US", "US")]
    [InlineData("CloudFront-Viewer-Country: US|CloudFront-Viewer-Country-Region: CA", "US-CA")]
    [InlineData("X-AppEngine-Country: US|X-AppEngine-Region: ca", "US-CA")]
    [InlineData("X-Vercel-IP-Country: US|X-Vercel-IP-Country-Region: CA", "US-CA")]
    [InlineData("X-Geo-Country: US|X-Geo-Region: CA", "US-CA")]
    [InlineData("x-forwarded-countryregion: us-ca", "US-CA")]
    [InlineData("cf-ipcountry: de", "DE")]
    [InlineData("X-Gclb-Country: AT|X-Gclb-Region: AT9", "AT-9")]
    [InlineData("X-Gclb-Country: AR|X-Gclb-Region: ARB", "AR-B")]
    public void Read_HeadersOfAKnownCdn_IsTheRegion(string headers, string expected) => Assert.Equal(expected, Read(Auto(), headers));

    [Theory]
    [InlineData("CF-IPCountry: XX")]
    [InlineData("CF-IPCountry: T1")]
    [InlineData("X-Gclb-Country: ZZ")]
    [InlineData("X-AppEngine-Country: ZZ|X-AppEngine-Region: ?")]
    [InlineData("X-Akamai-Edgescape: country_code=reserved,region_code=reserved")]
    [InlineData("X-Akamai-Edgescape: georegion=246")]
    [InlineData("X-Akamai-Edgescape: US")]
    [InlineData("X-Forwarded-CountryRegion: ")]
    [InlineData("X-Forwarded-Region: CA")]
    [InlineData("Accept-Language: de-DE")]
    [InlineData("CF-IPCountry: DE|CF-IPCountry: US")]
    [InlineData("CF-IPCountry: DE|CF-IPCountry: DE")]
    public void Read_NoRegionNamed_IsUnknown(string headers) => Assert.Equal("", Read(Auto(), headers));

    [Theory]
    [InlineData("CF-IPCountry: DE|X-Forwarded-CountryRegion: US-CA", "US-CA")]
    [InlineData("X-Forwarded-Country: FR|X-Forwarded-CountryRegion: US-CA", "US-CA")]
    [InlineData("CF-IPCountry: DE|CF-IPCountryRegion: US-CA", "US-CA")]
    [InlineData("X-Forwarded-CountryRegion: XX|CF-IPCountry: DE", "DE")]
    [InlineData("X-Forwarded-CountryRegion: US-CA|X-Forwarded-CountryRegion: US-NY|CF-IPCountry: DE", "DE")]
    public void Read_SeveralHeaders_TakesTheMostExactThatNamesARegion(string headers, string expected) => Assert.Equal(expected, Read(Auto(), headers));

    [Theory]
    [InlineData("CF-IPCountry: DE|CF-Region-Code: BE|CF-Region-Code: BY", "DE")]
    [InlineData("CF-IPCountry: DE|CF-Region-Code: Berlin", "DE")]
    [InlineData("CF-IPCountry: DE|CF-Region-Code: ", "DE")]
    public void Read_UselessSubdivision_IsTheCountry(string headers, string expected) => Assert.Equal(expected, Read(Auto(), headers));

    [Fact]
    public void Read_OwnList_LooksAtNothingElseAndInItsOrder()
    {
        var geo = Parse(["X-My-Country", "cf-ipcountry"], out _);

        Assert.Equal("", Read(geo, "X-Forwarded-CountryRegion: US-CA"));
        Assert.Equal("DE-BE", Read(geo, "CF-IPCountry: DE|CF-Region-Code: BE"));
        Assert.Equal("FR-IDF", Read(geo, "CF-IPCountry: DE|X-My-Country: FR-IDF"));
        Assert.Equal("DE", Read(geo, "CF-IPCountry: DE|X-My-Country: XX"));
    }

    [Theory]
    [InlineData("X-Akamai-Edgescape")]
    [InlineData("x-akamai-edgescape")]
    public void Read_OwnListWithAKnownName_ReadsItAsThatCdnWritesIt(string name) =>
        Assert.Equal("US-CA", Read(Parse([name], out _), "X-Akamai-Edgescape: country_code=US,region_code=CA"));

    [Fact]
    public void Read_AutoAmongOwnNames_StandsForTheKnownOnes()
    {
        var geo = Parse(["X-My-Country", "AUTO"], out _);

        Assert.Equal("FR", Read(geo, "X-My-Country: FR|CF-IPCountry: DE"));
        Assert.Equal("DE", Read(geo, "CF-IPCountry: DE"));
    }

    [Fact]
    public void Read_EmptyList_ReadsNothing() => Assert.Equal("", Read(Parse([], out _), "CF-IPCountry: DE"));

    [Fact]
    public void Parse_Mistakes_AreAllNamed()
    {
        Parse(["CF-IPCountry", "a b", ""], out var errors);

        Assert.Equal(
            [
                "geo.headers[1]: \"a b\" is not a header name, nor \"auto\"",
                "geo.headers[2]: \"\" is not a header name, nor \"auto\"",
            ],
            errors.All.Select(error => error.ToString()));
    }

    private static GeoHeaders Auto()
    {
        var geo = Parse(["auto"], out var errors);
        Assert.True(errors.IsEmpty);
        return geo;
    }

    private static GeoHeaders Parse(List<string> names, out ConfigurationErrors errors)
    {
        errors = new ConfigurationErrors();
        return GeoHeaders.Parse(names, errors);
    }

    private static string Read(GeoHeaders geo, string headers)
    {
        var dictionary = new HeaderDictionary();
        foreach (var header in headers.Split('|').Select(line => line.Split(": ", 2)))
        {
            dictionary[header[0]] = StringValues.Concat(dictionary[header[0]], header[1]);
        }

        return geo.Read(dictionary).ToString();
    }
}
