namespace TagGateway.Html;

/// <summary>Reads a page's bytes as a browser with scripts does (WHATWG HTML §13.2.5), as far as it must be known what is a tag and what only looks like one. Tells of
/// the tags that matter; goes on at any byte, with bounded memory. Every charset that is a superset of ASCII reads the same.</summary>
internal sealed class HtmlTokenizer
{
    /// <summary>A longer tag is passed over, its attributes unread.</summary>
    public const int MaxTagBytes = 16 * 1024;

    /// <summary>A longer script is passed over unread.</summary>
    public const int MaxContentBytes = 64 * 1024;

    private readonly OpenElements _open = new();
    private Place _place;
    private TagScanner _tag;
    private ContentScanner _content;
    private DeclarationScanner _declaration;
    private HtmlName _name;
    private ulong _key;
    private bool _isEndTag;

    /// <summary>Where the unfinished tag or content begins; counts while it is held.</summary>
    private int _start;
    private bool _isHeld;

    private enum Place : byte
    {
        Beginning,
        Markup,
        Tag,
        Declaration,
        Content,
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
    public bool IsAtMarkup => _place is Place.Beginning or Place.Markup && _open.IsPlain;

    /// <summary>What is told now stands in a template: its scripts do not run.</summary>
    public bool IsInTemplate => _open.IsInTemplate;

    /// <summary>Asks, behind the start tag that was told last, for the content up to the end tag.</summary>
    public void HoldContent()
    {
        if (_place == Place.Content)
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
        var found = false;
        for (var before = (-1, _place); Position < bytes.Length && !found && before != (Position, _place);)
        {
            before = (Position, _place);
            found = _place switch
            {
                Place.Beginning => ReadBeginning(bytes, isLast),
                Place.Markup => ReadMarkup(bytes, isLast, out token),
                Place.Tag => ReadTag(bytes, out token),
                Place.Declaration => ReadDeclaration(bytes),
                Place.Content => ReadContent(bytes, isLast, out token),
                _ => Pass(bytes),
            };
        }

        Keep = KeepFrom();
        return found; // or more bytes have to decide
    }

    /// <summary>The first bytes will not be shown again.</summary>
    public void Forget(int count)
    {
        Position -= count;
        Keep -= count;
        _start -= count;
    }

    private int KeepFrom() => _place switch
    {
        Place.Tag or Place.Content when _isHeld => _start,
        Place.Declaration => Math.Max(Position - _declaration.Lookback, 0),
        Place.Content => Math.Max(Position - _content.Lookback, 0),
        _ => Position,
    };

    private bool Pass(ReadOnlySpan<byte> bytes)
    {
        Position = bytes.Length;
        return false;
    }

    private bool ReadBeginning(ReadOnlySpan<byte> bytes, bool isLast) => ByteOrderMark.LengthOf(bytes, isLast) is { } length && Move(Place.Markup, length);

    private bool ReadMarkup(ReadOnlySpan<byte> bytes, bool isLast, out HtmlToken token)
    {
        token = default;
        if (!ReadsEverything && _open.IsQuiet)
        {
            Position = QuietTags.Pass(bytes, Position);
        }

        var rest = bytes[Position..];
        var length = rest.IndexOf((byte)'<');
        var text = length < 0 ? rest : rest[..length];
        if (text.IndexOfAnyExcept(TagScanner.WhiteSpace) is >= 0 and var ink)
        {
            Position += ink;
            return PassText(text.Length - ink, out token);
        }

        Position += text.Length;
        return length >= 0 && ReadOpening(bytes, isLast, out token);
    }

    /// <summary>At a '&lt;'.</summary>
    private bool ReadOpening(ReadOnlySpan<byte> bytes, bool isLast, out HtmlToken token)
    {
        token = default;
        switch (Openings.Find(bytes[(Position + 1)..], isLast, _open.TakesCdata != false))
        {
            case Opening.StartTag:
                return BeginTag(bytes, 1, isLast, out token);
            case Opening.EndTag:
                return BeginTag(bytes, 2, isLast, out token);
            case Opening.Text when isLast && bytes[Position..] is [_, (byte)'/']:
                _declaration.BeginBogus(); // what one would put behind it would be in a comment
                _place = Place.Declaration;
                return PassText("</".Length, out token);
            case Opening.Text:
                return PassText(1, out token);
            case Opening.EmptyEndTag:
                return Move(Place.Markup, "</>".Length);
            case Opening.Comment:
                _declaration.BeginComment();
                return Move(Place.Declaration, "<!--".Length);
            case Opening.Cdata when _open.TakesCdata is null:
                return Doubt();
            case Opening.Cdata:
                _declaration.BeginCdata();
                return Move(Place.Declaration, "<![CDATA[".Length);
            case Opening.Doctype:
                token = new HtmlToken(HtmlTokenKind.Doctype, HtmlName.Other, Position, Position + 2, IsWhole: false);
                _declaration.BeginBogus(); // it ends at the first '>', quotes or not
                Move(Place.Declaration, "<!".Length);
                return true;
            case Opening.Bogus:
                _declaration.BeginBogus();
                return Move(Place.Declaration, "<!".Length);
            default:
                return false;
        }
    }

