namespace TagGateway.Caching;

/// <summary>What the shared store had to say.</summary>
internal enum SharedOutcome
{
    /// <summary>Found.</summary>
    Hit,

    /// <summary>Not there.</summary>
    Miss,

    /// <summary>Claimed, or kept.</summary>
    Done,

    /// <summary>Another gateway fetches; this one waits for it.</summary>
    Waits,

    /// <summary>There is something, but nothing that can be read; the next fill replaces it.</summary>
    BadBytes,

    /// <summary>Larger than what is shared.</summary>
    TooLarge,

    /// <summary>Redis said no.</summary>
    Refused,
    TimedOut,
    Unreachable,

    /// <summary>Redis is known to be away: it was not asked.</summary>
    NotTried,
}
