namespace TagGateway.Attacks.Crowds;

/// <summary>Which HTTP/2 frames are sent without end.</summary>
internal enum FloodKind
{
    /// <summary>Requests that are cancelled at once (CVE-2023-44487).</summary>
    RapidReset,

    /// <summary>Requests that the server is made to reset itself, by a window that overflows (CVE-2025-8671).</summary>
    MadeYouReset,

    /// <summary>A header block that never ends (CVE-2024-27316 and others); on every second connection its pieces are empty.</summary>
    Continuation,

    /// <summary>SETTINGS, each to be confirmed (CVE-2019-9515).</summary>
    Settings,

    /// <summary>PING, each to be answered (CVE-2019-9512).</summary>
    Ping,

    /// <summary>The connection's window, opened byte by byte.</summary>
    WindowUpdate,

    /// <summary>PRIORITY of streams that are not there (CVE-2019-9513).</summary>
    Priority,

    /// <summary>A body of empty frames (CVE-2019-9518).</summary>
    EmptyData,

    /// <summary>Requests that are refused before anything looks at them: TRACE.</summary>
    Refused,
}
