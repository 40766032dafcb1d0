using TagGateway.Sanitizing;

namespace TagGateway.Tests.Sanitizing;

public sealed class HeaderSyntaxTests
{
    [Fact]
    public void IsToken_EveryCharacter_IsThatOfTheRfc()
    {
        var allowed = Enumerable.Range(0, 0x180).Select(c => (char)c).Where(c => HeaderSyntax.IsToken([c]));

        Assert.Equal("!#$%&'*+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz|~", string.Concat(allowed));
    }

    [Theory]
    [InlineData("X-A", true)]
    [InlineData("a", true)]
    [InlineData("", false)]
    [InlineData("X A", false)]
    [InlineData("X-A:", false)]
    [InlineData(" X-A", false)]
    public void IsToken_Name_IsWhole(string name, bool expected) => Assert.Equal(expected, HeaderSyntax.IsToken(name));

    [Fact]
    public void HasControlCharacter_EveryCharacter_IsAControlOtherThanTheTab()
    {
        var controls = Enumerable.Range(0, 0x180).Where(c => HeaderSyntax.HasControlCharacter(['a', (char)c, 'b']));

        Assert.Equal(Enumerable.Range(0, 0x20).Append(0x7f).Where(c => c != '\t'), controls);
    }

    [Fact]
    public void HasControlCharacter_EmptyValue_IsFalse() => Assert.False(HeaderSyntax.HasControlCharacter(""));
}
