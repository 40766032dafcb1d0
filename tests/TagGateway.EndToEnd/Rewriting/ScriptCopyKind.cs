namespace TagGateway.EndToEnd.Rewriting;

/// <summary>Which of Google's addresses serves a script.</summary>
internal enum ScriptCopyKind
{
    /// <summary><c>gtag/js</c>.</summary>
    Tag,

    /// <summary><c>gtag/destination</c>: a second tag of a page.</summary>
    Destination,

    /// <summary><c>gtm.js</c>.</summary>
    Container,

    /// <summary><c>analytics.js</c>.</summary>
    Analytics,
}
