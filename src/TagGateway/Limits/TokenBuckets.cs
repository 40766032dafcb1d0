namespace TagGateway.Limits;

/// <summary>A fixed number of token buckets without timers (generic cell rate algorithm): of each, one number tells since when it would have been empty.</summary>
/// <param name="slots">How many.</param>
/// <param name="burst">The most that a bucket holds.</param>
/// <param name="perSecond">What flows into each.</param>
/// <param name="time">The clock.</param>
internal sealed class TokenBuckets(int slots, int burst, int perSecond, TimeProvider time)
{
    /// <summary>By the clock's timestamps; 0: full, as it was in the beginning.</summary>
    private readonly long[] _emptySince = new long[slots];
    private readonly long _ticksPerToken = time.TimestampFrequency / perSecond;

    /// <summary>Takes <paramref name="tokens"/> out of the client's bucket; false, and nothing taken, when it holds fewer.</summary>
    public bool TrySpend(ClientKey client, int tokens)
    {
        // HashCode has a seed of its own in each process.
        ref var slot = ref _emptySince[(uint)HashCode.Combine(client) % (uint)_emptySince.Length];
        var now = time.GetTimestamp();
        while (true)
        {
            var before = Volatile.Read(ref slot);
            var full = now - (burst * _ticksPerToken);
            var after = (before == 0 ? full : Math.Max(before, full)) + (tokens * _ticksPerToken);
            if (after > now)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref slot, after, before) == before)
            {
                return true;
            }
        }
    }
}
