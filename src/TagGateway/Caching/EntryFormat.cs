using System.Buffers;
using System.IO.Hashing;
using TagGateway.Rewriting;

namespace TagGateway.Caching;

/// <summary>An entry as bytes, for gateways of several versions on one Redis. Numbers are little-endian, text is UTF-8.</summary>
/// <remarks>
/// Grammar: <c>entry = "TGWE" major checksum *field</c>; <c>major</c> = 1 byte; <c>checksum</c> = XxHash128 of all other bytes;
/// <c>field = number(2) length(4) bytes</c>, the numbers in <see cref="EntryField"/>.
/// A field that is not known is skipped: a new one needs no new major version as long as an entry is right without it.
/// The checksum tells damage from an entry. It is no signature: who may write to this Redis can write scripts.
/// </remarks>
internal static class EntryFormat
{
    /// <summary>Of a whole entry; what is larger is neither written nor read.</summary>
    public const int MaxBytes = 8 * 1024 * 1024;

    private const byte Major = 1;
    private const int ChecksumBytes = 16;

    private static ReadOnlySpan<byte> Magic => "TGWE"u8;

    private static int ChecksumAt => Magic.Length + sizeof(byte);

    private static int FieldsAt => ChecksumAt + ChecksumBytes;

    /// <summary>Null when it is too large to be shared.</summary>
    /// <param name="head">All but body and age.</param>
    /// <param name="body">Only read during the call.</param>
    /// <param name="age">Now.</param>
    /// <param name="timeToLive">What Redis is told to keep it.</param>
    public static byte[]? Write(EntryHead head, ReadOnlySpan<byte> body, TimeSpan age, TimeSpan timeToLive)
    {
        if (body.Length > MaxBytes)
        {
            return null;
        }

        using var buffer = new PooledBuffer(body.Length + 16 * 1024);
        buffer.Write(Magic);
        buffer.Write([Major]);
        buffer.Write(stackalloc byte[ChecksumBytes]);
        var fields = new FieldWriter(buffer);
        WriteHead(head, fields);
        fields.Write(EntryField.Age, (long)age.TotalMilliseconds);
        fields.Write(EntryField.TimeToLive, (long)timeToLive.TotalMilliseconds);
        fields.Write(EntryField.Body, body);
        if (buffer.Length > MaxBytes)
        {
            return null;
        }

        var bytes = buffer.Span.ToArray();
        WriteChecksum(bytes, bytes.AsSpan(ChecksumAt, ChecksumBytes));
        return bytes;
    }

    /// <summary>Null for anything but a whole entry of this major version; never throws, and takes no memory before the checksum is right.</summary>
    public static SharedEntry? Read(ReadOnlyMemory<byte> bytes)
    {
        var span = bytes.Span;
        if (span.Length < FieldsAt || span.Length > MaxBytes || !span.StartsWith(Magic) || span[Magic.Length] != Major)
        {
            return null;
        }

        Span<byte> checksum = stackalloc byte[ChecksumBytes];
        WriteChecksum(span, checksum);
        return checksum.SequenceEqual(span.Slice(ChecksumAt, ChecksumBytes)) ? new EntryReader().Read(bytes[FieldsAt..]) : null;
    }

    private static void WriteHead(EntryHead head, FieldWriter fields)
    {
        fields.Write(EntryField.Key, head.Key.ToString());
        fields.Write(EntryField.Site, head.Site);
        fields.Write(EntryField.Tag, head.Tag);
        foreach (var header in head.Headers)
        {
            fields.Write(EntryField.Header, $"{header.Name}:{header.Value}");
        }

        if (ContentCodings.NameOf(head.Coding) is { } coding)
        {
            fields.Write(EntryField.Coding, coding);
        }

        fields.Write(EntryField.Hash, head.Hash);
        if (head.IsVersioned)
        {
            fields.Write(EntryField.Versioned);
        }

        if (head.IsTemplate)
        {
            fields.Write(EntryField.Template);
        }

        fields.Write(EntryField.PurgeStamp, head.PurgeStamp);
        WriteFacts(head.Facts, fields);
    }

    private static void WriteFacts(ScriptFacts facts, FieldWriter fields)
    {
        foreach (var blob in facts.Blobs)
        {
            fields.Write(EntryField.Blob);
            if (blob.Id is not null)
            {
                fields.Write(EntryField.BlobId, blob.Id);
            }

            foreach (var alias in blob.Aliases)
            {
                fields.Write(EntryField.BlobAlias, alias);
            }

            if (blob.PathKey is not null)
            {
                fields.Write(EntryField.BlobPathKey, blob.PathKey);
            }
        }

        foreach (var tag in facts.NamedTags)
        {
            fields.Write(EntryField.NamedTag, tag);
        }
    }

    private static void WriteChecksum(ReadOnlySpan<byte> entry, Span<byte> target)
    {
        var hash = new XxHash128();
        hash.Append(entry[..ChecksumAt]);
        hash.Append(entry[FieldsAt..]);
        hash.GetCurrentHash(target);
    }
}
