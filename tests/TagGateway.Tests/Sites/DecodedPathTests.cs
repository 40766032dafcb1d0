using TagGateway.Sites;

namespace TagGateway.Tests.Sites;

public sealed class DecodedPathTests
{
    [Theory]
    [InlineData("/", true)]
    [InlineData("/a/b.js", true)]
    [InlineData("/a//b", true)]
    [InlineData("/a/b..c", true)]
    [InlineData("/a;b=c", true)]
    [InlineData("/a%62", false)]
    [InlineData("/a\\b", false)]
    [InlineData("/./a", false)]
    [InlineData("/a/..", false)]
    [InlineData("/.well-known", false)]
    public void IsPlain_ForAPath_IsFalseWhereItCanBeReadTwoWays(string path, bool expected) => Assert.Equal(expected, DecodedPath.IsPlain(path));

    [Theory]
    [InlineData("/", "/")]
    [InlineData("/a/b", "/a/b")]
    [InlineData("/a//b/", "/a//b/")]
    [InlineData("/%66807", "/f807")]
    [InlineData("/%2566807", "/f807")]
    [InlineData("/%252566807", "/%66807")]
    [InlineData("/x/../f807", "/f807")]
    [InlineData("/x/%2e%2e/f807", "/f807")]
    [InlineData("/x/.%2E/f807", "/f807")]
    [InlineData("/x/%252e%252e/f807", "/f807")]
    [InlineData("/x%2f..%2ff807", "/f807")]
    [InlineData("/x\\..\\f807", "/f807")]
    [InlineData("/x%5c..%5cf807", "/f807")]
    [InlineData("/./f807/.", "/f807")]
    [InlineData("/../../f807", "/f807")]
    [InlineData("/a/b/../../f807", "/f807")]
    [InlineData("/f807/..", "/")]
    [InlineData("/f807/../x", "/x")]
    [InlineData("/a%", "/a%")]
    [InlineData("/a%zz", "/a%zz")]
    [InlineData("/a%00b", "/a\0b")]
    public void Resolve_ForAPath_IsWhatADecoderWouldSee(string path, string expected) => Assert.Equal(expected, DecodedPath.Resolve(path));

    [Theory]
    [InlineData("/a/b", false)]
    [InlineData("/a/..b/c..", false)]
    [InlineData("/a/.b", false)]
    [InlineData("/a/...", false)]
    [InlineData("/a/%2eb", false)]
    [InlineData("/a/.", true)]
    [InlineData("/a/../b", true)]
    [InlineData("/a/%2e", true)]
    [InlineData("/a/%2E%2e/b", true)]
    [InlineData("/a/%252e./b", true)]
    [InlineData("/a%2f..%2fb", true)]
    [InlineData("/a\\..\\b", true)]
    [InlineData("/a%5C.%5Cb", true)]
    public void HasDotSegment_HoweverSpelled_IsSeen(string path, bool expected) => Assert.Equal(expected, DecodedPath.HasDotSegment(path));
}
