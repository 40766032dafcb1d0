using System.Buffers;
using TagGateway.Limits;

namespace TagGateway.Caching;

/// <summary>A growing buffer over pooled arrays: whole scripts pass through it, and none of it becomes garbage. Not for two threads at once.</summary>
internal sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private const int SmallestBytes = 64 * 1024;

    private readonly MemoryLease? _lease;
    private byte[] _array = [];
    private int _written;

    /// <param name="capacity">A first guess in bytes; 0: none.</param>
    public PooledBuffer(int capacity = 0) => _array = ArrayPool<byte>.Shared.Rent(Math.Max(capacity, SmallestBytes));

    /// <summary>An empty buffer whose memory is taken from a lease. Where somebody else decides on the size, <see cref="TryReserve"/> is to be asked first: what
    /// is merely written is taken in any case.</summary>
    /// <param name="lease">Null: the memory is not accounted for.</param>
    public PooledBuffer(MemoryLease? lease) => _lease = lease;

    public int Length => _written;

    /// <summary>Whether <see cref="TryReserve"/> has been refused.</summary>
    public bool LacksRoom { get; private set; }

    /// <summary>Valid until the next write or <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<byte> Memory => _array.AsMemory(0, _written);

    public ReadOnlySpan<byte> Span => _array.AsSpan(0, _written);

    public void Advance(int count) => _written += count;

    /// <summary>Begins anew.</summary>
    public void Clear() => _written = 0;

    /// <summary>Makes room for <paramref name="count"/> more bytes; false, and nothing changed, when the lease does not have them.</summary>
    public bool TryReserve(int count)
    {
        if (HasRoomFor(count))
        {
            return true;
        }

        var capacity = CapacityFor(count);
        if (_lease?.TryTake(capacity) == false)
        {
            LacksRoom = true;
            return false;
        }

        Grow(capacity);
        return true;
    }

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
        GiveBack(array);
    }

    private bool HasRoomFor(int count) => _array.Length - _written >= Math.Max(count, 1);

    /// <summary>A power of two, as the pool's arrays are.</summary>
    private int CapacityFor(int count)
    {
        var wanted = Math.Max(checked(_written + count), _array.Length == 0 ? SmallestBytes : checked(_array.Length * 2));
        return wanted > Array.MaxLength / 2 ? wanted : (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)wanted);
    }

    private void Reserve(int sizeHint)
    {
        if (!HasRoomFor(sizeHint))
        {
            var capacity = CapacityFor(sizeHint);
            _lease?.TakeUpTo(capacity, capacity);
            Grow(capacity);
        }
    }

    /// <param name="capacity">Taken already; what is replaced is given back.</param>
    private void Grow(int capacity)
    {
        var larger = ArrayPool<byte>.Shared.Rent(capacity);
        if (larger.Length != capacity)
        {
            _lease?.TakeUpTo(larger.Length - capacity, larger.Length - capacity);
        }

        _array.AsSpan(0, _written).CopyTo(larger);
        GiveBack(_array);
        _array = larger;
    }

    private void GiveBack(byte[] array)
    {
        if (array.Length > 0)
        {
            _lease?.Give(array.Length);
            ArrayPool<byte>.Shared.Return(array);
        }
    }
}
