namespace TagGateway.Html;

/// <summary>How the bytes behind a start tag are read (WHATWG HTML §13.2.5).</summary>
internal enum TextKind : byte
{
    /// <summary>As markup.</summary>
    Markup,

    /// <summary>As text up to the element's end tag, a script's with its escapes.</summary>
    Content,

    /// <summary>As text up to the end of the page.</summary>
    Plain,

    /// <summary>Parsers differ, or only the tree could tell.</summary>
    Doubtful,
}
