using TagGateway.Upstream;

namespace TagGateway.Tests.Upstream;

public sealed class OriginTests
{
    [Theory]
    [InlineData("http://127.0.0.1:3000", "http://127.0.0.1:3000", false, "127.0.0.1:3000")]
    [InlineData("http://web", "http://web", false, "web:80")]
    [InlineData("http://web:80", "http://web", false, "web:80")]
    [InlineData("http://web/", "http://web", false, "web:80")]
    [InlineData("HTTP://WEB", "http://web", false, "web:80")]
    [InlineData("https://web.example", "https://web.example", false, "web.example:443")]
    [InlineData("https://web.example:443", "https://web.example", false, "web.example:443")]
    [InlineData("https://web.example:8443/", "https://web.example:8443", false, "web.example:8443")]
    [InlineData("http://[::1]:3000", "http://[::1]:3000", false, "[::1]:3000")]
    [InlineData("http://[2001:db8::1]", "http://[2001:db8::1]", false, "[2001:db8::1]:80")]
    [InlineData("h2c://web:3000", "http://web:3000", true, "web:3000")]
    [InlineData("h2c://web", "http://web", true, "web:80")]
    public void TryParse_WellFormed_IsAPrefix(string text, string prefix, bool isHttp2Only, string authority)
    {
        var ok = Origin.TryParse(text, "inner.example", out var origin);

        Assert.True(ok);
        Assert.Equal(new Origin(prefix, "inner.example", isHttp2Only), origin);
        Assert.Equal(authority, origin!.Authority); // it was parsed
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("web")]
    [InlineData("web:3000")]
    [InlineData("127.0.0.1:3000")]
    [InlineData("//web")]
    [InlineData("/srv/www")]
    [InlineData("file:///srv/www")]
    [InlineData("ftp://web")]
    [InlineData("ws://web")]
    [InlineData("http://")]
    [InlineData("h2c://")]
    [InlineData("http://web/shop")]
    [InlineData("http://web/?")]
    [InlineData("http://web?x=1")]
    [InlineData("http://web/#x")]
    [InlineData("http://user:word@web")]
    [InlineData("h2c://user@web")]
    [InlineData("h2c://web/shop")]
    [InlineData("http://web:99999")]
    [InlineData("http://web:x")]
    [InlineData("http://a b")]
    public void TryParse_Malformed_IsFalse(string? text)
    {
        var ok = Origin.TryParse(text, null, out var origin);

        Assert.False(ok);
        Assert.Null(origin);
    }
}
