namespace TagGateway.Html;

/// <summary>The elements that matter to somebody who reads a page without building its tree.</summary>
internal enum HtmlName : byte
{
    Other,

    // May stand in a head without ending it (WHATWG HTML §13.2.6.4.4).
    Base,
    Basefont,
    Bgsound,
    Link,
    Meta,
    Noframes,
    Noscript,
    Script,
    Style,
    Template,
    Title,

    Html,
    Head,
    Body,
    Br,
    P,

    // What follows is text up to their end tag.
    Iframe,
    Noembed,
    Plaintext,
    Textarea,
    Xmp,

    Frameset,
    Input,
    Keygen,
    Select,

    // Foreign content (§13.2.6.5).
    Math,
    Svg,
    AnnotationXml,
    Desc,
    ForeignObject,
    MathToken,
    Font,

    /// <summary>Ends foreign content when it begins in it.</summary>
    Breakout,
}
