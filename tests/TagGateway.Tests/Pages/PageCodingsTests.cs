using Microsoft.Extensions.Primitives;
using TagGateway.Pages;

namespace TagGateway.Tests.Pages;

public sealed class PageCodingsTests
{
    [Theory]
    [InlineData("", "Identity")]
    [InlineData("identity", "Identity")]
    [InlineData("gzip", "Gzip")]
    [InlineData("X-GZIP", "Gzip")]
    [InlineData("br", "Brotli")]
    [InlineData("zstd", "Zstd")]
    [InlineData("deflate", null)]
    [InlineData("compress", null)]
    [InlineData("dcb", null)]
    [InlineData("gzip, br", null)]
    [InlineData("gzip\nbr", null)]
    public void TryParse_Header_IsOneCodingThatIsRead(string header, string? expected) =>
        Assert.Equal(expected, PageCodings.TryParse(Lines(header), out var coding) ? coding.ToString() : null);

    [Theory]
    [InlineData("Gzip", "", "Gzip")]
    [InlineData("Brotli", "gzip", "Brotli")]
    [InlineData("Identity", "gzip", "Identity")]
    [InlineData("Zstd", "gzip, br, zstd", "Brotli")]
    [InlineData("Zstd", "gzip, zstd", "Gzip")]
    [InlineData("Zstd", "br;q=0, gzip;q=0.1", "Gzip")]
    [InlineData("Zstd", "zstd", "Identity")]
    [InlineData("Zstd", "*", "Brotli")]
    [InlineData("Zstd", "", "Identity")]
    public void Leaving_Coding_IsTheSameOrWhatTheVisitorTakes(string came, string accepted, string expected) =>
        Assert.Equal(expected, PageCodings.Leaving(Enum.Parse<PageCoding>(came), Lines(accepted)).ToString());

    [Theory]
    [InlineData("gzip, deflate, br, zstd", "gzip, br, zstd")]
    [InlineData("gzip;q=1.0, identity; q=0.5, *;q=0", "gzip;q=1.0, identity; q=0.5, *;q=0")]
    [InlineData("*", "br, gzip")]
    [InlineData("deflate, *;q=0.3", "br;q=0.3, gzip;q=0.3")]
    [InlineData("deflate", "identity")]
    [InlineData("deflate\ngzip", "gzip")]
    [InlineData("dcb, dcz, br", "br")]
    public void Narrow_Accepted_KeepsWhatIsReadWithItsWeight(string accepted, string expected) => Assert.Equal(expected, PageCodings.Narrow(Lines(accepted)));

    [Fact]
    public void Narrow_NoHeader_IsNone() => Assert.Null(PageCodings.Narrow(default));

    private static StringValues Lines(string text) => text.Length == 0 ? default : new StringValues(text.Split('\n'));
}
