using System.Buffers;

namespace TagGateway.Caching;

/// <summary>A piece of memory outside the garbage-collected heap. Given back when its owner lets go, but not while something has it pinned.
/// Never by a finalizer: a span of it would not keep it alive (CA2015).</summary>
internal abstract unsafe class NativeBlock : MemoryManager<byte>
{
    private readonly byte* _address;
    private readonly int _length;

    /// <summary>The owner's and one for each pin.</summary>
    private int _holds = 1;

    protected NativeBlock(byte* address, int length)
    {
        _address = address;
        _length = length;
    }

    public sealed override Span<byte> GetSpan()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _holds) == 0, this);
        return new Span<byte>(_address, _length);
    }

    public sealed override MemoryHandle Pin(int elementIndex = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)elementIndex, (uint)_length);
        var holds = Volatile.Read(ref _holds);
        while (holds > 0)
        {
            var before = Interlocked.CompareExchange(ref _holds, holds + 1, holds);
            if (before == holds)
            {
                return new MemoryHandle(_address + elementIndex, pinnable: this);
            }

            holds = before;
        }

        throw new ObjectDisposedException(nameof(NativeBlock));
    }

    public sealed override void Unpin() => LetGo();

    /// <summary>The owner lets go, once.</summary>
    protected sealed override void Dispose(bool disposing) => LetGo();

    /// <summary>Gives the memory back; nothing reads it any more.</summary>
    protected abstract void Free();

    private void LetGo()
    {
        if (Interlocked.Decrement(ref _holds) == 0)
        {
            Free();
        }
    }
}