    /// <summary>Told where the reader has to know that something stands there.</summary>
    private bool PassText(int length, out HtmlToken token)
    {
        token = new HtmlToken(HtmlTokenKind.Text, HtmlName.Other, Position, Position + length, IsWhole: true);
        Position += length;
        return ReadsEverything && !_open.IsInTemplate;
    }

    private bool ReadDeclaration(ReadOnlySpan<byte> bytes)
    {
        var position = Position;
        _place = _declaration.TryEnd(bytes, ref position) ? Place.Markup : _place;
        Position = position;
        return false;
    }

    private bool BeginTag(ReadOnlySpan<byte> bytes, int nameAt, bool isLast, out HtmlToken token)
    {
        token = default;
        var rest = bytes[(Position + nameAt)..];
        var length = rest.IndexOfAny(TagScanner.ElementNameEnd);
        if (length < 0 && rest.Length <= (_open.IsQuiet ? HtmlNames.MaxLength : HtmlNames.MaxKeyLength) && !isLast)
        {
            return false;
        }

        _start = Position;
        _tag.Begin(isNamed: length >= 0);
        length = length < 0 ? rest.Length : length;
        (_isEndTag, _name) = (nameAt == 2, HtmlNames.Find(rest[..length]));
        _key = _open.IsQuiet && _name is not (HtmlName.Svg or HtmlName.Math) ? 0 : HtmlNames.KeyOf(rest[..length]);
        Move(Place.Tag, nameAt + length);
        _isHeld = !_isEndTag && !_open.IsForeign && HtmlNames.NeedsAttributes(_name);
        token = new HtmlToken(_isEndTag ? HtmlTokenKind.EndTag : HtmlTokenKind.StartTag, _name, _start, Position, IsWhole: false);
        return !_isHeld && !_open.IsForeign && ReadsEverything;
    }

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

        (var wasHeld, _isHeld) = (_isHeld, false);
        var isWhole = Position - _start <= MaxTagBytes; // whatever the pieces were
        if (_isEndTag)
        {
            _place = Place.Markup;
            return !_open.TryClose(_name, _key) && Doubt();
        }

        switch (_open.Open(_name, _key, _tag.IsSelfClosing))
        {
            case TextKind.Doubtful:
                return Doubt();
            case TextKind.Content:
                _content.Begin(_name);
                _place = Place.Content;
                break;
            case var kind:
                _place = kind == TextKind.Plain ? Place.Finished : Place.Markup;
                break;
        }

        token = new HtmlToken(HtmlTokenKind.StartTag, _name, _start, Position, isWhole);
        return wasHeld;
    }

    private bool ReadContent(ReadOnlySpan<byte> bytes, bool isLast, out HtmlToken token)
    {
        var position = Position;
        var ended = _content.TryFindEnd(bytes, isLast, ref position);
        Position = position;
        return ended ? EndContent(out token) : IsTooLong(out token);
    }

    /// <summary>At its end tag, which is read as any other next.</summary>
    private bool EndContent(out HtmlToken token)
    {
        token = new HtmlToken(HtmlTokenKind.Content, _name, _start, Position, Position - _start <= MaxContentBytes);
        _place = Place.Markup;
        (var wasHeld, _isHeld) = (_isHeld, false);
        return wasHeld;
    }

    private bool IsTooLong(out HtmlToken token)
    {
        token = new HtmlToken(HtmlTokenKind.Content, _name, _start, Position, IsWhole: false);
        var isTooLong = _isHeld && Position - _start > MaxContentBytes;
        _isHeld &= !isTooLong;
        return isTooLong;
    }

    private bool Move(Place place, int count)
    {
        _place = place;
        Position += count;
        return false;
    }

    private bool Doubt()
    {
        IsDoubtful = true;
        return Move(Place.Finished, 0);
    }
}
