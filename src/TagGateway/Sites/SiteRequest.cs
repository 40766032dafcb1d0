namespace TagGateway.Sites;

/// <summary>A request for the website itself: the feature that <see cref="SiteMiddleware"/> leaves for the pages.</summary>
/// <param name="Site">The site.</param>
/// <param name="Target">Raw path and query.</param>
internal sealed record SiteRequest(Site Site, RequestTarget Target);
