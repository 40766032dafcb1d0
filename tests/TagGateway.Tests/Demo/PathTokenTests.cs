using System.Buffers.Text;
using TagGateway.Demo.Google;

namespace TagGateway.Tests.Demo;

public sealed class PathTokenTests
{
    private static readonly byte[] Key = PathToken.KeyOf("G-TEST1");

    [Theory]
    [InlineData("?id=G-TEST1&cx=c&gtm=4e6b91")]
    [InlineData("gtd?id=AW-1")]
    [InlineData("_/set_cookie?p=%2F&ce=1&d=auto:shop.example&FPAU=a%20long%20value%20that%20is%20longer%20than%20the%20key")]
    public void TryDecode_EncodedText_ReturnsIt(string clear)
    {
        var token = PathToken.Encode(Key, clear);

        Assert.True(PathToken.TryDecode(Key, token, out var decoded));
        Assert.Equal(clear, decoded);
        Assert.DoesNotContain('=', token);
    }

    [Fact]
    public void Encode_AnyText_EndsWithTheKeysLastTwoBytesInClear()
    {
        var bytes = Base64Url.DecodeFromChars(PathToken.Encode(Key, "?id=G-TEST1"));

        Assert.Equal(Key[^2..], bytes[^2..]);
        Assert.Equal(Key[30] ^ Key[0], bytes[0]);
        Assert.Equal('?' ^ Key[2], bytes[2]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("sw.js")]
    [InlineData("favicon")]
    [InlineData("AAAAAAAAAAAAAAAA")]
    public void TryDecode_OtherText_IsFalse(string token) => Assert.False(PathToken.TryDecode(Key, token, out _));

    [Fact]
    public void TryDecode_TokenOfAnotherTag_IsFalse() =>
        Assert.False(PathToken.TryDecode(PathToken.KeyOf("G-OTHER"), PathToken.Encode(Key, "?id=G-TEST1"), out _));

    [Fact]
    public void KeyOf_SameTagInAnyCase_IsTheSameKey()
    {
        Assert.Equal(Key, PathToken.KeyOf("g-test1"));
        Assert.Equal(PathToken.KeyLength, Key.Length);
    }
}
