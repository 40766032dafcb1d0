using System.Text;

namespace TagGateway.Html;

/// <summary>Tells the elements of <see cref="HtmlName"/> by their names, whatever their case.</summary>
internal static class HtmlNames
{
    /// <summary>Longer names are <see cref="HtmlName.Other"/>.</summary>
    public const int MaxLength = 14;

    private const int SlotCount = 256;

    /// <summary>Longer names are not told apart.</summary>
    public const int MaxKeyLength = 64;

    /// <summary>Those of up to eight letters.</summary>
    private static readonly (HtmlName Name, string Texts)[] Names =
    [
        (HtmlName.Base, "base"), (HtmlName.Basefont, "basefont"), (HtmlName.Bgsound, "bgsound"), (HtmlName.Link, "link"), (HtmlName.Meta, "meta"), (HtmlName.Noframes, "noframes"),
        (HtmlName.Noscript, "noscript"), (HtmlName.Script, "script"), (HtmlName.Style, "style"), (HtmlName.Template, "template"), (HtmlName.Title, "title"),
        (HtmlName.Html, "html"), (HtmlName.Head, "head"), (HtmlName.Body, "body"), (HtmlName.Br, "br"), (HtmlName.P, "p"),
        (HtmlName.Iframe, "iframe"), (HtmlName.Noembed, "noembed"), (HtmlName.Textarea, "textarea"), (HtmlName.Xmp, "xmp"),
        (HtmlName.Frameset, "frameset"), (HtmlName.Input, "input"), (HtmlName.Keygen, "keygen"), (HtmlName.Select, "select"),
        (HtmlName.Math, "math"), (HtmlName.Svg, "svg"), (HtmlName.Desc, "desc"), (HtmlName.MathToken, "mi mo mn ms mtext"), (HtmlName.Font, "font"),
        (HtmlName.Breakout, "b i s u h1 h2 h3 h4 h5 h6 dd dl dt em li ol tt ul big div pre sub sup var code menu nobr ruby span small center strong strike listing"),
        (HtmlName.BreakoutVoid, "embed hr img"), (HtmlName.Table, "table"), (HtmlName.TablePart, "caption col colgroup tbody td tfoot th thead tr"),
        (HtmlName.Void, "area frame image param source track wbr"), (HtmlName.MathGlyph, "mglyph"),
    ];

    private static readonly (HtmlName Name, string Texts)[] LongNames =
    [
        (HtmlName.Plaintext, "plaintext"), (HtmlName.MathGlyph, "malignmark"), (HtmlName.Breakout, "blockquote"), (HtmlName.ForeignObject, "foreignobject"), (HtmlName.AnnotationXml, "annotation-xml"),
    ];

    /// <summary>By <see cref="SlotOf"/>, the next where one is taken: a page has a tag every fifty bytes.</summary>
    private static readonly (ulong Packed, HtmlName Name)[] Slots = Spread();

    /// <summary>By first letter, a bit for each length of a name that is not quiet: most names are told by these alone.</summary>
    private static readonly ushort[] LoudLengths = FindLoudLengths();

    /// <param name="name">Of a tag, without its brackets.</param>
    public static HtmlName Find(ReadOnlySpan<byte> name)
    {
        if (name.Length > sizeof(ulong))
        {
            return FindLong(name);
        }

        // Eight letters are one number. The bit that makes letters small makes no letter of anything else.
        var packed = 0UL;
        foreach (var letter in name)
        {
            packed = (packed << 8) | (uint)(letter | 0x20);
        }

        for (var slot = SlotOf(packed); Slots[slot].Packed != 0; slot = (slot + 1) & (SlotCount - 1))
        {
            if (Slots[slot].Packed == packed)
            {
                return Slots[slot].Name;
            }
        }

        return HtmlName.Other;
    }

    /// <summary>Outside of foreign content this tag changes nothing of how the page is read, and holds nothing to be changed.</summary>
    /// <param name="name">Of a tag, beginning with a letter.</param>
    public static bool IsQuiet(ReadOnlySpan<byte> name) =>
        name.Length > MaxLength || ((LoudLengths[(name[0] | 0x20) - 'a'] >> name.Length) & 1) == 0 || IsQuiet(Find(name));

    private static bool IsQuiet(HtmlName name) => name is HtmlName.Other or HtmlName.P or HtmlName.Br or >= HtmlName.MathGlyph;

    /// <summary>Another number for every name, whatever its case; 0: too long to tell.</summary>
    /// <param name="name">Of a tag, whole or more than <see cref="MaxKeyLength"/> of it.</param>
    public static ulong KeyOf(ReadOnlySpan<byte> name)
    {
        var key = 0xCBF29CE484222325UL; // FNV-1a
        foreach (var letter in name)
        {
            key = (key ^ (letter is >= (byte)'A' and <= (byte)'Z' ? letter | 0x20u : letter)) * 0x100000001B3;
        }

        return name.Length > MaxKeyLength ? 0 : key;
    }

    /// <summary>Its tags are kept until they are whole, so that they can be read and changed.</summary>
    public static bool NeedsAttributes(HtmlName name) =>
        name is HtmlName.Script or HtmlName.Link or HtmlName.Meta or HtmlName.Base or HtmlName.Html or HtmlName.Head or HtmlName.Noscript or HtmlName.Iframe;

    /// <summary>Of an element whose content is text.</summary>
    public static ReadOnlySpan<byte> TextOf(HtmlName name) => name switch
    {
        HtmlName.Script => "script"u8,
        HtmlName.Title => "title"u8,
        HtmlName.Textarea => "textarea"u8,
        HtmlName.Style => "style"u8,
        HtmlName.Xmp => "xmp"u8,
        HtmlName.Iframe => "iframe"u8,
        HtmlName.Noembed => "noembed"u8,
        HtmlName.Noframes => "noframes"u8,
        _ => "noscript"u8,
    };

    private static HtmlName FindLong(ReadOnlySpan<byte> name)
    {
        foreach (var (found, text) in LongNames)
        {
            if (Ascii.EqualsIgnoreCase(name, text))
            {
                return found;
            }
        }

        return HtmlName.Other;
    }

    private static ushort[] FindLoudLengths()
    {
        var lengths = new ushort['z' - 'a' + 1];
        foreach (var text in Names.Concat(LongNames).Where(static entry => !IsQuiet(entry.Name)).SelectMany(static entry => entry.Texts.Split(' ')))
        {
            lengths[text[0] - 'a'] |= (ushort)(1 << text.Length);
        }

        return lengths;
    }

    private static int SlotOf(ulong packed) => (int)((packed * 0x9E3779B97F4A7C15) >> 56);

    private static (ulong, HtmlName)[] Spread()
    {
        var slots = new (ulong Packed, HtmlName)[SlotCount];
        foreach (var (name, texts) in Names)
        {
            foreach (var text in texts.Split(' '))
            {
                var packed = text.Aggregate(0UL, static (number, letter) => (number << 8) | letter);
                var slot = SlotOf(packed);
                while (slots[slot].Packed != 0)
                {
                    slot = (slot + 1) & (SlotCount - 1);
                }

                slots[slot] = (packed, name);
            }
        }

        return slots;
    }
}
