using System.Buffers;
using System.Text;

namespace TagGateway.Html;

/// <summary>The attributes of one whole start tag. Of two with one name the first counts, as in browsers.</summary>
internal readonly ref struct HtmlAttributes
{
    /// <summary>Of a tag with more nothing is known.</summary>
    private const int MaxCount = 256;
    private readonly ReadOnlySpan<byte> _tag;
    private readonly List<HtmlAttribute> _all;

    /// <param name="tag">From its '&lt;' to its '&gt;'.</param>
    /// <param name="all">Taken for what is found; emptied.</param>
    public HtmlAttributes(ReadOnlySpan<byte> tag, List<HtmlAttribute> all)
    {
        _tag = tag;
        _all = all;
        all.Clear();
        var at = 1 + tag[1..].IndexOfAny(TagScanner.NameEnd);
        while (all.Count <= MaxCount && TryNext(tag, ref at, out var attribute))
        {
            all.Add(attribute);
        }

        IsWhole = all.Count <= MaxCount;
    }

    /// <summary>False when there are too many: what counts may stand among those that were not read.</summary>
    public bool IsWhole { get; }

    /// <summary>The first of this name.</summary>
    /// <param name="name">In small letters.</param>
    /// <param name="attribute">Places in the tag.</param>
    public bool TryFind(ReadOnlySpan<byte> name, out HtmlAttribute attribute)
    {
        foreach (var each in _all)
        {
            if (IsNamed(each, name))
            {
                attribute = each;
                return true;
            }
        }

        attribute = default;
        return false;
    }

    /// <summary>In order; the first is the one that counts.</summary>
    /// <param name="name">In small letters.</param>
    public List<HtmlAttribute> FindAll(ReadOnlySpan<byte> name)
    {
        var found = new List<HtmlAttribute>();
        foreach (var each in _all)
        {
            if (IsNamed(each, name))
            {
                found.Add(each);
            }
        }

        return found;
    }

    /// <summary>This byte stands right behind it.</summary>
    public bool IsBefore(HtmlAttribute attribute, byte next) => attribute.End < _tag.Length && _tag[attribute.End] == next;

    public bool Has(ReadOnlySpan<byte> name) => TryFind(name, out _);

    /// <summary>Its bytes as they stand.</summary>
    public ReadOnlySpan<byte> RawOf(HtmlAttribute attribute) => _tag[attribute.ValueStart..attribute.ValueEnd];

    /// <summary>The value of the first attribute of this name as the page means it; null where there is none. What is not ASCII becomes Latin-1.</summary>
    public string? ValueOf(ReadOnlySpan<byte> name) => TryFind(name, out var attribute) ? Decode(RawOf(attribute)) : null;

    /// <summary>With its character references read.</summary>
    public static string Decode(ReadOnlySpan<byte> raw)
    {
        // A browser's tokenizer puts U+FFFD for a NUL, which no address holds.
        var text = Encoding.Latin1.GetString(raw).Replace('\0', '\ufffd');
        return raw.Contains((byte)'&') ? CharacterReferences.Decode(text) : text;
    }

    /// <summary>A name that is not ASCII has one spelling.</summary>
    private bool IsNamed(HtmlAttribute attribute, ReadOnlySpan<byte> name) =>
        _tag[attribute.Start..attribute.NameEnd] is var own && (own.SequenceEqual(name) || Ascii.EqualsIgnoreCase(own, name));

    private static bool TryNext(ReadOnlySpan<byte> tag, ref int at, out HtmlAttribute attribute)
    {
        attribute = default;
        while (at < tag.Length && (tag[at] == '/' || TagScanner.WhiteSpace.Contains(tag[at])))
        {
            at++;
        }

        if (at >= tag.Length || tag[at] == '>')
        {
            return false;
        }

        var start = at;
        // A '=' may begin a name.
        at = EndOf(tag, at + 1, TagScanner.NameEnd);
        var nameEnd = at;
        var equals = SkipWhiteSpace(tag, at);
        if (equals >= tag.Length || tag[equals] != '=')
        {
            attribute = new HtmlAttribute(start, nameEnd, nameEnd, nameEnd, nameEnd);
            return true;
        }

        at = SkipWhiteSpace(tag, equals + 1);
        if (at < tag.Length && tag[at] is (byte)'"' or (byte)'\'')
        {
            var length = tag[(at + 1)..].IndexOf(tag[at]);
            var end = length < 0 ? tag.Length : at + 1 + length;
            attribute = new HtmlAttribute(start, nameEnd, at + 1, end, Math.Min(end + 1, tag.Length));
            at = attribute.End;
            return true;
        }

        var valueStart = at;
        at = at < tag.Length && tag[at] == '>' ? at : EndOf(tag, at, TagScanner.ValueEnd);
        attribute = new HtmlAttribute(start, nameEnd, valueStart, at, at);
        return true;
    }

    private static int EndOf(ReadOnlySpan<byte> tag, int at, SearchValues<byte> stops)
    {
        var length = tag[at..].IndexOfAny(stops);
        return length < 0 ? tag.Length : at + length;
    }

    private static int SkipWhiteSpace(ReadOnlySpan<byte> tag, int at)
    {
        while (at < tag.Length && TagScanner.WhiteSpace.Contains(tag[at]))
        {
            at++;
        }

        return at;
    }
}
