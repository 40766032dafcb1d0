namespace TagGateway.Sites;

/// <summary>A request on a site's measurement path: the feature that <see cref="SiteMiddleware"/> leaves for the steps behind it.</summary>
/// <param name="Site">The site.</param>
/// <param name="Path">The raw path as Google gets it, prefix included; the bare measurement path has become <c>PATH/</c>.</param>
/// <param name="Query">The raw query, empty or beginning with '?'.</param>
internal sealed record MeasurementTarget(Site Site, string Path, string Query)
{
    /// <summary>What follows the measurement path; begins with '/'.</summary>
    public ReadOnlySpan<char> SubPath => Path.AsSpan(Site.Path.Value.Length);
}
