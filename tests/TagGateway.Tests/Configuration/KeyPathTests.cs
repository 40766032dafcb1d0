using TagGateway.Configuration;

namespace TagGateway.Tests.Configuration;

public sealed class KeyPathTests
{
    [Theory]
    [InlineData("", "urls", "urls")]
    [InlineData("sites", "my-shop_1", "sites.my-shop_1")]
    [InlineData("sites", "a.b", "sites[\"a.b\"]")]
    [InlineData("connectTo", "*.fps.goog", "connectTo[\"*.fps.goog\"]")]
    [InlineData("sites", "", "sites[\"\"]")]
    [InlineData("", "a\"\n", "[\"a\\\"\\n\"]")]
    public void Member_AKey_IsPlainOrQuoted(string parent, string key, string expected) =>
        Assert.Equal(expected, KeyPath.Member(parent, key));

    [Fact]
    public void SelfAndAbove_APath_GoesUpToTheTop() =>
        Assert.Equal(["sites.a.b.hosts[1]", "sites.a.b.hosts", "sites.a.b", "sites.a", "sites"], KeyPath.SelfAndAbove(KeyPath.Plain("sites[\"a.b\"].hosts[1]")));

    [Fact]
    public void ConfigurationErrorToString_ControlCharacters_StayOnOneLine() =>
        Assert.Equal("a: b\\u000Ac", new ConfigurationError("a", "b\nc").ToString());
}
