namespace TagGateway.Caching;

/// <summary>How a command to Redis ended.</summary>
internal enum RedisOutcome
{
    Answered,

    /// <summary>Redis said no: full, a replica, not allowed, another type at the key.</summary>
    Refused,
    TimedOut,

    /// <summary>No connection, or it broke.</summary>
    Unreachable,

    /// <summary>Not sent: the commands before it failed.</summary>
    NotTried,
}
