using TagGateway.TagScripts;
using TagGateway.Tests.Sites;

namespace TagGateway.Tests.TagScripts;

public sealed class GoogleScriptAddressTests
{
    [Theory]
    [InlineData("G-A1", nameof(ScriptEndpoint.Tag), "", "https://www.googletagmanager.com/gtag/js?id=G-A1")]
    [InlineData("gtm-a1", nameof(ScriptEndpoint.Tag), "&l=x", "https://www.googletagmanager.com/gtm.js?id=GTM-A1&l=x")]
    [InlineData("GT-A1", nameof(ScriptEndpoint.Tag), "", "https://www.googletagmanager.com/gtag/js?id=GT-A1")]
    [InlineData("AW-1", nameof(ScriptEndpoint.Destination), "&cx=c&l=a%2526b", "https://www.googletagmanager.com/gtag/destination?id=AW-1&cx=c&l=a%2526b")]
    [InlineData("GTM-A1", nameof(ScriptEndpoint.Destination), "", "https://www.googletagmanager.com/gtag/destination?id=GTM-A1")]
    public void Of_TagAndEndpoint_IsGooglesOwnAddress(string tag, string endpoint, string parameters, string expected) =>
        Assert.Equal(expected, GoogleScriptAddress.Of(SomeSite.Tag(tag), Enum.Parse<ScriptEndpoint>(endpoint), parameters));

    [Theory]
    [InlineData("G-A1", "https://www.googletagmanager.com/gtag/js?id=G-A1")]
    [InlineData("GTM-A1", "https://www.googletagmanager.com/gtm.js?id=GTM-A1")]
    public void Of_TagAlone_IsItsScript(string tag, string expected) => Assert.Equal(expected, GoogleScriptAddress.Of(SomeSite.Tag(tag)));
}
