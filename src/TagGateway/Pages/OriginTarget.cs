using TagGateway.Sites;
using TagGateway.Upstream;

namespace TagGateway.Pages;

/// <summary>Where a page is asked for: the feature that <see cref="PageMiddleware"/> leaves for its transformer.</summary>
/// <param name="Origin">The website.</param>
/// <param name="Target">Raw path and query.</param>
internal sealed record OriginTarget(Origin Origin, RequestTarget Target);
