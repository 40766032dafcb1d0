namespace TagGateway.Upstream;

/// <summary>How a fetch of the gateway's own ended.</summary>
internal enum FetchOutcome
{
    /// <summary>Google answered, and not that it is ill.</summary>
    Answered,

    /// <summary>A 5xx or 429.</summary>
    UpstreamError,

    /// <summary>No connection, or one that broke before the answer.</summary>
    Unreachable,

    /// <summary>No whole answer in time.</summary>
    TimedOut,

    /// <summary>The answer broke off.</summary>
    CutShort,

    /// <summary>The body is over the limit.</summary>
    TooLarge,

    /// <summary>There is no room for the body: nothing is wrong with Google.</summary>
    NoRoom,

    /// <summary>Google has failed so often that it is left alone for a while.</summary>
    CircuitOpen,
}
