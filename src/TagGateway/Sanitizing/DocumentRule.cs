namespace TagGateway.Sanitizing;

/// <summary>What a document of Google's may do on the site's own origin.</summary>
internal enum DocumentRule
{
    /// <summary>Be looked at.</summary>
    Sandboxed,

    /// <summary>Load images and frames too, and run nothing.</summary>
    Images,

    /// <summary>Run: the service worker's page.</summary>
    Runs,
}
