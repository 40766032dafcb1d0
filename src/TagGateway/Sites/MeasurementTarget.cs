using TagGateway.Routes;

namespace TagGateway.Sites;

/// <summary>A request on a site's measurement path: the feature that <see cref="SiteMiddleware"/> leaves for the steps behind it.</summary>
/// <param name="Site">The site.</param>
/// <param name="Path">The raw path as Google gets it, prefix included; the bare measurement path has become <c>PATH/</c>.</param>
/// <param name="Query">The raw query, empty or beginning with '?'.</param>
internal sealed record MeasurementTarget(Site Site, string Path, string Query)
{
    private const string RoutePrefix = "/-/";

    /// <summary>Where it really goes; null: to Google's tag gateway, whose paths are opaque.</summary>
    public GoogleRoute? Route { get; init; }

    /// <summary>Its path names Google's host.</summary>
    public bool NamesItsHost => Route is not null && SubPath.StartsWith(RoutePrefix, StringComparison.Ordinal);

    /// <summary>What follows the measurement path; begins with '/'.</summary>
    public ReadOnlySpan<char> SubPath => Path.AsSpan(Site.Path.Value.Length);
}
