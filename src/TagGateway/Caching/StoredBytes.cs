using System.Diagnostics.CodeAnalysis;
using Microsoft.Win32.SafeHandles;

namespace TagGateway.Caching;

/// <summary>An immutable body that is shared: the store holds one reference, each visitor who is being sent it another. Large ones lie
/// outside the garbage-collected heap, so that evicting one gives its memory back at once.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The last reference frees the block.")]
internal sealed class StoredBytes
{
    /// <summary>Below this a plain array is cheaper than memory of its own pages.</summary>
    private const int MinNativeBytes = 16 * 1024;

    private static long TotalBytesInUse;

    private readonly NativeBlock? _block;
    private int _references = 1;

    private StoredBytes(ReadOnlySpan<byte> bytes)
    {
        Length = bytes.Length;
        if (bytes.Length < MinNativeBytes)
        {
            Memory = bytes.ToArray();
        }
        else
        {
            _block = FileBlock.TryCreate(bytes, out var file) ? file : AllocatedBlock.Create(bytes);
            Memory = _block.Memory;
        }

        Interlocked.Add(ref TotalBytesInUse, Length);
    }

    /// <summary>The bytes of all bodies that are still referenced, in this process.</summary>
    public static long TotalBytes => Interlocked.Read(ref TotalBytesInUse);

    public int Length { get; }

    /// <summary>To be read by whoever holds a reference, and no longer: later its span throws <see cref="ObjectDisposedException"/>.
    /// Pinning it keeps the bytes where they are, whatever becomes of the references.</summary>
    public ReadOnlyMemory<byte> Memory { get; }

    /// <summary>The same bytes as a file, for the kernel to send; null for small ones, and where there are no such files.
    /// To be used by whoever holds a reference.</summary>
    public SafeFileHandle? File => (_block as FileBlock)?.File;

    /// <returns>With one reference, the caller's.</returns>
    /// <param name="bytes">Only read during the call; may be empty.</param>
    public static StoredBytes Copy(ReadOnlySpan<byte> bytes) => new(bytes);

    /// <summary>One more reference, to be given back by <see cref="Release"/>. False once the last one is gone: the body was evicted meanwhile.</summary>
    public bool TryRetain()
    {
        var references = Volatile.Read(ref _references);
        while (references > 0)
        {
            var before = Interlocked.CompareExchange(ref _references, references + 1, references);
            if (before == references)
            {
                return true;
            }

            references = before;
        }

        return false;
    }

    /// <summary>Gives a reference back; the last one frees the memory. One too many is ignored.</summary>
    public void Release()
    {
        var references = Volatile.Read(ref _references);
        while (references > 0)
        {
            var before = Interlocked.CompareExchange(ref _references, references - 1, references);
            if (before == references)
            {
                if (references == 1)
                {
                    Free();
                }

                return;
            }

            references = before;
        }
    }

    private void Free()
    {
        Interlocked.Add(ref TotalBytesInUse, -Length);
        ((IDisposable?)_block)?.Dispose();
    }
}
