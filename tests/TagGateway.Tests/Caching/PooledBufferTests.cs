using System.Buffers;
using TagGateway.Caching;

namespace TagGateway.Tests.Caching;

public sealed class PooledBufferTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1024 * 1024)]
    public void Write_MoreThanItsCapacity_KeepsEveryByte(int capacity)
    {
        var bytes = new byte[700_000];
        new Random(1).NextBytes(bytes);
        using var buffer = new PooledBuffer(capacity);

        for (var at = 0; at < bytes.Length; at += 7_000)
        {
            buffer.Write(bytes.AsSpan(at, 7_000));
        }

        Assert.Equal(bytes.Length, buffer.Length);
        Assert.True(buffer.Span.SequenceEqual(bytes));
        Assert.True(buffer.Memory.Span.SequenceEqual(bytes));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(500_000)]
    public void GetSpan_SizeHint_IsThereAndNeverEmpty(int hint)
    {
        using var buffer = new PooledBuffer();
        buffer.GetSpan();
        buffer.Advance(buffer.GetSpan().Length);

        Assert.InRange(buffer.GetSpan(hint).Length, Math.Max(1, hint), int.MaxValue);
        Assert.InRange(buffer.GetMemory(hint).Length, Math.Max(1, hint), int.MaxValue);
    }

    /// <summary>A second return of the same array would give it to two users.</summary>
    [Fact]
    public void Dispose_Twice_ReturnsTheMemoryOnce()
    {
        var buffer = new PooledBuffer(3 * 1024 * 1024);
        buffer.Dispose();
        buffer.Dispose();

        var (first, second) = (ArrayPool<byte>.Shared.Rent(3 * 1024 * 1024), ArrayPool<byte>.Shared.Rent(3 * 1024 * 1024));

        Assert.NotSame(first, second);
        Assert.Equal(0, buffer.Length);
        Assert.True(buffer.Span.IsEmpty);
    }
}
