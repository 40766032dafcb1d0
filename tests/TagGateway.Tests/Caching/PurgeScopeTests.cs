using TagGateway.Caching;

namespace TagGateway.Tests.Caching;

public sealed class PurgeScopeTests
{
    [Theory]
    [InlineData("*", null, null)]
    [InlineData("shop", "shop", null)]
    [InlineData("my.shop_1-A/GTM-ABC123", "my.shop_1-A", "GTM-ABC123")]
    [InlineData("*/G-ABC123", null, "G-ABC123")]
    public void TryParse_AScope_IsReadAndWrittenAlike(string text, string? site, string? tag)
    {
        Assert.True(PurgeScope.TryParse(text, out var scope));

        Assert.Equal(new PurgeScope(site, tag), scope);
        Assert.Equal(text, scope.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("shop/")]
    [InlineData("/G-ABC123")]
    [InlineData("shop/*")]
    [InlineData("*/*")]
    [InlineData("**")]
    [InlineData("shop/g-abc123")]
    [InlineData("shop/G-A/G-B")]
    [InlineData("sh op")]
    [InlineData("shöp")]
    [InlineData("shop\n")]
    public void TryParse_AnythingElse_IsNoScope(string? text) => Assert.False(PurgeScope.TryParse(text, out _));

    [Fact]
    public void TryParse_LongestNames_AreAScopeAndLongerTextIsNot()
    {
        var longest = $"{new string('s', 64)}/{new string('A', 30)}-1";

        Assert.True(PurgeScope.TryParse(longest, out _));
        Assert.False(PurgeScope.TryParse(new string('s', 129), out _));
    }

    [Fact]
    public void All_AsText_IsTheStar() => Assert.Equal("*", PurgeScope.All.ToString());
}
