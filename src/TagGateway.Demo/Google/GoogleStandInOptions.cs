namespace TagGateway.Demo.Google;

/// <summary>Where the stand-in for Google listens; loopback only, port 0 = any free port.</summary>
internal sealed record GoogleStandInOptions
{
    public string HttpUrl { get; init; } = "http://127.0.0.1:0";

    /// <summary>HTTP/2 and HTTP/1.1 by ALPN, with a certificate for all of Google. Null = no TLS.</summary>
    public string? HttpsUrl { get; init; }

    public string ControlUrl { get; init; } = "http://127.0.0.1:0";

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    public GoogleScenario Scenario { get; init; } = new();

    /// <summary>What is answered in place of Google's own answer, of whatever host; null, or an answer of null: Google's own.</summary>
    public Func<RecordedRequest, GoogleAnswer?>? Overrule { get; init; }
}
