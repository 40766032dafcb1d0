using System.Text;
using TagGateway.Receiving;

namespace TagGateway.Tests.Receiving;

public sealed class ContentLengthEncodingTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("5")]
    [InlineData("0005")]
    [InlineData("9223372036854775807")]
    public void GetChars_Digits_AreKept(string length) => Assert.Equal(length, Decode(length));

    [Theory]
    [InlineData("")]
    [InlineData("+5")]
    [InlineData("-0")]
    [InlineData("-5")]
    [InlineData(" 5")]
    [InlineData("5 ")]
    [InlineData("5,5")]
    [InlineData("0x5")]
    [InlineData("\u00e4")]
    [InlineData("00000000000000000005")]
    [InlineData("999999999999999999999999999999999999999999")]
    public void GetChars_AnythingElse_IsNoNumber(string length) => Assert.Equal("x", Decode(length));

    /// <summary>As Kestrel does: room for 20 characters, whatever came.</summary>
    private static string Decode(string length)
    {
        Span<char> room = stackalloc char[20];
        var bytes = Encoding.Latin1.GetBytes(length);
        var count = ContentLengthEncoding.Instance.GetChars(bytes, room);

        Assert.Equal(count, ContentLengthEncoding.Instance.GetString(bytes).Length);
        return room[..count].ToString();
    }
}
