namespace TagGateway.Operations;

/// <summary>Whether a request may use the administration API; why not, as the log names it.</summary>
internal enum AdminVerdict
{
    Granted,

    /// <summary>A token is configured, and the request has none or another.</summary>
    WrongToken,

    /// <summary>No token is configured, and an end of the connection is not of this machine.</summary>
    NotLoopback,

    /// <summary>Of this machine, but sent on by a proxy on it: anybody's.</summary>
    Proxied,

    /// <summary>The name asked for is not this machine's own: a browser was led here by a foreign name (DNS rebinding).</summary>
    ForeignHost,

    /// <summary>A browser on this machine, on behalf of a foreign page.</summary>
    ForeignOrigin,
}
