namespace TagGateway.Html;

/// <summary>Finds the end of what begins with <c>&lt;!</c>, <c>&lt;?</c> or <c>&lt;/</c> and is no tag (WHATWG HTML §13.2.5.41 to 53, 69 to 71). Goes on at any byte.</summary>
internal struct DeclarationScanner
{
    private Kind _kind;
    private long _length;

    private enum Kind : byte
    {
        /// <summary>Up to the next '&gt;': doctypes, processing instructions, and what is neither.</summary>
        Bogus,
        Comment,
        Cdata,
    }

    /// <summary>So many of the bytes read have to be shown again: of an end that is cut, or of the dashes that began a comment.</summary>
    public readonly int Lookback => _kind == Kind.Comment ? 3 : _kind == Kind.Cdata ? 2 : 0;

    public void BeginBogus() => (_kind, _length) = (Kind.Bogus, 0);

    /// <summary>Behind <c>&lt;!--</c>.</summary>
    public void BeginComment() => (_kind, _length) = (Kind.Comment, 0);

    /// <summary>Behind <c>&lt;![CDATA[</c>.</summary>
    public void BeginCdata() => (_kind, _length) = (Kind.Cdata, 0);

    /// <summary>True behind its end; false when all is read.</summary>
    /// <param name="bytes">With <see cref="Lookback"/> before <paramref name="position"/>.</param>
    /// <param name="position">Moves on.</param>
    public bool TryEnd(ReadOnlySpan<byte> bytes, ref int position)
    {
        while (bytes[position..].IndexOf((byte)'>') is >= 0 and var length)
        {
            _length += length;
            position += length;
            var ended = Closes(bytes[..position]);
            _length++;
            position++;
            if (ended)
            {
                return true;
            }
        }

        _length += bytes.Length - position;
        position = bytes.Length;
        return false;
    }

    /// <summary>At a '&gt;'. A comment ends with <c>--&gt;</c>, for which the two dashes that began it count, and with <c>--!&gt;</c>, for which they do not.</summary>
    private readonly bool Closes(ReadOnlySpan<byte> before) => _kind switch
    {
        Kind.Comment => before.EndsWith("--"u8) || (_length >= 3 && before.EndsWith("--!"u8)),
        Kind.Cdata => _length >= 2 && before.EndsWith("]]"u8),
        _ => true,
    };
}
