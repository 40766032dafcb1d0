namespace TagGateway.Sites;

/// <summary>Why a request below the measurement path leads nowhere.</summary>
internal enum RouteRefusal
{
    None,

    /// <summary>It names a host below <c>/-/</c>, and the site's coverage has none.</summary>
    Coverage,

    /// <summary>No host that a tag sends to.</summary>
    Host,

    /// <summary>No path that a tag sends to, at a host that it does.</summary>
    Path,

    /// <summary>The body was to name the path, and does not.</summary>
    Body,
}
