using System.Text.Json.Serialization;

namespace TagGateway.Demo.Google;

/// <summary>What a request is for in the contract between gateway and Google.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RequestKind>))]
internal enum RequestKind
{
    /// <summary>No sub-path that Google knows: 404.</summary>
    Unknown,

    /// <summary>Wrong host, no measurement path or a doubled tag id: nothing is served.</summary>
    Refused,
    Script,
    Hit,
    Telemetry,
    SetCookie,
    ServiceWorker,
    Health,
}
