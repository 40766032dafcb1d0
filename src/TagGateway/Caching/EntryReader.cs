using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;
using TagGateway.Rewriting;
using TagGateway.Sanitizing;

namespace TagGateway.Caching;

/// <summary>Puts an entry together out of its fields. Whoever wrote them could write to Redis: they are checked like any input.</summary>
internal sealed class EntryReader
{
    /// <summary>Far more than any script's; each takes memory of its own.</summary>
    private const int MaxFields = 4096;
    private const int HashLength = 22;
    private const int PathKeyLength = 32;

    /// <summary>As much as the longest lifetimes of a configuration; keeps sums of times from overflowing.</summary>
    private static readonly long MaxMilliseconds = (long)TimeSpan.FromDays(100 * 365).TotalMilliseconds;

    private readonly List<HeaderField> _headers = [];
    private readonly List<TagBlob> _blobs = [];
    private readonly List<string> _namedTags = [];
    private string? _key;
    private string? _site;
    private string? _tag;
    private string? _hash;
    private ContentCoding _coding;
    private bool _isVersioned;
    private bool _isTemplate;
    private long? _purgeStamp;
    private long? _age;
    private long? _timeToLive;
    private ReadOnlyMemory<byte>? _body;

    /// <summary>Null when a field is cut off, missing or wrong.</summary>
    public SharedEntry? Read(ReadOnlyMemory<byte> fields)
    {
        for (var count = 0; !fields.IsEmpty; count++)
        {
            if (count == MaxFields || fields.Length < FieldWriter.HeadBytes)
            {
                return null;
            }

            var field = (EntryField)BinaryPrimitives.ReadUInt16LittleEndian(fields.Span);
            var length = BinaryPrimitives.ReadUInt32LittleEndian(fields.Span[sizeof(ushort)..]);
            fields = fields[FieldWriter.HeadBytes..];
            if (length > fields.Length || !TryTake(field, fields[..(int)length]))
            {
                return null;
            }

            fields = fields[(int)length..];
        }

        return Finish();
    }

    private SharedEntry? Finish()
    {
        if (_key is null || _site is null || _tag is null || _hash is null || _body is not { } body
            || _purgeStamp is not { } purgeStamp || _age is not { } age || _timeToLive is not { } timeToLive)
        {
            return null;
        }

        var facts = new ScriptFacts(_blobs, _namedTags);
        var head = new EntryHead(EntryKey.FromText(_key), _site, _tag, _headers, _coding, _hash, facts, _isVersioned, purgeStamp, _isTemplate);
        return new SharedEntry(head, body, TimeSpan.FromMilliseconds(age), TimeSpan.FromMilliseconds(timeToLive));
    }

    private bool TryTake(EntryField field, ReadOnlyMemory<byte> value)
    {
        switch (field)
        {
            case EntryField.Key: return TryText(value, out _key);
            case EntryField.Site: return TryText(value, out _site);
            case EntryField.Tag: return TryText(value, out _tag);
            case EntryField.Header: return TryHeader(value);
            case EntryField.Coding: return TryText(value, out var coding) && ContentCodings.TryParse(coding, out _coding);
            case EntryField.Hash: return TryText(value, out _hash) && _hash.Length == HashLength && Base64Url.IsValid(_hash);
            case EntryField.PurgeStamp: return TryNumber(value, long.MaxValue, out _purgeStamp);
            case EntryField.Age: return TryNumber(value, MaxMilliseconds, out _age);
            case EntryField.TimeToLive: return TryNumber(value, MaxMilliseconds, out _timeToLive);
            case EntryField.Blob or EntryField.BlobId or EntryField.BlobAlias or EntryField.BlobPathKey: return TryBlob(field, value);
            case EntryField.NamedTag: return TryAdd(value, _namedTags);
            case EntryField.Versioned:
                _isVersioned = true;
                return true;
            case EntryField.Template:
                _isTemplate = true;
                return true;
            case EntryField.Body:
                _body = value;
                return true;
            default:
                return true; // of a later version
        }
    }

    private bool TryHeader(ReadOnlyMemory<byte> value)
    {
        if (!TryText(value, out var line))
        {
            return false;
        }

        // The server refuses to send other ones, and answers 500 in their place.
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || !HeaderSyntax.IsToken(line.AsSpan(0, colon)) || HeaderSyntax.HasControlCharacter(line.AsSpan(colon + 1)))
        {
            return false;
        }

        _headers.Add(new HeaderField(line[..colon], line[(colon + 1)..]));
        return true;
    }

    /// <summary>The fields of a blob belong to the one begun last.</summary>
    private bool TryBlob(EntryField field, ReadOnlyMemory<byte> value)
    {
        if (field == EntryField.Blob)
        {
            _blobs.Add(new TagBlob(null, new List<string>(), null));
            return true;
        }

        if (_blobs.Count == 0)
        {
            return false;
        }

        var blob = _blobs[^1];
        switch (field)
        {
            case EntryField.BlobId when TryText(value, out var id):
                _blobs[^1] = blob with { Id = id };
                return true;
            case EntryField.BlobPathKey when value.Length == PathKeyLength:
                _blobs[^1] = blob with { PathKey = value.ToArray() };
                return true;
            case EntryField.BlobAlias:
                return TryAdd(value, (List<string>)blob.Aliases); // made above
            default:
                return false;
        }
    }

    private static bool TryAdd(ReadOnlyMemory<byte> value, List<string> texts)
    {
        var isText = TryText(value, out var text);
        texts.Add(text);
        return isText;
    }

    private static bool TryText(ReadOnlyMemory<byte> value, out string text)
    {
        var isText = Utf8.IsValid(value.Span);
        text = isText ? Encoding.UTF8.GetString(value.Span) : "";
        return isText;
    }

    private static bool TryNumber(ReadOnlyMemory<byte> value, long most, out long? number)
    {
        number = value.Length == sizeof(long) ? BinaryPrimitives.ReadInt64LittleEndian(value.Span) : null;
        return number >= 0 && number <= most;
    }
}
