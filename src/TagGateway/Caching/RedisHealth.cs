using TagGateway.Operations;

namespace TagGateway.Caching;

/// <summary>Knows how this gateway stands with Redis, and tells of each change once.</summary>
internal sealed class RedisHealth(GatewayMetrics metrics, TimeProvider time, ILogger<RedisHealth> logger)
{
    /// <summary>A Redis that is just full takes one entry and refuses the next: one change of mind is told, not each.</summary>
    private static readonly TimeSpan RefusesAtLeast = TimeSpan.FromSeconds(30);

    private readonly Lock _change = new();
    private volatile Standing _standing = new(RedisState.Off, "", 0);

    public RedisState State => _standing.State;

    /// <summary>How long it has been so.</summary>
    public TimeSpan Since => time.GetElapsedTime(_standing.Since);

    /// <summary>Whether entries may be asked for.</summary>
    public bool IsAnswering => _standing.State is RedisState.Up or RedisState.ReadOnly;

    /// <summary>One line for an operator; null when there is nothing wrong.</summary>
    public string? Problem => _standing switch
    {
        { State: RedisState.Connecting } => "Redis is not reached yet: scripts are not shared",
        { State: RedisState.Down } down => $"Redis is away ({down.Reason}): scripts are not shared",
        { State: RedisState.ReadOnly } full => $"Redis takes no entries ({full.Reason}): new scripts are not shared",
        _ => null,
    };

    public void TurnedOff() => Move(RedisState.Off, "");

    public void Connecting() => Move(RedisState.Connecting, "");

    /// <summary>It answers, and the purges are read: what it has may be used.</summary>
    public void Answered()
    {
        lock (_change)
        {
            if (!IsAnswering && Move(RedisState.Up, ""))
            {
                logger.RedisUp();
            }
        }
    }

    /// <param name="reason">One word of ours or of Redis: no message of either, which may quote.</param>
    public void WentAway(string reason)
    {
        lock (_change)
        {
            if (_standing.State != RedisState.Off && Move(RedisState.Down, reason))
            {
                logger.RedisDown(reason);
            }
        }
    }

    public void Refused(string reason)
    {
        lock (_change)
        {
            if (_standing.State == RedisState.Up && Move(RedisState.ReadOnly, reason))
            {
                logger.RedisTakesNothing(reason);
            }
        }
    }

    public void Took()
    {
        if (_standing.State != RedisState.ReadOnly || Since < RefusesAtLeast)
        {
            return;
        }

        lock (_change)
        {
            if (_standing.State == RedisState.ReadOnly && Move(RedisState.Up, ""))
            {
                logger.RedisTakesAgain();
            }
        }
    }

    /// <returns>False when it was so already.</returns>
    private bool Move(RedisState state, string reason)
    {
        lock (_change)
        {
            if (_standing.State == state)
            {
                return false;
            }

            _standing = new Standing(state, reason, time.GetTimestamp());
            metrics.RedisChanged(state);
            return true;
        }
    }

    private sealed record Standing(RedisState State, string Reason, long Since);
}
