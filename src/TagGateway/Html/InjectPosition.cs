namespace TagGateway.Html;

/// <summary>Where in a page's head an injected tag goes.</summary>
internal enum InjectPosition
{
    /// <summary>Behind the last script of the first consent platform; at the head's end where none is recognised.</summary>
    AfterConsent,

    /// <summary>First of all, but for what declares the page's charset.</summary>
    HeadStart,

    /// <summary>Last.</summary>
    HeadEnd,
}
