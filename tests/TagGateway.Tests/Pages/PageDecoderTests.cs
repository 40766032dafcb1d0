using System.IO.Compression;
using System.Text;
using TagGateway.Pages;
using ZstdSharp;

namespace TagGateway.Tests.Pages;

public sealed class PageDecoderTests
{
    private static readonly byte[] Page = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 40).Select(i => $"<p class=\"c{i * 7919 % 97}\">{i} text</p>\n")));

    public static TheoryData<string> Codings => ["Gzip", "Brotli", "Zstd"];

    [Theory]
    [MemberData(nameof(Codings))]
    public void TryDecode_CutAtEveryByte_IsTheSamePage(string coding)
    {
        var coded = Encode(coding, Page);

        for (var cut = 0; cut <= coded.Length; cut++)
        {
            Assert.Equal(Encoding.UTF8.GetString(Page), Encoding.UTF8.GetString(Decode(coding, 100, coded[..cut], coded[cut..])!)); // null: refused
        }
    }

    [Theory]
    [MemberData(nameof(Codings))]
    public void End_TruncatedAtEveryByte_IsNotWhole(string coding)
    {
        var coded = Encode(coding, Page);

        for (var length = 0; length < coded.Length; length++)
        {
            Assert.True(Decode(coding, 4096, coded[..length]) is null, $"{coding} cut at {length} of {coded.Length}");
        }
    }

    [Theory]
    [InlineData("Gzip")]
    [InlineData("Zstd")]
    public void TryDecode_SeveralMembers_AreOnePage(string coding)
    {
        var coded = Encode(coding, Page);

        var plain = Decode(coding, 1000, [.. coded, .. coded], coded);

        Assert.Equal(Page.Length * 3, plain?.Length);
    }

    [Theory]
    [InlineData("Gzip")]
    [InlineData("Zstd")]
    public void End_SecondMemberTruncatedAtEveryByte_IsNotWhole(string coding)
    {
        var coded = Encode(coding, Page);

        // One byte alone may as well be what follows the end.
        for (var length = 2; length < coded.Length; length++)
        {
            Assert.True(Decode(coding, 4096, [.. coded, .. coded[..length]]) is null, $"{coding} cut at {length} of {coded.Length}");
        }
    }

    [Theory]
    [InlineData("Gzip")]
    [InlineData("Brotli")]
    public void TryDecode_SomethingBehindTheEnd_IsIgnored(string coding) => Assert.Equal(Page, Decode(coding, 4096, [.. Encode(coding, Page), 0, 1, 2, 3], [4, 5]));

    [Theory]
    [MemberData(nameof(Codings))]
    public void TryDecode_AnotherCoding_IsRefused(string coding)
    {
        using var decoder = Create(coding);

        Assert.False(decoder.TryDecode(Page, new byte[4096], out _, out _));
    }

    [Theory]
    [MemberData(nameof(Codings))]
    public void TryDecode_BrokenInTheMiddle_IsNotWhole(string coding)
    {
        var coded = Encode(coding, Page);
        coded.AsSpan(coded.Length / 2, 8).Fill(0xFF);

        Assert.NotEqual(Page, Decode(coding, 4096, coded));
    }

    private static PageDecoder Create(string coding) => PageDecoder.Create(Enum.Parse<PageCoding>(coding))!; // none of them is identity

    /// <summary>Null when it is refused, or not whole.</summary>
    private static byte[]? Decode(string coding, int step, params byte[][] pieces)
    {
        using var decoder = Create(coding);
        var plain = new MemoryStream();
        var buffer = new byte[step];
        foreach (var piece in pieces)
        {
            for (var rest = piece.AsMemory(); ;)
            {
                if (!decoder.TryDecode(rest, buffer, out var consumed, out var written))
                {
                    return null;
                }

                plain.Write(buffer, 0, written);
                rest = rest[consumed..];
                if (consumed + written == 0)
                {
                    break;
                }
            }
        }

        return decoder.End() ? plain.ToArray() : null;
    }

    private static byte[] Encode(string coding, byte[] plain)
    {
        var coded = new MemoryStream();
        using (Stream stream = coding switch
        {
            "Gzip" => new GZipStream(coded, CompressionLevel.Optimal, leaveOpen: true),
            "Brotli" => new BrotliStream(coded, CompressionLevel.Optimal, leaveOpen: true),
            _ => new CompressionStream(coded, leaveOpen: true),
        })
        {
            stream.Write(plain);
        }

        return coded.ToArray();
    }
}
