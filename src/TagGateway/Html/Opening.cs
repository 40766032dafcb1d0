namespace TagGateway.Html;

/// <summary>What a '&lt;' begins (WHATWG HTML §13.2.5.6).</summary>
internal enum Opening : byte
{
    /// <summary>More bytes have to decide.</summary>
    Undecided,

    /// <summary>A character.</summary>
    Text,

    StartTag,

    EndTag,

    /// <summary><c>&lt;/&gt;</c>: nothing.</summary>
    EmptyEndTag,

    Comment,

    Doctype,

    Cdata,

    /// <summary>Something else up to the next '&gt;'.</summary>
    Bogus,
}
