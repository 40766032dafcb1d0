using System.ComponentModel;
using TagGateway.Configuration;

namespace TagGateway.Operations;

/// <summary>The administration port: health, metrics and the API.</summary>
internal sealed class AdminOptions
{
    [Description("Where /livez, /readyz, /metrics and /api/* answer. Never the traffic port. Default http://127.0.0.1:8081.")]
    public string Url { get; set; } = "http://127.0.0.1:8081";

    [Description("The secret of /api/*, sent as \"Authorization: Bearer …\": 16 to 1024 visible ASCII characters; better given by TAGGATEWAY_ADMIN__TOKEN_FILE than here. Default none: /api/* then answers requests of its own machine only.")]
    [Secret]
    public string? Token { get; set; }
}
