using TagGateway.Caching;

namespace TagGateway.Tests.Caching;

public sealed class ContentCodingsTests
{
    [Theory]
    [InlineData(null, 0)]
    [InlineData("", 0)]
    [InlineData("  ", 0)]
    [InlineData("identity", 0)]
    [InlineData("gzip", 1)]
    [InlineData("X-GZip", 1)]
    [InlineData(" br ", 2)]
    [InlineData("BR", 2)]
    public void TryParse_OneThatIsRead_IsIt(string? name, int expected)
    {
        Assert.True(ContentCodings.TryParse(name, out var coding));
        Assert.Equal((ContentCoding)expected, coding);
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("deflate")]
    [InlineData("compress")]
    [InlineData("br, gzip")]
    [InlineData("br,")]
    [InlineData("gzip;q=1")]
    [InlineData("aws-chunked")]
    public void TryParse_AnotherOrSeveral_IsFalse(string name) => Assert.False(ContentCodings.TryParse(name, out _));

    [Fact]
    public void NameOf_EachCoding_IsReadBack()
    {
        foreach (var coding in Enum.GetValues<ContentCoding>())
        {
            Assert.True(ContentCodings.TryParse(ContentCodings.NameOf(coding), out var read));
            Assert.Equal(coding, read);
        }
    }
}
