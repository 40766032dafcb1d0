namespace TagGateway.Html;

/// <summary>How the bytes behind a start tag are read (WHATWG HTML §13.2.5).</summary>
internal enum TextKind : byte
{
    /// <summary>As markup.</summary>
    Markup,

    /// <summary>As text up to the element's end tag.</summary>
    Raw,

    /// <summary>As a script up to its end tag, with the escapes of <c>&lt;!--</c>.</summary>
    Script,

    /// <summary>As text up to the end of the page.</summary>
    Plain,

    /// <summary>Parsers differ, or only the tree could tell.</summary>
    Doubtful,
}
