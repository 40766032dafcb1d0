using TagGateway.Operations;

namespace TagGateway.Tests.Operations;

public sealed class AdminTokenTests
{
    private const string Text = "0123456789abcde~";

    [Fact]
    public void Matches_TheTextAndOthers_IsTrueForItAlone()
    {
        Assert.True(AdminToken.TryParse(Text, out var token, out var problem));

        Assert.Empty(problem);
        Assert.True(token.Matches(Text));
        Assert.False(token.Matches(""));
        Assert.False(token.Matches(Text[..^1]));
        Assert.False(token.Matches(Text + "~"));
        Assert.False(token.Matches(Text.ToUpperInvariant()));
        Assert.DoesNotContain(Text, token.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123456789abcde")]
    [InlineData("0123456789 abcdef")]
    [InlineData("0123456789abcdef\n")]
    [InlineData("0123456789abcdef\u007F")]
    [InlineData("0123456789abcdéf")]
    public void TryParse_ShortOrNotVisibleAscii_IsRefusedWithoutQuoting(string text)
    {
        Assert.False(AdminToken.TryParse(text, out _, out var problem));
        Assert.Equal("must be 16 to 1024 visible ASCII characters, without spaces", problem);
    }

    [Fact]
    public void TryParse_LongText_HasALimit()
    {
        Assert.True(AdminToken.TryParse(new string('x', 1024), out _, out _));
        Assert.False(AdminToken.TryParse(new string('x', 1025), out _, out _));
    }
}
