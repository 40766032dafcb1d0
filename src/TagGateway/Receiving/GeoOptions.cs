using System.ComponentModel;
using TagGateway.Configuration;

namespace TagGateway.Receiving;

/// <summary>Where the visitor's region comes from.</summary>
internal sealed class GeoOptions
{
    [Description("\"auto\": the headers of the known CDNs (default), or a list of header names; believed from trusted proxies only. A name that is not a known CDN's holds a country (\"US\") or country and region (\"US-CA\").")]
    [OneOrMany]
    public List<string> Headers { get; set; } = ["auto"];

    [Description("A MaxMind-format database of cities or countries, such as \"/data/GeoLite2-City.mmdb\"; a relative path begins at the working directory. The visitor's own address is looked up in it before the headers are asked; a replaced file is taken into use within seconds. Default none.")]
    public string? Database { get; set; }

    [Description("The region when nothing else is known, such as \"US-CA\" or \"DE\".")]
    public string? Default { get; set; }
}
