using TagGateway.Sites;

namespace TagGateway.Tests.Sites;

public sealed class HostPatternTests
{
    [Theory]
    [InlineData("*", nameof(HostPatternKind.Any), "", "*")]
    [InlineData("shop.example", nameof(HostPatternKind.Exact), "shop.example", "shop.example")]
    [InlineData("SHOP.Example", nameof(HostPatternKind.Exact), "shop.example", "shop.example")]
    [InlineData("shop.example.", nameof(HostPatternKind.Exact), "shop.example", "shop.example")]
    [InlineData("localhost", nameof(HostPatternKind.Exact), "localhost", "localhost")]
    [InlineData("a-b.c_d.example", nameof(HostPatternKind.Exact), "a-b.c_d.example", "a-b.c_d.example")]
    [InlineData("xn--bcher-kva.example", nameof(HostPatternKind.Exact), "xn--bcher-kva.example", "xn--bcher-kva.example")]
    [InlineData("127.0.0.1", nameof(HostPatternKind.Exact), "127.0.0.1", "127.0.0.1")]
    [InlineData("[::1]", nameof(HostPatternKind.Exact), "[::1]", "[::1]")]
    [InlineData("[2001:DB8::1]", nameof(HostPatternKind.Exact), "[2001:db8::1]", "[2001:db8::1]")]
    [InlineData("*.shop.example", nameof(HostPatternKind.Wildcard), "shop.example", "*.shop.example")]
    [InlineData("*.SHOP.example.", nameof(HostPatternKind.Wildcard), "shop.example", "*.shop.example")]
    [InlineData("*.example", nameof(HostPatternKind.Wildcard), "example", "*.example")]
    [InlineData("[0:0:0:0:0:0:0:1]", nameof(HostPatternKind.Exact), "[::1]", "[::1]")]
    public void TryParse_WellFormed_KnowsKindAndName(string text, string kind, string name, string spelled)
    {
        var ok = HostPattern.TryParse(text, out var pattern);

        Assert.True(ok);
        Assert.Equal(kind, pattern.Kind.ToString());
        Assert.Equal(name, pattern.Name);
        Assert.Equal(spelled, pattern.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("*.")]
    [InlineData("**")]
    [InlineData("*.*")]
    [InlineData("*.*.example")]
    [InlineData("www.*.example")]
    [InlineData("*shop.example")]
    [InlineData("shop.*")]
    [InlineData(".shop.example")]
    [InlineData("a..b")]
    [InlineData("a b")]
    [InlineData(" shop.example")]
    [InlineData("shop.example:8080")]
    [InlineData("*.shop.example:80")]
    [InlineData("127.0.0.1:80")]
    [InlineData("[::1]:80")]
    [InlineData("::1")]
    [InlineData("[::1")]
    [InlineData("*.127.0.0.1")]
    [InlineData("*.[::1]")]
    [InlineData("https://shop.example")]
    [InlineData("shop.example/x")]
    [InlineData("shop.example?x")]
    [InlineData("user@shop.example")]
    [InlineData("b\u00fccher.example")]
    [InlineData("shop\\example")]
    [InlineData("shop.example\n")]
    [InlineData("shop.example..")]
    public void TryParse_Malformed_IsFalseAndDefault(string? text)
    {
        var ok = HostPattern.TryParse(text, out var pattern);

        Assert.False(ok);
        Assert.Equal(default, pattern);
    }

    [Fact]
    public void TryParse_LongName_IsFalse()
    {
        var name = string.Join('.', Enumerable.Repeat(new string('a', 60), 4)) + ".abcdefghi";

        Assert.Equal(253, name.Length);
        Assert.True(HostPattern.TryParse(name, out _));
        Assert.False(HostPattern.TryParse(name + "x", out _));
    }

    [Fact]
    public void Equals_OtherSpelling_IsTheSamePattern()
    {
        Assert.Equal(SomeSite.Host("shop.example"), SomeSite.Host("SHOP.EXAMPLE."));
        Assert.NotEqual(SomeSite.Host("shop.example"), SomeSite.Host("*.shop.example"));
    }
}
