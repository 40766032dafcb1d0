using System.Buffers;
using System.Text;

namespace TagGateway.Html;

/// <summary>Reads a page's bytes as a browser with scripts does (WHATWG HTML §13.2.5), as far as it must be known what is a tag and what only looks like one. Tells of
/// the tags that matter; goes on at any byte, with bounded memory. Every charset that is a superset of ASCII reads the same.</summary>
internal sealed class HtmlTokenizer
{
    /// <summary>A longer tag is passed over, its attributes unread.</summary>
    public const int MaxTagBytes = 16 * 1024;

    /// <summary>A longer script is passed over unread.</summary>
    public const int MaxContentBytes = 64 * 1024;

    private static readonly SearchValues<byte> NameEnd = SearchValues.Create("\t\n\f\r />"u8);
    private static readonly SearchValues<byte> Brackets = SearchValues.Create("<>"u8);

    private readonly OpenElements _open = new();
    private Place _place;
    private TagScanner _tag;
    private HtmlName _name;
    private bool _isEndTag;

    /// <summary>Where the unfinished tag, content, comment or CDATA section begins; may lie before the bytes at hand.</summary>
    private int _start;
    private bool _isHeld;

    private enum Place : byte
    {
        Markup,
        Tag,
        Comment,
        BogusComment,
        Cdata,
        Raw,
        Script,
        EscapedScript,
        DoublyEscapedScript,
        Finished,
    }

    /// <summary>Every tag and text is told, not only those that can hold a tag of Google's: until the head has ended.</summary>
    public bool ReadsEverything { get; set; } = true;

    /// <summary>Up to here the bytes are read.</summary>
    public int Position { get; private set; }

    /// <summary>The first byte that has to be shown again with those that follow.</summary>
    public int Keep { get; private set; }

    /// <summary>Nothing that follows is a tag for sure.</summary>
    public bool IsFinished => _place == Place.Finished;

    /// <summary>It ended because parsers differ about what follows.</summary>
    public bool IsDoubtful { get; private set; }

    /// <summary>Between tags of the page itself: a script put here is one.</summary>
    public bool IsAtMarkup => _place == Place.Markup && _open.IsPlain;

    /// <summary>What is told now stands in a template: its scripts do not run.</summary>
    public bool IsInTemplate => _open.IsInTemplate;

    /// <summary>Asks, behind the start tag that was told last, for the content up to the end tag.</summary>
    public void HoldContent()
    {
        if (_place is Place.Raw or Place.Script)
        {
            (_start, _isHeld) = (Position, true);
        }
    }

    /// <summary>The next token; false when these bytes hold no further whole one.</summary>
    /// <param name="bytes">From the last <see cref="Keep"/> on, and what followed.</param>
    /// <param name="isLast">The page ends with them.</param>
    /// <param name="token">With places in <paramref name="bytes"/>.</param>
    public bool TryRead(ReadOnlySpan<byte> bytes, bool isLast, out HtmlToken token)
    {
        token = default;
        while (Position < bytes.Length)
        {
            var before = (Position, _place);
            var found = _place switch
            {
                Place.Markup => ReadMarkup(bytes, isLast, out token),
                Place.Tag => ReadTag(bytes, out token),
                Place.Comment => SkipTo(bytes, ClosesComment),
                Place.Cdata => SkipTo(bytes, ClosesCdata),
                Place.BogusComment => SkipTo(bytes, static (_, _, _) => true),
                Place.Raw => ReadRaw(bytes, isLast, out token),
                Place.Finished => Pass(bytes),
                _ => ReadScript(bytes, isLast, out token),
            };
            if (found)
            {
                return true;
            }

            if (before == (Position, _place))
            {
                break; // more bytes have to decide
            }
        }

        Keep = KeepFrom();
        return false;
    }

    /// <summary>The first bytes will not be shown again.</summary>
    public void Forget(int count)
    {
        Position -= count;
        Keep -= count;
        _start = Math.Max(_start - count, -MaxContentBytes); // no overflow on endless comments
    }

    private int KeepFrom() => _place switch
    {
        Place.Tag or Place.Raw or Place.Script or Place.EscapedScript or Place.DoublyEscapedScript when _isHeld => _start,
        Place.Comment => Math.Max(_start, Position - 3),
        Place.Cdata => Math.Max(_start, Position - 2),
        Place.EscapedScript or Place.DoublyEscapedScript => Math.Max(Position - 2, 0),
        _ => Position,
    };

    private bool Pass(ReadOnlySpan<byte> bytes)
    {
        Position = bytes.Length;
        return false;
    }

    private bool ReadMarkup(ReadOnlySpan<byte> bytes, bool isLast, out HtmlToken token)
    {
        token = default;
        if (!ReadsEverything && _open.IsQuiet)
        {
            Position = QuietTags.Pass(bytes, Position, _open.IsForeign);
        }

        var rest = bytes[Position..];
        var length = rest.IndexOf((byte)'<');
        var text = length < 0 ? rest : rest[..length];
        if (ReadsEverything && !_open.IsInTemplate && text.IndexOfAnyExcept(TagScanner.WhiteSpace) is >= 0 and var ink)
        {
            token = new HtmlToken(HtmlTokenKind.Text, HtmlName.Other, Position + ink, Position + text.Length, IsWhole: true);
            Position += text.Length;
            return true;
        }

        Position += text.Length;
        return length >= 0 && ReadOpening(bytes, bytes[(Position + 1)..], isLast, out token);
    }

