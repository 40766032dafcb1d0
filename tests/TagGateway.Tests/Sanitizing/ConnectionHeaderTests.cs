using Microsoft.Extensions.Primitives;
using TagGateway.Sanitizing;

namespace TagGateway.Tests.Sanitizing;

public sealed class ConnectionHeaderTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(",,")]
    [InlineData("close")]
    [InlineData("Keep-Alive")]
    [InlineData("keep-alive, Upgrade")]
    [InlineData("UPGRADE")]
    [InlineData(" close , ")]
    public void Nominated_UsualWords_NominateNothing(string connection) => Assert.Null(ConnectionHeader.Nominated(connection));

    [Fact]
    public void Nominated_NoHeader_NominatesNothing() => Assert.Null(ConnectionHeader.Nominated(StringValues.Empty));

    [Theory]
    [InlineData("X-A", "X-A")]
    [InlineData("close, X-A", "X-A")]
    [InlineData("X-A,keep-alive,\tX-B ", "X-A X-B")]
    [InlineData("X-A|X-B, X-C", "X-A X-B X-C")]
    [InlineData("X-A, x-a", "X-A")]
    [InlineData("closed", "closed")]
    public void Nominated_FurtherNames_AreThoseOfAllLines(string lines, string expected)
    {
        var names = ConnectionHeader.Nominated(lines.Split('|'));

        Assert.NotNull(names);
        Assert.Equal(expected, string.Join(' ', names.Order(StringComparer.Ordinal)));
        Assert.Contains(expected.Split(' ')[0].ToUpperInvariant(), names);
    }
}
