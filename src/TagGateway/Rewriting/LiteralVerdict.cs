namespace TagGateway.Rewriting;

/// <summary>What becomes of a literal that names a host of Google.</summary>
internal enum LiteralVerdict
{
    /// <summary>Not looked at: the proof fails.</summary>
    None,

    /// <summary>Its host stands in the path of the site now.</summary>
    Rewritten,

    /// <summary>The head of its concatenation was rewritten.</summary>
    Covered,

    /// <summary>The customer's own data, or a template of the container: triggers, values, permissions.</summary>
    Data,

    /// <summary>A key of a table that is asked by address; the rewritten address was put beside it.</summary>
    Key,

    /// <summary>Only compared with an origin or a host that the page or the browser tells.</summary>
    Compared,

    /// <summary>One of a list of origins that something is compared with.</summary>
    Listed,

    /// <summary>A host that no address is made of: a parameter's value.</summary>
    Told,

    /// <summary>No request of measurement: the gateway has no route for it.</summary>
    Unrouted,

    /// <summary>In a place where the rules cannot tell what is made of it: the proof fails.</summary>
    Doubtful,
}
