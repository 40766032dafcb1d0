using System.Text;

namespace TagGateway.Html;

/// <summary>Tells the elements of <see cref="HtmlName"/> by their names, whatever their case.</summary>
internal static class HtmlNames
{
    /// <summary>Longer names are <see cref="HtmlName.Other"/>.</summary>
    public const int MaxLength = 14;

    /// <param name="name">Of a tag, without its brackets.</param>
    public static HtmlName Find(ReadOnlySpan<byte> name)
    {
        if (name.Length > sizeof(ulong))
        {
            return FindLong(name);
        }

        // Eight letters are one number: a page has a tag every fifty bytes. The bit that makes letters small makes no letter of anything else.
        var packed = 0UL;
        foreach (var letter in name)
        {
            packed = (packed << 8) | (uint)(letter | 0x20);
        }

        return packed switch
        {
            'a' => HtmlName.Other,
            'b' or 'i' or 's' or 'u' => HtmlName.Breakout,
            'p' => HtmlName.P,
            Packed.Br => HtmlName.Br,
            Packed.H1 or Packed.H2 or Packed.H3 or Packed.H4 or Packed.H5 or Packed.H6 or Packed.Hr or Packed.Dd or Packed.Dl or Packed.Dt or Packed.Em or Packed.Li or Packed.Ol or Packed.Tt
                or Packed.Ul or Packed.Big or Packed.Div or Packed.Img or Packed.Pre or Packed.Sub or Packed.Sup or Packed.Var or Packed.Code or Packed.Menu or Packed.Nobr or Packed.Ruby
                or Packed.Span or Packed.Embed or Packed.Small or Packed.Table or Packed.Center or Packed.Strong or Packed.Strike or Packed.Listing => HtmlName.Breakout,
            Packed.Mi or Packed.Mo or Packed.Mn or Packed.Ms or Packed.Mtext => HtmlName.MathToken,
            Packed.Svg => HtmlName.Svg,
            Packed.Xmp => HtmlName.Xmp,
            Packed.Base => HtmlName.Base,
            Packed.Body => HtmlName.Body,
            Packed.Desc => HtmlName.Desc,
            Packed.Font => HtmlName.Font,
            Packed.Head => HtmlName.Head,
            Packed.Html => HtmlName.Html,
            Packed.Link => HtmlName.Link,
            Packed.Math => HtmlName.Math,
            Packed.Meta => HtmlName.Meta,
            Packed.Input => HtmlName.Input,
            Packed.Style => HtmlName.Style,
            Packed.Title => HtmlName.Title,
            Packed.Iframe => HtmlName.Iframe,
            Packed.Keygen => HtmlName.Keygen,
            Packed.Script => HtmlName.Script,
            Packed.Select => HtmlName.Select,
            Packed.Bgsound => HtmlName.Bgsound,
            Packed.Noembed => HtmlName.Noembed,
            Packed.Basefont => HtmlName.Basefont,
            Packed.Frameset => HtmlName.Frameset,
            Packed.Noframes => HtmlName.Noframes,
            Packed.Noscript => HtmlName.Noscript,
            Packed.Template => HtmlName.Template,
            Packed.Textarea => HtmlName.Textarea,
            _ => HtmlName.Other,
        };
    }

    private static HtmlName FindLong(ReadOnlySpan<byte> name) => name.Length switch
    {
        9 when Ascii.EqualsIgnoreCase(name, "plaintext"u8) => HtmlName.Plaintext,
        10 when Ascii.EqualsIgnoreCase(name, "blockquote"u8) => HtmlName.Breakout,
        13 when Ascii.EqualsIgnoreCase(name, "foreignobject"u8) => HtmlName.ForeignObject,
        14 when Ascii.EqualsIgnoreCase(name, "annotation-xml"u8) => HtmlName.AnnotationXml,
        _ => HtmlName.Other,
    };

    /// <summary>Names as numbers.</summary>
    private static class Packed
    {
        public const ulong Br = 0x6272; // br
        public const ulong H1 = 0x6831; // h1
        public const ulong H2 = 0x6832; // h2
        public const ulong H3 = 0x6833; // h3
        public const ulong H4 = 0x6834; // h4
        public const ulong H5 = 0x6835; // h5
        public const ulong H6 = 0x6836; // h6
        public const ulong Hr = 0x6872; // hr
        public const ulong Dd = 0x6464; // dd
        public const ulong Dl = 0x646c; // dl
        public const ulong Dt = 0x6474; // dt
        public const ulong Em = 0x656d; // em
        public const ulong Li = 0x6c69; // li
        public const ulong Ol = 0x6f6c; // ol
        public const ulong Tt = 0x7474; // tt
        public const ulong Ul = 0x756c; // ul
        public const ulong Big = 0x626967; // big
        public const ulong Div = 0x646976; // div
        public const ulong Img = 0x696d67; // img
        public const ulong Pre = 0x707265; // pre
        public const ulong Sub = 0x737562; // sub
        public const ulong Sup = 0x737570; // sup
        public const ulong Var = 0x766172; // var
        public const ulong Code = 0x636f6465; // code
        public const ulong Menu = 0x6d656e75; // menu
        public const ulong Nobr = 0x6e6f6272; // nobr
        public const ulong Ruby = 0x72756279; // ruby
        public const ulong Span = 0x7370616e; // span
        public const ulong Embed = 0x656d626564; // embed
        public const ulong Small = 0x736d616c6c; // small
        public const ulong Table = 0x7461626c65; // table
        public const ulong Center = 0x63656e746572; // center
        public const ulong Strong = 0x7374726f6e67; // strong
        public const ulong Strike = 0x737472696b65; // strike
        public const ulong Listing = 0x6c697374696e67; // listing
        public const ulong Mi = 0x6d69; // mi
        public const ulong Mo = 0x6d6f; // mo
        public const ulong Mn = 0x6d6e; // mn
        public const ulong Ms = 0x6d73; // ms
        public const ulong Mtext = 0x6d74657874; // mtext
        public const ulong Svg = 0x737667; // svg
        public const ulong Xmp = 0x786d70; // xmp
        public const ulong Base = 0x62617365; // base
        public const ulong Body = 0x626f6479; // body
        public const ulong Desc = 0x64657363; // desc
        public const ulong Font = 0x666f6e74; // font
        public const ulong Head = 0x68656164; // head
        public const ulong Html = 0x68746d6c; // html
        public const ulong Link = 0x6c696e6b; // link
        public const ulong Math = 0x6d617468; // math
        public const ulong Meta = 0x6d657461; // meta
        public const ulong Input = 0x696e707574; // input
        public const ulong Style = 0x7374796c65; // style
        public const ulong Title = 0x7469746c65; // title
        public const ulong Iframe = 0x696672616d65; // iframe
        public const ulong Keygen = 0x6b657967656e; // keygen
        public const ulong Script = 0x736372697074; // script
        public const ulong Select = 0x73656c656374; // select
        public const ulong Bgsound = 0x6267736f756e64; // bgsound
        public const ulong Noembed = 0x6e6f656d626564; // noembed
        public const ulong Basefont = 0x62617365666f6e74; // basefont
        public const ulong Frameset = 0x6672616d65736574; // frameset
        public const ulong Noframes = 0x6e6f6672616d6573; // noframes
        public const ulong Noscript = 0x6e6f736372697074; // noscript
        public const ulong Template = 0x74656d706c617465; // template
        public const ulong Textarea = 0x7465787461726561; // textarea
    }
}
