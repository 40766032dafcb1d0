using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace TagGateway.Caching;

/// <summary>Writes the fields of <see cref="EntryFormat"/>.</summary>
internal readonly struct FieldWriter(PooledBuffer target)
{
    /// <summary>The field's number and its length.</summary>
    public const int HeadBytes = sizeof(ushort) + sizeof(uint);

    public void Write(EntryField field, ReadOnlySpan<byte> value = default)
    {
        var head = target.GetSpan(HeadBytes);
        BinaryPrimitives.WriteUInt16LittleEndian(head, (ushort)field);
        BinaryPrimitives.WriteUInt32LittleEndian(head[sizeof(ushort)..], (uint)value.Length);
        target.Advance(HeadBytes);
        target.Write(value);
    }

    public void Write(EntryField field, string value) => Write(field, Encoding.UTF8.GetBytes(value));

    public void Write(EntryField field, long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        Write(field, bytes);
    }
}
