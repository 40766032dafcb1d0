using TagGateway.Routes;

namespace TagGateway.Tests.Routes;

public sealed class RedirectAddressTests
{
    private static readonly GoogleRoute From = new("www.google.com", "/pagead/1p-conversion/1/", RouteKind.Hit);

    [Theory]
    [InlineData("https://www.google.de/pagead/1p-conversion/1/?a=%2526&b", "/f807/-/www.google.de/pagead/1p-conversion/1/?a=%2526&b")]
    [InlineData("HTTPS://www.google.de/ads/ga-audiences", "/f807/-/www.google.de/ads/ga-audiences")]
    [InlineData("http://www.google.de/ads/ga-audiences#x", "/f807/-/www.google.de/ads/ga-audiences#x")]
    [InlineData("//www.google.de/ads/ga-audiences?z", "/f807/-/www.google.de/ads/ga-audiences?z")]
    [InlineData("/pagead/1p-user-list/2/?x", "/f807/-/www.google.com/pagead/1p-user-list/2/?x")]
    [InlineData("?again=1", "/f807/-/www.google.com/pagead/1p-conversion/1/?again=1")]
    public void Of_ListedAddress_IsFirstParty(string location, string expected) => Assert.Equal(expected, RedirectAddress.Of(location, From, "/f807"));

    [Theory]
    [InlineData("https://www.google.com/search?q=1")]
    [InlineData("https://www.google.com")]
    [InlineData("https://evil.example/g/collect")]
    [InlineData("https://www.google.com@evil.example/ccm/collect")]
    [InlineData("https://www.google.com:8443/ccm/collect")]
    [InlineData("https://WWW.google.com/ccm/collect")]
    [InlineData("https://cct.google/taggy/agent.js")]
    [InlineData("data:text/html,x")]
    [InlineData("intent:x")]
    public void Of_OtherAddress_StaysAsItIs(string location) => Assert.Equal(location, RedirectAddress.Of(location, From, "/f807"));

    /// <summary>On the site's own origin it would be a page of the site.</summary>
    [Theory]
    [InlineData("/account", "https://www.google.com/account")]
    [InlineData("/../x", "https://www.google.com/../x")]
    [InlineData("next", "https://www.google.com/pagead/1p-conversion/1/next")]
    [InlineData("\\\\evil.example/x", "https://www.google.com/pagead/1p-conversion/1/\\\\evil.example/x")]
    [InlineData("/\\evil.example/x", "https://www.google.com/\\evil.example/x")]
    [InlineData("https:/account", "https://www.google.com/account")]
    [InlineData("https:account", "https://www.google.com/pagead/1p-conversion/1/account")]
    [InlineData("HTTP:/account", "https://www.google.com/account")]
    [InlineData("ht\ttps:/account", "https://www.google.com/account")]
    [InlineData("\t/account", "https://www.google.com/account")]
    [InlineData("https:/pagead/1p-user-list/2/?x", "/f807/-/www.google.com/pagead/1p-user-list/2/?x")]
    public void Of_UnlistedPathWithoutAHost_StaysGoogles(string location, string expected) => Assert.Equal(expected, RedirectAddress.Of(location, From, "/f807"));

    [Theory]
    [InlineData("/f807/g/collect", "/f807/g/collect")]
    [InlineData("https://www.google.com/ccm/collect", "/f807/-/www.google.com/ccm/collect")]
    public void Of_TheTagGateways_KeepsItsOwnPaths(string location, string expected) => Assert.Equal(expected, RedirectAddress.Of(location, null, "/f807"));
}
