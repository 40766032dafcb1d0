namespace TagGateway.Rewriting;

/// <summary>How far a script was rewritten.</summary>
internal enum RewriteOutcome
{
    /// <summary>Every request that it makes goes to the site.</summary>
    Whole,

    /// <summary>The small change that holds for every release: GA4 hits and further scripts go to the site, other requests to Google.</summary>
    Reduced,

    /// <summary>Served as it came.</summary>
    Untouched,
}
