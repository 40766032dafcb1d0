using System.Diagnostics.CodeAnalysis;
using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;
using TagGateway.Limits;

namespace TagGateway.Caching;

/// <summary>Memory that is also a file without a name (memfd, Linux): the kernel sends it to a visitor by itself, without a copy. What it is still
/// sending when the block is given back it keeps; the pages are never written again.</summary>
internal sealed unsafe class FileBlock : NativeBlock
{
    /// <summary>Each is an open file of the process: connections need theirs too.</summary>
    public static readonly int MaxFiles = Math.Min(4096, OpenFiles.StoredBodies);

    private static int Files;

    /// <summary>How many there are.</summary>
    public static int Count => Volatile.Read(ref Files);

    private readonly MemoryMappedViewAccessor _view;

    private FileBlock(SafeFileHandle file, MemoryMappedViewAccessor view, byte* address, int length)
        : base(address, length) => (File, _view) = (file, view);

    /// <summary>Holds the bytes from its beginning, and nothing else. To be read only, with offsets.</summary>
    public SafeFileHandle File { get; }

    /// <param name="bytes">Copied; not empty.</param>
    /// <param name="block">What was made of them.</param>
    /// <returns>False where there are no such files, or no more of them.</returns>
    public static bool TryCreate(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out FileBlock? block)
    {
        block = null;
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        if (Interlocked.Increment(ref Files) <= MaxFiles && MemoryFile.TryCreate(out var file))
        {
            block = TryFill(file, bytes);
        }

        if (block is null)
        {
            Interlocked.Decrement(ref Files);
        }

        return block is not null;
    }

    protected override void Free()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        File.Dispose();
        Interlocked.Decrement(ref Files);
    }

    /// <summary>Null when the memory for it is not to be had.</summary>
    private static FileBlock? TryFill(SafeFileHandle file, ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(file, bytes, fileOffset: 0);
            using var mapped = MemoryMappedFile.CreateFromFile(file, null, bytes.Length, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
            var view = mapped.CreateViewAccessor(0, bytes.Length, MemoryMappedFileAccess.Read);
            byte* address = null;
            view.SafeMemoryMappedViewHandle.AcquirePointer(ref address);
            return new FileBlock(file, view, address, bytes.Length);
        }
        catch (IOException)
        {
            file.Dispose();
            return null;
        }
    }
}