    /// <summary>At a '&lt;'.</summary>
    private bool ReadOpening(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> rest, bool isLast, out HtmlToken token)
    {
        token = default;
        if (rest.IsEmpty)
        {
            return EndsHere(isLast, bytes.Length);
        }

        var next = rest[0];
        if (char.IsAsciiLetter((char)next))
        {
            return BeginTag(bytes, 1, isLast, out token);
        }

        if (next == '/')
        {
            return rest.Length < 2 ? EndsHere(isLast, bytes.Length)
                : char.IsAsciiLetter((char)rest[1]) ? BeginTag(bytes, 2, isLast, out token)
                : rest[1] == '>' ? Move(Place.Markup, 3) : Move(Place.BogusComment, 2);
        }

        return next switch
        {
            (byte)'!' => ReadDeclaration(rest[1..], isLast, out token),
            (byte)'?' => Move(Place.BogusComment, 2),
            _ => ReadsEverything && !_open.IsInTemplate ? TellText(out token) : Move(Place.Markup, 1),
        };
    }

    private bool TellText(out HtmlToken token)
    {
        token = new HtmlToken(HtmlTokenKind.Text, HtmlName.Other, Position, Position + 1, IsWhole: true);
        Position++;
        return true;
    }

    private bool ReadDeclaration(ReadOnlySpan<byte> rest, bool isLast, out HtmlToken token)
    {
        token = default;
        if (rest.StartsWith("--"u8))
        {
            _start = Position + 2; // its two dashes count: "<!-->" is a whole comment
            return Move(Place.Comment, 4);
        }

        if (rest.Length >= 7 && Ascii.EqualsIgnoreCase(rest[..7], "doctype"u8))
        {
            token = new HtmlToken(HtmlTokenKind.Doctype, HtmlName.Other, Position, Position + 2, IsWhole: false);
            Move(Place.BogusComment, 2); // it ends at the first '>', quotes or not
            return true;
        }

        if (!isLast && (TagMatch.MayBecome(rest, "--"u8) || TagMatch.MayBecome(rest, "doctype"u8) || TagMatch.MayBecome(rest, "[CDATA["u8)))
        {
            return false;
        }

        if (!_open.TakesCdata || !rest.StartsWith("[CDATA["u8)) // its case counts
        {
            return Move(Place.BogusComment, 2);
        }

        if (_open.IsDoubtful)
        {
            return Doubt();
        }

        _start = Position + 9;
        return Move(Place.Cdata, 9);
    }

    private bool BeginTag(ReadOnlySpan<byte> bytes, int nameAt, bool isLast, out HtmlToken token)
    {
        token = default;
        var rest = bytes[(Position + nameAt)..];
        var length = rest.IndexOfAny(NameEnd);
        if (length < 0 && rest.Length <= HtmlNames.MaxLength && !isLast)
        {
            return false;
        }

        var start = Position;
        _tag.Begin(isNamed: length >= 0);
        length = length < 0 ? rest.Length : length;
        (_isEndTag, _name) = (nameAt == 2, HtmlNames.Find(rest[..length]));
        Move(Place.Tag, nameAt + length);
        _isHeld = !_isEndTag && !_open.IsForeign && NeedsAttributes();
        _start = start;
        if (_isHeld || _open.IsForeign || !ReadsEverything)
        {
            return false;
        }

        token = new HtmlToken(_isEndTag ? HtmlTokenKind.EndTag : HtmlTokenKind.StartTag, _name, start, Position, IsWhole: false);
        return true;
    }

    /// <summary>Held until it is whole, so that it can be read and changed.</summary>
    private bool NeedsAttributes() =>
        _name is HtmlName.Script or HtmlName.Link or HtmlName.Meta or HtmlName.Base or HtmlName.Html or HtmlName.Head or HtmlName.Noscript or HtmlName.Iframe;

    private bool ReadTag(ReadOnlySpan<byte> bytes, out HtmlToken token)
    {
        token = default;
        var position = Position;
        var ended = _tag.TryEnd(bytes, ref position);
        Position = position;
        if (!ended)
        {
            if (!_isHeld || Position - _start <= MaxTagBytes)
            {
                return false;
            }

            _isHeld = false;
            token = new HtmlToken(HtmlTokenKind.StartTag, _name, _start, Position, IsWhole: false);
            return true;
        }

        var wasHeld = _isHeld;
        _isHeld = false;
        if (_isEndTag)
        {
            _place = Place.Markup;
            _open.Close(_name);
            return false;
        }

        switch (_open.Open(_name, _tag.IsSelfClosing))
        {
            case TextKind.Doubtful:
                return Doubt();
            case TextKind.Plain:
                _place = Place.Finished;
                break;
            case TextKind.Raw:
                _place = Place.Raw;
                break;
            case TextKind.Script:
                _place = Place.Script;
                break;
            default:
                _place = Place.Markup;
                break;
        }

        token = new HtmlToken(HtmlTokenKind.StartTag, _name, _start, Position, IsWhole: true);
        return wasHeld;
    }

