using System.Runtime.InteropServices;

namespace TagGateway.Caching;

/// <summary>Plain memory of the C library's.</summary>
internal sealed unsafe class AllocatedBlock : NativeBlock
{
    private readonly void* _address;

    private AllocatedBlock(void* address, int length)
        : base((byte*)address, length) => _address = address;

    /// <param name="bytes">Copied.</param>
    public static AllocatedBlock Create(ReadOnlySpan<byte> bytes)
    {
        var block = new AllocatedBlock(NativeMemory.Alloc((nuint)bytes.Length), bytes.Length);
        bytes.CopyTo(block.GetSpan());
        return block;
    }

    protected override void Free() => NativeMemory.Free(_address);
}
