using TagGateway.Pages;

namespace TagGateway.Tests.Pages;

public sealed class PathPatternTests
{
    [Theory]
    [InlineData("/cart", "/cart", true)]
    [InlineData("/cart", "/cart/", false)]
    [InlineData("/cart", "/Cart", false)]
    [InlineData("/blog/*", "/blog/", true)]
    [InlineData("/blog/*", "/blog/a/b", true)]
    [InlineData("/blog/*", "/blog", false)]
    [InlineData("/blog*", "/blog", true)]
    [InlineData("*/print", "/a/print", true)]
    [InlineData("*/print", "/a/print/b", false)]
    [InlineData("*", "/", true)]
    [InlineData("/*/print", "/a/b/print", true)]
    [InlineData("/*/print", "/print", false)]
    [InlineData("/a*b*c", "/abbc", true)]
    [InlineData("/a*b*c", "/acb", false)]
    [InlineData("/a*a", "/a", false)]
    [InlineData("/a*ab*b", "/aaabb", true)]
    [InlineData("/a%2Fb", "/a/b", false)]
    [InlineData("/**", "/x", true)]
    public void Matches_Path_IsOfThePattern(string pattern, string path, bool expected) => Assert.Equal(expected, PathPattern.TryParse(pattern)?.Matches(path));

    [Theory]
    [InlineData("")]
    [InlineData("blog")]
    [InlineData("/a?b")]
    [InlineData("/a#b")]
    [InlineData("/a b")]
    [InlineData("/\u00e4")]
    [InlineData("http://shop.example/a")]
    public void TryParse_NoRawPath_IsNull(string text) => Assert.Null(PathPattern.TryParse(text));
}
