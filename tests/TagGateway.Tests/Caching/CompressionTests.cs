using System.IO.Compression;
using System.Text;
using TagGateway.Caching;
using TagGateway.Limits;
using TagGateway.Tests.Limits;

namespace TagGateway.Tests.Caching;

public sealed class CompressionTests
{
    private const int Limit = 1024 * 1024;
    /// <summary>A bomb ends where the room does, not where it would.</summary>
    [Theory]
    [InlineData((int)ContentCoding.Identity)]
    [InlineData((int)ContentCoding.Gzip)]
    [InlineData((int)ContentCoding.Brotli)]
    public void TryDecode_NoRoom_IsFalseAndTellsIt(int coding)
    {
        var budget = SomeLimits.Budget(4 * SomeLimits.MegaByte);
        using var lease = new MemoryLease(budget, client: null);
        using var bomb = new PooledBuffer();
        Compression.Encode((ContentCoding)coding, new byte[16 * SomeLimits.MegaByte], bomb);
        using var plain = new PooledBuffer(lease);

        Assert.False(Compression.TryDecode((ContentCoding)coding, bomb.Span, int.MaxValue, plain));

        Assert.True(plain.LacksRoom);
        Assert.InRange(budget.Bytes, 0, budget.Limits.MemoryBytes);
    }

    [Theory]
    [InlineData((int)ContentCoding.Gzip)]
    [InlineData((int)ContentCoding.Brotli)]
    public void TryDecode_OverTheLimit_EndsOneByteBehindIt(int coding)
    {
        using var bomb = new PooledBuffer();
        Compression.Encode((ContentCoding)coding, new byte[16 * SomeLimits.MegaByte], bomb);
        using var plain = new PooledBuffer();

        Assert.False(Compression.TryDecode((ContentCoding)coding, bomb.Span, 1_000_000, plain));

        Assert.Equal(1_000_001, plain.Length);
    }

    [Theory]
    [InlineData((int)ContentCoding.Identity)]
    [InlineData((int)ContentCoding.Gzip)]
    [InlineData((int)ContentCoding.Brotli)]
    public void Encode_Quickly_IsTheSameScript(int coding)
    {
        var script = new byte[300_000];
        new Random(5).NextBytes(script.AsSpan(0, 100_000));
        using var encoded = new PooledBuffer();
        using var plain = new PooledBuffer();

        Compression.Encode((ContentCoding)coding, script, encoded, isQuick: true);

        Assert.True(Compression.TryDecode((ContentCoding)coding, encoded.Span, int.MaxValue, plain));
        Assert.True(plain.Span.SequenceEqual(script));
    }

