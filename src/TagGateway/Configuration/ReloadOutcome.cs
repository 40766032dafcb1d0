namespace TagGateway.Configuration;

/// <summary>What one look at a file that is watched came to.</summary>
internal enum ReloadOutcome
{
    /// <summary>The same as at the last look.</summary>
    Unchanged,

    /// <summary>Somebody seems to be writing: the next look decides.</summary>
    Unsettled,

    /// <summary>In force now.</summary>
    Accepted,

    /// <summary>The last good one stays.</summary>
    Refused,
}
