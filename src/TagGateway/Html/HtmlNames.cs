using System.Text;

namespace TagGateway.Html;

/// <summary>Tells the elements of <see cref="HtmlName"/> by their names, whatever their case.</summary>
internal static class HtmlNames
{
    /// <summary>Longer names are <see cref="HtmlName.Other"/>.</summary>
    public const int MaxLength = 14;

    /// <summary>Those of up to eight letters.</summary>
    private static readonly (HtmlName Name, string Texts)[] Names =
    [
        (HtmlName.Base, "base"), (HtmlName.Basefont, "basefont"), (HtmlName.Bgsound, "bgsound"), (HtmlName.Link, "link"), (HtmlName.Meta, "meta"), (HtmlName.Noframes, "noframes"),
        (HtmlName.Noscript, "noscript"), (HtmlName.Script, "script"), (HtmlName.Style, "style"), (HtmlName.Template, "template"), (HtmlName.Title, "title"),
        (HtmlName.Html, "html"), (HtmlName.Head, "head"), (HtmlName.Body, "body"), (HtmlName.Br, "br"), (HtmlName.P, "p"),
        (HtmlName.Iframe, "iframe"), (HtmlName.Noembed, "noembed"), (HtmlName.Textarea, "textarea"), (HtmlName.Xmp, "xmp"),
        (HtmlName.Frameset, "frameset"), (HtmlName.Input, "input"), (HtmlName.Keygen, "keygen"), (HtmlName.Select, "select"),
        (HtmlName.Math, "math"), (HtmlName.Svg, "svg"), (HtmlName.Desc, "desc"), (HtmlName.MathToken, "mi mo mn ms mtext"), (HtmlName.Font, "font"),
        (HtmlName.Breakout, "b i s u h1 h2 h3 h4 h5 h6 hr dd dl dt em li ol tt ul big div img pre sub sup var code menu nobr ruby span embed small table center strong strike listing"),
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

    private static HtmlName FindLong(ReadOnlySpan<byte> name) => name.Length switch
    {
        9 when Ascii.EqualsIgnoreCase(name, "plaintext"u8) => HtmlName.Plaintext,
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