    private bool ReadRaw(ReadOnlySpan<byte> bytes, bool isLast, out HtmlToken token)
    {
        token = default;
        var length = bytes[Position..].IndexOf((byte)'<');
        Position = length < 0 ? bytes.Length : Position + length;
        if (length >= 0)
        {
            switch (TagMatch.EndOf(bytes[Position..], NameOf(_name), isLast))
            {
                case true:
                    return EndContent(out token);
                case false:
                    Position++;
                    break;
            }
        }

        return IsTooLong(out token);
    }

    private bool ReadScript(ReadOnlySpan<byte> bytes, bool isLast, out HtmlToken token)
    {
        token = default;
        var isEscaped = _place != Place.Script;
        var length = isEscaped ? bytes[Position..].IndexOfAny(Brackets) : bytes[Position..].IndexOf((byte)'<');
        Position = length < 0 ? bytes.Length : Position + length;
        if (length < 0)
        {
            return IsTooLong(out token);
        }

        var rest = bytes[Position..];
        if (rest[0] == '>')
        {
            // "-->", and the dashes of "<!--" count.
            _place = Position >= 2 && bytes[(Position - 2)..Position].SequenceEqual("--"u8) ? Place.Script : _place;
            Position++;
            return IsTooLong(out token);
        }

        var end = TagMatch.EndOf(rest, "script"u8, isLast);
        if (end == true && _place != Place.DoublyEscapedScript)
        {
            return EndContent(out token);
        }

        var turn = isEscaped ? TagMatch.StartOf(rest, "script"u8, isLast) : TagMatch.IsComment(rest, isLast);
        if (end is null || turn is null)
        {
            return IsTooLong(out token);
        }

        _place = _place switch
        {
            Place.Script when turn == true => Place.EscapedScript,
            Place.EscapedScript when turn == true => Place.DoublyEscapedScript,
            Place.DoublyEscapedScript when end == true => Place.EscapedScript,
            _ => _place,
        };
        Position += !isEscaped && turn == true ? 4 : 1;
        return IsTooLong(out token);
    }

    /// <summary>At its end tag, which is read as any other next.</summary>
    private bool EndContent(out HtmlToken token)
    {
        token = new HtmlToken(HtmlTokenKind.Content, _name, _start, Position, IsWhole: true);
        _place = Place.Markup;
        var wasHeld = _isHeld;
        _isHeld = false;
        return wasHeld;
    }

    private bool IsTooLong(out HtmlToken token)
    {
        token = new HtmlToken(HtmlTokenKind.Content, _name, _start, Position, IsWhole: false);
        var isTooLong = _isHeld && Position - _start > MaxContentBytes;
        _isHeld &= !isTooLong;
        return isTooLong;
    }

    private static ReadOnlySpan<byte> NameOf(HtmlName name) => name switch
    {
        HtmlName.Title => "title"u8,
        HtmlName.Textarea => "textarea"u8,
        HtmlName.Style => "style"u8,
        HtmlName.Xmp => "xmp"u8,
        HtmlName.Iframe => "iframe"u8,
        HtmlName.Noembed => "noembed"u8,
        HtmlName.Noframes => "noframes"u8,
        _ => "noscript"u8,
    };

    private delegate bool Closing(ReadOnlySpan<byte> bytes, int at, int start);

    /// <summary>Passes over a comment or the like, behind the first '&gt;' that closes it.</summary>
    private bool SkipTo(ReadOnlySpan<byte> bytes, Closing closes)
    {
        var length = bytes[Position..].IndexOf((byte)'>');
        if (length < 0)
        {
            Position = bytes.Length;
            return false;
        }

        Position += length;
        _place = closes(bytes, Position, _start) ? Place.Markup : _place;
        Position++;
        return false;
    }

    /// <summary><c>--&gt;</c>, <c>--!&gt;</c>; the two dashes that opened it count for the first.</summary>
    private static bool ClosesComment(ReadOnlySpan<byte> bytes, int at, int start) =>
        bytes[(at - 2)..at].SequenceEqual("--"u8) || (at - 5 >= start && bytes[(at - 3)..at].SequenceEqual("--!"u8));

    private static bool ClosesCdata(ReadOnlySpan<byte> bytes, int at, int start) => at - 2 >= start && bytes[(at - 2)..at].SequenceEqual("]]"u8);

    private bool Move(Place place, int count)
    {
        _place = place;
        Position += count;
        return false;
    }

    /// <summary>False: what would decide is still to come, or never comes.</summary>
    private bool EndsHere(bool isLast, int length)
    {
        Position = isLast ? length : Position;
        return false;
    }

    private bool Doubt()
    {
        (_place, IsDoubtful) = (Place.Finished, true);
        return false;
    }
}
