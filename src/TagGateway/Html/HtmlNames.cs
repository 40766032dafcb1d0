using System.Text;

namespace TagGateway.Html;

/// <summary>Tells the elements of <see cref="HtmlName"/> by their names, whatever their case.</summary>
internal static class HtmlNames
{
    /// <summary>Longer names are <see cref="HtmlName.Other"/>.</summary>
    public const int MaxLength = 14;

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

    /// <summary>By <see cref="SlotOf"/>, the next where one is taken: a page has a tag every fifty bytes.</summary>
    private static readonly (ulong Packed, HtmlName Name)[] Slots = Spread();

    /// <param name="name">Of a tag, without its brackets.</param>
    public static HtmlName Find(ReadOnlySpan<byte> name)
    {
        var packed = 0UL;
        foreach (var letter in name.Length <= sizeof(ulong) ? name : [])
        {
            packed = (packed << 8) | (uint)(letter | 0x20);
        }

        return Find(packed, name);
    }

    /// <param name="packed">Up to eight letters as one number, small.</param>
    /// <param name="name">The same as it stands.</param>
    public static HtmlName Find(ulong packed, ReadOnlySpan<byte> name)
    {
        if (name.Length > sizeof(ulong))
        {
            return FindLong(name);
        }

        for (var slot = SlotOf(packed); Slots[slot].Packed != 0; slot = (slot + 1) % Slots.Length)
        {
            if (Slots[slot].Packed == packed)
            {
                return Slots[slot].Name;
            }
        }

        return HtmlName.Other;
    }

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

    private static HtmlName FindLong(ReadOnlySpan<byte> name) => name.Length switch
    {
        9 when Ascii.EqualsIgnoreCase(name, "plaintext"u8) => HtmlName.Plaintext,
        10 when Ascii.EqualsIgnoreCase(name, "malignmark"u8) => HtmlName.MathGlyph,
        10 when Ascii.EqualsIgnoreCase(name, "blockquote"u8) => HtmlName.Breakout,
        13 when Ascii.EqualsIgnoreCase(name, "foreignobject"u8) => HtmlName.ForeignObject,
        14 when Ascii.EqualsIgnoreCase(name, "annotation-xml"u8) => HtmlName.AnnotationXml,
        _ => HtmlName.Other,
    };

    private static int SlotOf(ulong packed) => (int)((packed * 0x9E3779B97F4A7C15) >> 56);

    private static (ulong, HtmlName)[] Spread()
    {
        var slots = new (ulong Packed, HtmlName)[256];
        foreach (var (name, texts) in Names)
        {
            foreach (var text in texts.Split(' '))
            {
                var packed = text.Aggregate(0UL, static (number, letter) => (number << 8) | letter);
                var slot = SlotOf(packed);
                while (slots[slot].Packed != 0)
                {
                    slot = (slot + 1) % slots.Length;
                }

                slots[slot] = (packed, name);
            }
        }

        return slots;
    }
}
