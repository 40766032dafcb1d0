using System.Buffers;

namespace TagGateway.Caching;

/// <summary>A growing buffer over pooled arrays: whole scripts pass through it, and none of it becomes garbage. Not for two threads at once.</summary>
internal sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private const int SmallestBytes = 64 * 1024;

    private byte[] _array;
    private int _written;

    /// <param name="capacity">A first guess in bytes; 0: none.</param>
    public PooledBuffer(int capacity = 0) => _array = ArrayPool<byte>.Shared.Rent(Math.Max(capacity, SmallestBytes));

    public int Length => _written;

    /// <summary>Valid until the next write or <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<byte> Memory => _array.AsMemory(0, _written);

    public ReadOnlySpan<byte> Span => _array.AsSpan(0, _written);

    public void Advance(int count) => _written += count;

    /// <summary>Begins anew.</summary>
    public void Clear() => _written = 0;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _array.AsMemory(_written);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _array.AsSpan(_written);
    }

    /// <summary>Gives the memory back; a second time does nothing.</summary>
    public void Dispose()
    {
        var array = _array;
        _array = [];
        _written = 0;
        if (array.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(array);
        }
    }

    private void Reserve(int sizeHint)
    {
        if (_array.Length - _written >= Math.Max(sizeHint, 1))
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(checked(Math.Max(_array.Length * 2, _written + sizeHint)));
        _array.AsSpan(0, _written).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_array);
        _array = larger;
    }
}
