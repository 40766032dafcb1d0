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

    /// <summary>The child of a <see cref="MathToken"/> that is MathML too.</summary>
    MathGlyph,

    /// <summary>Ends foreign content when it begins in it.</summary>
    Breakout,

    /// <summary>That too, and has no content.</summary>
    BreakoutVoid,

    /// <summary>That too.</summary>
    Table,
    TablePart,

    /// <summary>Has no content.</summary>
    Void,
}
