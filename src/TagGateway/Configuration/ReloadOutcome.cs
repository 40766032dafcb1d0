namespace TagGateway.Configuration;

/// <summary>What one look at the configuration file came to.</summary>
internal enum ReloadOutcome
{
    /// <summary>The same bytes as at the last look.</summary>
    Unchanged,

    /// <summary>Somebody seems to be writing: the next look decides.</summary>
    Unsettled,

    /// <summary>In force now.</summary>
    Accepted,

    /// <summary>The last good one stays.</summary>
    Refused,
}
