using System.ComponentModel;
using System.Text.Json;
using TagGateway.Configuration;

namespace TagGateway.Operations;

/// <summary>The administration port: health and metrics.</summary>
internal sealed class AdminOptions
{
    [Description("Where /livez, /readyz and /metrics answer. Never the traffic port. Default http://127.0.0.1:8081.")]
    public string Url { get; set; } = "http://127.0.0.1:8081";

    [NotYet("null")]
    public JsonElement? Token { get; set; }
}
