using TagGateway.Rewriting;

namespace TagGateway.Tests.Rewriting;

public sealed class PathTokenTests
{
    [Theory]
    [InlineData("?id=G-ABC123&cx=c&gtm=4e65j1")]
    [InlineData("gtd?id=AW-1&l=layer&cx=c")]
    [InlineData("_/set_cookie?p=%2F&ce=7776000&d=auto:shop.example&FPGCLAW=2.1.kABC%24i1790000000&and=so+on+for+longer+than+the+key")]
    [InlineData("x")]
    [InlineData("\u00e4\u20ac\ud83d\ude00")]
    [InlineData("a\0b\r\nc")]
    public void TryDecode_TokenOfTheKey_IsTheText(string text)
    {
        var ok = PathToken.TryDecode(OpaquePath.Encode(text), OpaquePath.Key, out var decoded);

        Assert.True(ok);
        Assert.Equal(text, decoded);
    }

    [Fact]
    public void TryDecode_EveryLength_IsTheText()
    {
        for (var length = 1; length <= 100; length++)
        {
            var text = new string('x', length);

            Assert.True(PathToken.TryDecode(OpaquePath.Encode(text), OpaquePath.Key, out var decoded));
            Assert.Equal(text, decoded);
        }
    }

    [Fact]
    public void TryDecode_TokenWrittenOutByHand_IsTheText()
    {
        byte[] key = [.. new byte[30], 0x41, 0x42];

        // "AB" "?id=G-A1" under a key of zeros, then "AB".
        var ok = PathToken.TryDecode("QUI_aWQ9Ry1BMUFC", key, out var text);

        Assert.True(ok);
        Assert.Equal("?id=G-A1", text);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(50)]
    [InlineData(99)]
    public void TryDecode_TokenOfAnotherKey_IsFalse(int number)
    {
        var ok = PathToken.TryDecode(OpaquePath.Encode("?id=G-ABC123", OpaquePath.KeyNumber(number)), OpaquePath.Key, out var text);

        Assert.False(ok);
        Assert.Equal("", text);
    }

    [Fact]
    public void TryDecode_KeyThatOnlySharesItsLastBytes_IsFalse()
    {
        byte[] other = [.. OpaquePath.Key.Select((b, i) => i < 30 ? (byte)(b ^ 1) : b)];

        Assert.False(PathToken.TryDecode(OpaquePath.Encode("?id=G-ABC123", other), OpaquePath.Key, out _));
    }

    [Fact]
    public void TryDecode_CutAtEveryCharacter_IsFalse()
    {
        var token = OpaquePath.Encode("?id=G-ABC123&cx=c&gtm=4e65j1&and=so+on");

        for (var length = 0; length < token.Length; length++)
        {
            Assert.False(PathToken.TryDecode(token.AsSpan(0, length), OpaquePath.Key, out _), token[..length]);
            Assert.False(PathToken.TryDecode(token.AsSpan(token.Length - length), OpaquePath.Key, out _), token[^length..]);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("sw.js")]
    [InlineData("ag")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4")]
    [InlineData("%41%41%41%41%41%41%41%41")]
    public void TryDecode_OtherSegment_IsFalse(string segment) => Assert.False(PathToken.TryDecode(segment, OpaquePath.Key, out _));

    [Fact]
    public void TryDecode_NoText_IsFalse() => Assert.False(PathToken.TryDecode(OpaquePath.Encode(""), OpaquePath.Key, out _));

    [Theory]
    [InlineData(0xc3)]
    [InlineData(0xff)]
    [InlineData(0x80)]
    public void TryDecode_TextThatIsNoUtf8_IsFalse(int last) =>
        Assert.False(PathToken.TryDecode(OpaquePath.Encode([(byte)'?', (byte)last]), OpaquePath.Key, out _));

    /// <summary>Real keys are random bytes.</summary>
    [Theory]
    [InlineData(0x86, 0x12)]
    [InlineData(0xff, 0xfe)]
    [InlineData(0x00, 0x80)]
    [InlineData(0xc3, 0x28)]
    public void TryDecode_KeyWhoseLastBytesAreNoText_IsTheText(int first, int last)
    {
        byte[] key = [.. OpaquePath.Key[..30], (byte)first, (byte)last];

        Assert.True(PathToken.TryDecode(OpaquePath.Encode("?id=G-A1", key), key, out var text));
        Assert.Equal("?id=G-A1", text);
    }
}
