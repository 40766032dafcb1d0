using System.Buffers;
using System.Runtime.InteropServices;

namespace TagGateway.Caching;

/// <summary>A piece of memory outside the garbage-collected heap. Freed by its owner, but not while something has it pinned.
/// Never by a finalizer: a span of it would not keep it alive (CA2015).</summary>
internal sealed unsafe class NativeBlock : MemoryManager<byte>
{
    private readonly int _length;
    private void* _address;

    /// <summary>The owner's and one for each pin.</summary>
    private int _holds = 1;

    /// <param name="bytes">Copied.</param>
    public NativeBlock(ReadOnlySpan<byte> bytes)
    {
        _length = bytes.Length;
        _address = NativeMemory.Alloc((nuint)bytes.Length);
        bytes.CopyTo(new Span<byte>(_address, _length));
    }

    public override Span<byte> GetSpan()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _holds) == 0, this);
        return new Span<byte>(_address, _length);
    }

    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)elementIndex, (uint)_length);
        var holds = Volatile.Read(ref _holds);
        while (holds > 0)
        {
            var before = Interlocked.CompareExchange(ref _holds, holds + 1, holds);
            if (before == holds)
            {
                return new MemoryHandle((byte*)_address + elementIndex, pinnable: this);
            }

            holds = before;
        }

        throw new ObjectDisposedException(nameof(NativeBlock));
    }

    public override void Unpin() => LetGo();

    /// <summary>The owner lets go, once.</summary>
    protected override void Dispose(bool disposing) => LetGo();

    private void LetGo()
    {
        if (Interlocked.Decrement(ref _holds) == 0)
        {
            NativeMemory.Free(_address);
            _address = null;
        }
    }
}
