using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using TagGateway.Caching;
using TagGateway.Limits;
using TagGateway.Operations;
using TagGateway.Receiving;
using TagGateway.Sites;

namespace TagGateway.Configuration;

/// <summary>The whole configuration as the operator writes it: file, environment and flags merged. The descriptions are the reference
/// (<c>taggateway schema</c>).</summary>
internal sealed class GatewayOptions
{
    [JsonPropertyName("$schema")]
    [Description("Where an editor finds the JSON Schema of this file.")]
    public string? Schema { get; set; }

    [Description("Where visitors are served: one or more of http://HOST:PORT, https://HOST:PORT (HTTP/2 and HTTP/1.1, with tls.certificates) and h2c://HOST:PORT (HTTP/2 without TLS), separated by ';'. Default http://*:8080.")]
    public string Urls { get; set; } = "http://*:8080";

    [Description("TLS at the gateway itself, for https:// in urls.")]
    public TlsOptions Tls { get; set; } = new();

    [Description("The websites, by a name of your own choosing: letters, digits, '-', '_' and '.'; logs and metrics use it.")]
    public Dictionary<string, SiteOptions> Sites { get; set; } = [];

    [Description("Addresses and networks (CIDR) of the proxies in front, whose X-Forwarded-* and geo headers are believed. Default none.")]
    public List<string> TrustedProxies { get; set; } = [];

    [Description("Where the visitor's region comes from.")]
    public GeoOptions Geo { get; set; } = new();

    [Description("Where tag scripts are kept.")]
    public CacheOptions Cache { get; set; } = new();

    [Description("What clients, origins and Google may take of the process; every default fits the container or the machine.")]
    public LimitOptions Limits { get; set; } = new();

    [NotYet]
    public JsonElement? Spool { get; set; }

    [Description("For requests to Google: which address really to dial, as curl's --connect-to; Host and TLS server name stay. Keys: an exact host, \"*.suffix\" or \"*\"; values: http:// or https:// and a host, with an optional port.")]
    public Dictionary<string, string> ConnectTo { get; set; } = [];

    [Description("The administration port.")]
    public AdminOptions Admin { get; set; } = new();

    [Description("What the gateway does when it is told to stop.")]
    public ShutdownOptions Shutdown { get; set; } = new();

    [Description("Logging.")]
    public LogOptions Log { get; set; } = new();
}
