using TagGateway.Sites;

namespace TagGateway.Tests.Sites;

public sealed class RequestTargetTests
{
    [Theory]
    [InlineData("/", "/", "")]
    [InlineData("/a/b", "/a/b", "")]
    [InlineData("/a?b=c&d", "/a", "?b=c&d")]
    [InlineData("/a?", "/a", "?")]
    [InlineData("/a?b?c", "/a", "?b?c")]
    [InlineData("/a%2Fb%00/../c\\d?e=%2526", "/a%2Fb%00/../c\\d", "?e=%2526")]
    [InlineData("//a//", "//a//", "")]
    [InlineData("/http://other.example/?x", "/http://other.example/", "?x")]
    [InlineData("http://shop.example", "/", "")]
    [InlineData("http://shop.example/", "/", "")]
    [InlineData("http://shop.example/a?b", "/a", "?b")]
    [InlineData("http://shop.example?b", "/", "?b")]
    [InlineData("HTTPS://shop.example:8443/a", "/a", "")]
    [InlineData("https://[::1]:8443/a/http://x", "/a/http://x", "")]
    [InlineData("https://shop.example?a=/b", "/", "?a=/b")]
    public void TryParse_OriginOrAbsoluteForm_KeepsEveryByte(string raw, string path, string query)
    {
        var ok = RequestTarget.TryParse(raw, out var target);

        Assert.True(ok);
        Assert.Equal(new RequestTarget(path, query), target);
    }

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("shop.example:443")]
    [InlineData("a/b")]
    [InlineData("?a")]
    [InlineData("ftp://shop.example/")]
    [InlineData("http:/shop.example/")]
    [InlineData("/a#b")]
    [InlineData("/a?b#c")]
    [InlineData("http://shop.example/a#b")]
    [InlineData("http://shop.example#b")]
    [InlineData("http://shop.example#b/c")]
    public void TryParse_AnythingElse_IsFalseAndDefault(string raw)
    {
        var ok = RequestTarget.TryParse(raw, out var target);

        Assert.False(ok);
        Assert.Equal(default, target);
    }
}
