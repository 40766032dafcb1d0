namespace TagGateway.Caching;

/// <summary>How this gateway stands with Redis.</summary>
internal enum RedisState
{
    /// <summary>None is configured.</summary>
    Off,

    /// <summary>Not reached yet, since the start or since the configuration changed.</summary>
    Connecting,
    Up,

    /// <summary>It answers and takes no entries: it is full, or a replica.</summary>
    ReadOnly,

    /// <summary>Away, or too slow. Scripts come from memory and from Google.</summary>
    Down,
}
