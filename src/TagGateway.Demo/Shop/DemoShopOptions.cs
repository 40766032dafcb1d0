using TagGateway.Demo.Google;

namespace TagGateway.Demo.Shop;

/// <summary>How the demo shop is set up.</summary>
internal sealed record DemoShopOptions
{
    /// <summary>Loopback only; port 0 = any free port.</summary>
    public string Url { get; init; } = "http://127.0.0.1:0";

    /// <summary>Where the gateway serves the tag, such as <c>/metrics</c>, without a trailing slash.</summary>
    public string MeasurementPath { get; init; } = "/metrics";

    /// <summary>The tag in the pages' snippet; <c>GTM-…</c> gets the container's form of it.</summary>
    public string Tag { get; init; } = "G-DEMO12345";

    /// <summary>Whose recorder the live panel shows. Null = the panel stays empty.</summary>
    public GoogleStandIn? GoogleStandIn { get; init; }
}