    private static readonly byte[] Script = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 5000).Select(i => $"var v{i}={i * 7919};")));

    public static TheoryData<int> Sizes => [1, 2, 63, 64 * 1024 - 1, 64 * 1024, 64 * 1024 + 1, 300_000];

    [Theory]
    [InlineData((int)ContentCoding.Identity)]
    [InlineData((int)ContentCoding.Gzip)]
    [InlineData((int)ContentCoding.Brotli)]
    public void Encode_EverySize_DecodesToTheSameBytes(int coding)
    {
        foreach (var size in Sizes.Select(row => row.Data))
        {
            var body = new byte[size];
            new Random(size).NextBytes(body);

            var encoded = Encode((ContentCoding)coding, body);

            Assert.Equal(body, Decode((ContentCoding)coding, encoded));
        }
    }

    [Fact]
    public void Encode_Script_IsReadableByOthersAndSmaller()
    {
        using var gzip = new GZipStream(new MemoryStream(Encode(ContentCoding.Gzip, Script)), CompressionMode.Decompress);
        using var brotli = new BrotliStream(new MemoryStream(Encode(ContentCoding.Brotli, Script)), CompressionMode.Decompress);

        Assert.Equal(Script, ReadAll(gzip));
        Assert.Equal(Script, ReadAll(brotli));
        Assert.InRange(Encode(ContentCoding.Gzip, Script).Length, 1, Script.Length / 2);
        Assert.InRange(Encode(ContentCoding.Brotli, Script).Length, 1, Script.Length / 2);
    }

    [Theory]
    [InlineData((int)ContentCoding.Gzip)]
    [InlineData((int)ContentCoding.Brotli)]
    public void TryDecode_CutAtEveryByte_IsFalse(int coding)
    {
        var encoded = Encode((ContentCoding)coding, Script.AsSpan(0, 3000));

        for (var length = 1; length < encoded.Length; length++)
        {
            Assert.Null(Decode((ContentCoding)coding, encoded[..length]));
        }
    }

    [Theory]
    [InlineData((int)ContentCoding.Gzip)]
    [InlineData((int)ContentCoding.Brotli)]
    public void TryDecode_BytesBehindTheEnd_IsFalse(int coding)
    {
        var encoded = Encode((ContentCoding)coding, Script);

        Assert.Null(Decode((ContentCoding)coding, [.. encoded, 0]));
        Assert.Null(Decode((ContentCoding)coding, [.. encoded, .. "alert(1)"u8]));
    }

    /// <summary>Nobody sends them, and servers differ in what they make of them.</summary>
    [Fact]
    public void TryDecode_SeveralGzipMembers_IsFalse()
    {
        var encoded = Encode(ContentCoding.Gzip, Script);

        Assert.Null(Decode(ContentCoding.Gzip, [.. encoded, .. encoded]));
        Assert.Null(Decode(ContentCoding.Gzip, [.. encoded, .. Encode(ContentCoding.Gzip, "x"u8)]));
    }

    [Theory]
    [InlineData((int)ContentCoding.Gzip)]
    [InlineData((int)ContentCoding.Brotli)]
    public void TryDecode_ADamagedByte_NeverThrows(int coding)
    {
        var encoded = Encode((ContentCoding)coding, Script.AsSpan(0, 2000));

        for (var at = 0; at < encoded.Length; at++)
        {
            var damaged = encoded.ToArray();
            damaged[at] ^= 0x55;

            _ = Decode((ContentCoding)coding, damaged);
        }
    }

    [Fact]
    public void TryDecode_GzipWithAWrongChecksum_IsFalse()
    {
        var encoded = Encode(ContentCoding.Gzip, Script);
        encoded[^5] ^= 1;

        Assert.Null(Decode(ContentCoding.Gzip, encoded));
    }

    [Theory]
    [InlineData((int)ContentCoding.Gzip, "alert(1)")]
    [InlineData((int)ContentCoding.Brotli, "alert(1)")]
    public void TryDecode_NotInThisCoding_IsFalse(int coding, string body) => Assert.Null(Decode((ContentCoding)coding, Encoding.UTF8.GetBytes(body)));

    /// <summary>As browsers take it.</summary>
    [Theory]
    [InlineData((int)ContentCoding.Identity)]
    [InlineData((int)ContentCoding.Gzip)]
    [InlineData((int)ContentCoding.Brotli)]
    public void TryDecode_Nothing_IsNothing(int coding) => Assert.Empty(Decode((ContentCoding)coding, [])!);

    [Theory]
    [InlineData((int)ContentCoding.Identity)]
    [InlineData((int)ContentCoding.Gzip)]
    [InlineData((int)ContentCoding.Brotli)]
    public void TryDecode_TheLimit_IsTheLastThatIsRead(int coding)
    {
        Assert.NotNull(Decode((ContentCoding)coding, Encode((ContentCoding)coding, new byte[Limit])));
        Assert.Null(Decode((ContentCoding)coding, Encode((ContentCoding)coding, new byte[Limit + 1])));
    }

    [Theory]
    [InlineData((int)ContentCoding.Gzip)]
    [InlineData((int)ContentCoding.Brotli)]
    public void TryDecode_ABomb_StopsSoonAfterTheLimit(int coding)
    {
        var bomb = Encode((ContentCoding)coding, new byte[64 * Limit]);
        using var plain = new PooledBuffer();

        Assert.False(Compression.TryDecode((ContentCoding)coding, bomb, Limit, plain));
        Assert.InRange(plain.Length, Limit, 4 * Limit);
    }

    private static byte[] Encode(ContentCoding coding, ReadOnlySpan<byte> plain)
    {
        using var target = new PooledBuffer();
        Compression.Encode(coding, plain, target);
        return target.Span.ToArray();
    }

    private static byte[]? Decode(ContentCoding coding, byte[] body)
    {
        using var plain = new PooledBuffer();
        return Compression.TryDecode(coding, body, Limit, plain) ? plain.Span.ToArray() : null;
    }

    private static byte[] ReadAll(Stream stream)
    {
        using var all = new MemoryStream();
        stream.CopyTo(all);
        return all.ToArray();
    }
}
