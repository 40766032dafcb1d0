using TagGateway.Upstream;

namespace TagGateway.Tests.Upstream;

public sealed class OriginTests
{
    [Theory]
    [InlineData("http://127.0.0.1:3000", "http://127.0.0.1:3000", false, true)]
    [InlineData("http://web", "http://web", false, false)]
    [InlineData("http://web:80", "http://web", false, false)]
    [InlineData("http://web/", "http://web", false, false)]
    [InlineData("HTTP://WEB", "http://web", false, false)]
    [InlineData("https://web.example", "https://web.example", false, false)]
    [InlineData("https://web.example:443", "https://web.example", false, false)]
    [InlineData("https://web.example:8443/", "https://web.example:8443", false, true)]
    [InlineData("http://[::1]:3000", "http://[::1]:3000", false, true)]
    [InlineData("http://[2001:db8::1]", "http://[2001:db8::1]", false, false)]
    [InlineData("h2c://web:3000", "http://web:3000", true, true)]
    [InlineData("h2c://web", "http://web", true, false)]
    public void TryParse_WellFormed_IsAPrefix(string text, string prefix, bool isHttp2Only, bool hasPort)
    {
        var ok = Origin.TryParse(text, "inner.example", out var origin);

        Assert.True(ok);
        Assert.Equal(new Origin(prefix, "inner.example", isHttp2Only), origin);
        Assert.Equal(hasPort, origin!.HasPort); // it was parsed
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
