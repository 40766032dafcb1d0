using System.Text;
using System.Text.Json.Serialization;

namespace TagGateway.Demo.Google;

/// <summary>One request exactly as the stand-in received it, and what Google would make of it.</summary>
/// <remarks>Over HTTP/1.1 <see cref="Headers"/> are read from the raw bytes: order, spelling and doubled lines are exact. HTTP/2 has
/// lower-case names only, and Kestrel groups its lines by name: there the order is not the wire's (<see cref="RawHead"/> is null).</remarks>
internal sealed record RecordedRequest
{
    /// <summary>Counts from 1 in the order of arrival; not reset by <see cref="Recorder.Clear"/>.</summary>
    public long Number { get; init; }

    public DateTimeOffset At { get; init; }

    public required string Method { get; init; }

    public required string Scheme { get; init; }

    /// <summary><c>HTTP/1.1</c> or <c>HTTP/2</c>.</summary>
    public required string Protocol { get; init; }

    /// <summary>The Host header or <c>:authority</c>, with its port if it has one.</summary>
    public required string Host { get; init; }

    /// <summary>Path and query as they stood in the request line, nothing decoded.</summary>
    public required string RawTarget { get; init; }

    public required IReadOnlyList<HeaderLine> Headers { get; init; }

    /// <summary>The first 16 MiB of the body.</summary>
    public byte[] Body { get; init; } = [];

    public long BodyLength { get; init; }

    /// <summary>False when the sender broke off before the end of the body.</summary>
    public bool BodyComplete { get; init; } = true;

    /// <summary>Request line and headers, byte for byte, to the empty line; null over HTTP/2.</summary>
    [JsonIgnore]
    public byte[]? RawHead { get; init; }

    public RequestKind Kind { get; init; }

    /// <summary>The tag whose host was asked, or of an ordinary host the tag whose script was asked; in upper case; "" when there is none.</summary>
    public string Tag { get; init; } = "";

    /// <summary>From slash to slash; "" on Google's ordinary hosts.</summary>
    public string MeasurementPath { get; init; } = "";

    /// <summary>What follows the measurement path, on an ordinary host the path, without a leading slash; the clear text when it came as an opaque token.</summary>
    public string SubPath { get; init; } = "";

    /// <summary>The raw query; of an opaque token the query inside it.</summary>
    public string Query { get; init; } = "";

    public bool Obscured { get; init; }

    public string BodyText => Encoding.UTF8.GetString(Body);

    /// <summary>The events of a hit, decoded; empty for every other kind.</summary>
    public IReadOnlyList<HitEvent> Events => HitEvent.Read(this);

    /// <summary>The first value of the header, or null.</summary>
    public string? Header(string name) => HeaderValues(name) is [var first, ..] ? first : null;

    /// <summary>The values of all lines of that name, in order, not split at commas.</summary>
    public IReadOnlyList<string> HeaderValues(string name) =>
        [.. Headers.Where(line => line.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(line => line.Value)];
}
