using System.Text.Json.Serialization;

namespace TagGateway.Demo.Google;

/// <summary>One scripted misbehaviour: which requests it hits (all conditions that are set), how often, and what it does (all that is set).</summary>
/// <remarks>Set only while it is made: the generated JSON reader would give an unnamed init-only property no default.</remarks>
internal sealed record Fault
{
    /// <summary>Beginning of the raw target, such as <c>/metrics/</c>.</summary>
    public string? PathPrefix { get; set; }

    /// <summary>Beginning of the sub-path, such as <c>ga/g/c</c>; of a token its clear text.</summary>
    public string? SubPathPrefix { get; set; }

    public RequestKind? Kind { get; set; }

    /// <summary>Any other condition; in process only.</summary>
    [JsonIgnore]
    public Func<RecordedRequest, bool>? When { get; set; }

    /// <summary>So many requests, then never again. Null = for ever.</summary>
    public int? Times { get; set; }

    /// <summary>Answers with this status instead; with <see cref="Body"/> as plain text.</summary>
    public int? Status { get; set; }

    public string? Body { get; set; }

    /// <summary>Waits so long before anything is sent.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Resets the connection instead of answering.</summary>
    public bool Reset { get; set; }

    /// <summary>Announces the whole body, sends half of it and resets the connection.</summary>
    public bool HalfBody { get; set; }

    /// <summary>Sends so many body bytes and then nothing more until the other side gives up.</summary>
    public int? StallAfterBytes { get; set; }

    /// <summary>Adds response headers of so many bytes together, in lines of up to 8,000.</summary>
    public int ExtraHeaderBytes { get; set; }

    /// <summary>Adds a response header with bytes above 127.</summary>
    public bool NonAsciiHeader { get; set; }

    /// <summary>Fills the body up to so many bytes with JavaScript comments.</summary>
    public int BodyBytes { get; set; }

    public string? ContentType { get; set; }

    /// <summary>Added response headers; several of one name are several lines.</summary>
    public IReadOnlyList<HeaderLine> Headers { get; set; } = [];

    public bool Matches(RecordedRequest request) =>
        (PathPrefix is null || request.RawTarget.StartsWith(PathPrefix, StringComparison.Ordinal))
        && (SubPathPrefix is null || request.SubPath.StartsWith(SubPathPrefix, StringComparison.Ordinal))
        && (Kind is null || request.Kind == Kind)
        && (When is null || When(request));
}
