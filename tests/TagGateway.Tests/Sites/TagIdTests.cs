using TagGateway.Sites;

namespace TagGateway.Tests.Sites;

public sealed class TagIdTests
{
    [Theory]
    [InlineData("G-ABC123", "G-ABC123")]
    [InlineData("g-abc123", "G-ABC123")]
    [InlineData("GTM-XYZ", "GTM-XYZ")]
    [InlineData("AW-1", "AW-1")]
    [InlineData("a-0", "A-0")]
    [InlineData("GT-9", "GT-9")]
    [InlineData("G-34567890123456789012345678ABCD", "G-34567890123456789012345678ABCD")]
    public void TryParse_WellFormed_IsKeptInUpperCase(string text, string expected)
    {
        var ok = TagId.TryParse(text, out var id);

        Assert.True(ok);
        Assert.Equal(expected, id.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("G")]
    [InlineData("G-")]
    [InlineData("-ABC")]
    [InlineData("G--A")]
    [InlineData("G-A-B")]
    [InlineData("1-ABC")]
    [InlineData("G1-ABC")]
    [InlineData("G-AB_C")]
    [InlineData("G-AB.C")]
    [InlineData("G-AB/C")]
    [InlineData("G-AB%43")]
    [InlineData("G-AB\r\n")]
    [InlineData("G-AB\0")]
    [InlineData(" G-ABC")]
    [InlineData("G-ABC ")]
    [InlineData("G-34567890123456789012345678ABCDE")]
    [InlineData("G-\u0131")]
    [InlineData("G-\u017f")]
    [InlineData("\u017f-A")]
    [InlineData("G-\u212a")]
    [InlineData("G-\u00c4")]
    [InlineData("G-\uff11")]
    [InlineData("G\u2010A1")]
    public void TryParse_Malformed_IsFalseAndDefault(string? text)
    {
        var ok = TagId.TryParse(text, out var id);

        Assert.False(ok);
        Assert.Equal(default, id);
        Assert.Equal("", id.ToString());
    }

    [Fact]
    public void TryParse_EveryAsciiCharacterAsSuffix_TakesLettersAndDigitsOnly()
    {
        var taken = Enumerable.Range(0, 128).Select(c => (char)c).Where(c => TagId.TryParse($"G-{c}", out _));

        Assert.Equal("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", string.Concat(taken));
    }

    [Fact]
    public void Equals_OtherCase_IsTheSameTag()
    {
        var one = SomeSite.Tag("g-abc1");
        var other = SomeSite.Tag("G-ABC1");

        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.NotEqual(one, SomeSite.Tag("G-ABC2"));
    }

    [Theory]
    [InlineData("GTM-A1", true)]
    [InlineData("gtm-a1", true)]
    [InlineData("GT-A1", false)]
    [InlineData("G-GTM1", false)]
    [InlineData("GTMX-A1", false)]
    public void IsContainer_ByPrefix_IsTagManagersOnly(string text, bool expected) => Assert.Equal(expected, SomeSite.Tag(text).IsContainer);

    [Fact]
    public void IsContainer_Default_IsFalse() => Assert.False(default(TagId).IsContainer);
}
