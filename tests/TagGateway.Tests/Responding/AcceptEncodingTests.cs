using Microsoft.Extensions.Primitives;
using TagGateway.Caching;
using TagGateway.Responding;

namespace TagGateway.Tests.Responding;

public sealed class AcceptEncodingTests
{
    [Theory]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("br", "br")]
    [InlineData("BR", "br")]
    [InlineData("br;q=1.0", "br")]
    [InlineData("br ; q=0.001", "br")]
    [InlineData("*", "br")]
    [InlineData("*;q=0.1", "br")]
    [InlineData("gzip;q=0.5, *;q=0.8", "br")]
    [InlineData("identity;q=0.5, br;q=0.5", "br")]
    [InlineData("gzip;q=1, br;q=1", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("x-gzip", "gzip")]
    [InlineData("GZIP;Q=1", "gzip")]
    [InlineData("gzip, deflate", "gzip")]
    [InlineData("br;q=0.5, gzip;q=0.8", "gzip")]
    [InlineData("br;q=0, gzip", "gzip")]
    [InlineData("br;q=0, *", "gzip")]
    [InlineData("br;q=0.000, gzip;q=0.001", "gzip")]
    [InlineData("br;q=x, gzip", "gzip")]
    [InlineData("br;q=-1, gzip", "gzip")]
    [InlineData("br;q=, gzip", "gzip")]
    [InlineData("br;q=NaN, gzip", "gzip")]
    [InlineData("", "identity")]
    [InlineData(" ", "identity")]
    [InlineData(",;,", "identity")]
    [InlineData("identity", "identity")]
    [InlineData("deflate", "identity")]
    [InlineData("zstd", "identity")]
    [InlineData("brotli", "identity")]
    [InlineData("xbr, gzipped", "identity")]
    [InlineData("identity, br;q=0.5, gzip;q=0.5", "identity")]
    [InlineData("identity;q=1, *;q=0.5", "identity")]
    [InlineData("br;q=0, gzip;q=0", "identity")]
    [InlineData("*;q=0", "identity")]
    [InlineData("identity;q=0", "identity")]
    [InlineData("identity;q=0, *;q=0", "identity")]
    [InlineData("identity;q=0, gzip;q=0.1", "gzip")]
    public void Choose_OneLine_IsTheBestThatIsTaken(string accepted, string expected) => Assert.Equal(expected, Choose(accepted));

    [Theory]
    [InlineData(new[] { "gzip", "br" }, "br")]
    [InlineData(new[] { "", "gzip" }, "gzip")]
    [InlineData(new string[0], "identity")]
    [InlineData(new string?[] { null }, "identity")]
    public void Choose_SeveralLines_AreOneList(string?[] accepted, string expected) => Assert.Equal(expected, Choose(new StringValues(accepted)));

    [Fact]
    public void Choose_AVeryLongValue_IsReadInLinearTime() =>
        Assert.Equal("br", Choose(string.Concat(Enumerable.Repeat("x;q=0.5,", 100_000)) + "br"));

    private static string Choose(StringValues accepted) => ContentCodings.NameOf(AcceptEncoding.Choose(accepted)) ?? "identity";
}
