namespace TagGateway.Html;

/// <summary>What stands at a tag's address.</summary>
internal enum TagAddressKind
{
    /// <summary><c>/gtag/js</c> and <c>/gtm.js</c>.</summary>
    Script,

    /// <summary><c>/gtag/destination</c>: a second destination of a tag that runs already.</summary>
    Destination,

    /// <summary><c>/ns.html</c>, for browsers without scripts.</summary>
    Frame,
}
