namespace TagGateway.Html;

/// <summary>Why a page, or a tag in it, was left as it was; the first that applies.</summary>
internal enum PageReason
{
    /// <summary>Nothing was left.</summary>
    None,

    /// <summary>It holds no Google tag, and none was to be injected.</summary>
    NoTag,

    /// <summary>Its tags are first-party already.</summary>
    AlreadyFirstParty,

    /// <summary>Its only tags are of ids that the site does not name.</summary>
    ForeignTag,

    /// <summary>Its path is excluded, or not included.</summary>
    Excluded,

    /// <summary>The website said <c>X-Tag-Gateway: off</c>.</summary>
    TurnedOff,

    /// <summary>Its bytes are not a superset of ASCII, or nobody knows.</summary>
    Charset,

    /// <summary>It is compressed in a way that the gateway does not read.</summary>
    Coding,

    /// <summary><c>Cache-Control: no-transform</c>.</summary>
    NoTransform,

    /// <summary>A range of a page.</summary>
    Partial,

    /// <summary>An error page: none is injected.</summary>
    ErrorPage,

    /// <summary>AMP allows no scripts but its own.</summary>
    Amp,

    /// <summary>A piece of a page, without a head: none is injected.</summary>
    Fragment,

    /// <summary>The page's Content-Security-Policy would block the changed or injected tag.</summary>
    Policy,

    /// <summary>A consent platform on the page blocks scripts by their address: one of another address would escape it.</summary>
    ConsentBlocking,

    /// <summary>An inline script larger than is looked into.</summary>
    ScriptTooLarge,

    /// <summary>Markup that parsers read differently, or a script that is not understood.</summary>
    Doubt,

    /// <summary>A fault of the gateway's own: the rest of the page passed untouched.</summary>
    Fault,
}
