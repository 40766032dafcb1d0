using System.Buffers;
using TagGateway.Caching;
using TagGateway.Limits;
using TagGateway.Tests.Limits;

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

    [Fact]
    public void TryReserve_LeaseWithoutRoom_IsRefusedAndTheBytesStay()
    {
        var budget = SomeLimits.Budget(1024 * 1024);
        using var lease = new MemoryLease(budget, client: null);
        using var buffer = new PooledBuffer(lease);
        buffer.Write("abc"u8);

        var refused = buffer.TryReserve(1024 * 1024);
        var granted = buffer.TryReserve(200_000);

        Assert.Equal((false, true, true), (refused, granted, buffer.LacksRoom));
        Assert.Equal("abc"u8, buffer.Span);
        Assert.InRange(budget.Bytes, 200_000, budget.Limits.MemoryBytes);
    }

    [Fact]
    public void Lease_HoldsWhatTheBufferHolds_UntilItIsDisposed()
    {
        var budget = SomeLimits.Budget(64 * SomeLimits.MegaByte);
        using var lease = new MemoryLease(budget, client: null);
        var buffer = new PooledBuffer(lease);
        Assert.Equal(0, budget.Bytes);

        for (var i = 0; i < 100; i++)
        {
            buffer.Write(new byte[10_000]);
            Assert.InRange(budget.Bytes, buffer.Length, Math.Max(64 * 1024, 2 * buffer.Length + 20_000));
        }

        buffer.Dispose();
        buffer.Dispose();

        Assert.Equal(0, budget.Bytes);
    }
}
