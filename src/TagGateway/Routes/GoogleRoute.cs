namespace TagGateway.Routes;

/// <summary>Where a request of full coverage really goes; only <see cref="HostRoutes"/> makes them, so that the list is closed.</summary>
/// <param name="Host">A host of Google's, in lower case: it is the Host header and the TLS server name.</param>
/// <param name="Path">Raw, beginning with '/'.</param>
/// <param name="Kind">What its answer may do.</param>
internal sealed record GoogleRoute(string Host, string Path, RouteKind Kind)
{
    /// <summary>The service of analytics.js' client ids refuses parameters that it does not know.</summary>
    private const string ClientIdService = "/v1/publisher:getClientId";

    /// <summary>Google's own address, as the tag would have asked without the gateway.</summary>
    /// <param name="query">Raw, empty or beginning with '?'.</param>
    public string AddressWith(string query) => $"https://{Host}{Path}{query}";

    /// <summary>The parameter in which Google's own gateways tell the visitor's address: <c>_uip</c> to Analytics 4, <c>uip</c> to all else (Google's PHP
    /// library of 2024); null for what is no hit, and for paths with parameters of their own.</summary>
    public string? AddressParameter =>
        Kind is not (RouteKind.Hit or RouteKind.ScriptAnswer) || Path == ClientIdService || Path.Contains(';', StringComparison.Ordinal) ? null
        : IsAnalytics4 ? "_uip" : "uip";

    private bool IsAnalytics4 =>
        Path is "/g/collect" or "/g/s/collect"
        || (Path.StartsWith("/measurement/conversion", StringComparison.Ordinal)
            && (Host.EndsWith("google-analytics.com", StringComparison.Ordinal) || Host.EndsWith("analytics.google.com", StringComparison.Ordinal)));
}
