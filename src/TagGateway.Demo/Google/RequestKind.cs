using System.Text.Json.Serialization;

namespace TagGateway.Demo.Google;

/// <summary>What a request is for in the eyes of Google.</summary>
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

    /// <summary>HTML for a frame: Floodlight's, remarketing's, the one for browsers without scripts.</summary>
    Frame,

    /// <summary>A script asks where the visitor is.</summary>
    Geo,
}
