using StackExchange.Redis;
using TagGateway.Operations;

namespace TagGateway.Caching;

/// <summary>The second level: entries that all gateways on one Redis share. Never throws but for cancellation, never makes anybody wait long:
/// without Redis, or with one that is slow, full or away, nothing is found and nothing is kept.</summary>
internal sealed class SharedStore(RedisLink link, RedisHealth health, GatewayMetrics metrics, TimeProvider time)
{
    private static readonly TimeSpan FirstPoll = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LastPoll = TimeSpan.FromMilliseconds(200);

    /// <summary>The entry as another gateway, or this one before a restart, left it; null when there is none that can be read.
    /// The caller owns its reference.</summary>
    public async Task<Entry?> FindAsync(EntryKey key, CancellationToken stop)
    {
        if (!MayAsk(SharedKind.Find))
        {
            return null;
        }

        var name = SharedKeys.Entry(key);
        var reply = await link.AskAsync(redis => ReadAsync(redis, name), stop);
        if (!reply.IsAnswered)
        {
            Count(SharedKind.Find, reply.Outcome);
            return null;
        }

        var (bytes, left) = reply.Value;
        var entry = bytes.IsEmpty ? null : Open(key, bytes, left);
        metrics.SharedAsked(SharedKind.Find, entry is not null ? SharedOutcome.Hit : bytes.IsEmpty ? SharedOutcome.Miss : SharedOutcome.BadBytes);
        return entry;
    }

    /// <summary>Waits until this gateway may fetch, or another one has.</summary>
    /// <param name="key">What is to be fetched.</param>
    /// <param name="isWanted">Whether an entry that another gateway left meanwhile will do.</param>
    /// <param name="patience">How long to wait for another gateway at most.</param>
    /// <param name="stop">Ends the waiting.</param>
    public async Task<FillClaim> ClaimAsync(EntryKey key, Func<Entry, bool> isWanted, TimeSpan patience, CancellationToken stop)
    {
        var (since, fill) = (time.GetTimestamp(), new FillLock(link, SharedKeys.Fill(key), time));
        using var poll = new PeriodicTimer(FirstPoll, time);
        do
        {
            if (!MayAsk(SharedKind.Claim))
            {
                return new FillClaim(null, null);
            }

            var taken = await fill.TryTakeAsync(stop);
            if (!taken.IsAnswered)
            {
                Count(SharedKind.Claim, taken.Outcome);
                return new FillClaim(null, null);
            }

            if (!taken.Value)
            {
                metrics.SharedAsked(SharedKind.Claim, SharedOutcome.Waits);
                await WaitAsync(fill, poll, patience - time.GetElapsedTime(since), stop);
            }

            // Whoever had the lock may have filled the entry; also between the caller's look and ours.
            if (await FindAsync(key, stop) is { } entry)
            {
                if (isWanted(entry))
                {
                    await fill.DisposeAsync();
                    return new FillClaim(entry, null);
                }

                entry.Release();
            }

            if (taken.Value)
            {
                metrics.SharedAsked(SharedKind.Claim, SharedOutcome.Done);
                return new FillClaim(null, fill.DisposeAsync);
            }
        }
        while (time.GetElapsedTime(since) < patience);

        return new FillClaim(null, null);
    }

    /// <summary>Leaves the entry for the others until the end of its <paramref name="lifetimes"/>.</summary>
    public async Task KeepAsync(Entry entry, Lifetimes lifetimes, CancellationToken stop)
    {
        if (!MayAsk(SharedKind.Keep))
        {
            return;
        }

        var age = entry.Age;
        var timeToLive = TimeSpan.FromMilliseconds(Math.Floor((lifetimes.End - age).TotalMilliseconds));
        if (timeToLive <= TimeSpan.Zero)
        {
            return; // good for nothing but its validators
        }

        if (EntryFormat.Write(entry.Head, entry.Body.Memory.Span, age, timeToLive) is not { } bytes)
        {
            metrics.SharedAsked(SharedKind.Keep, SharedOutcome.TooLarge);
            return;
        }

        var name = SharedKeys.Entry(entry.Head.Key);
        var reply = await link.AskAsync(redis => redis.StringSetAsync(name, bytes, timeToLive), stop);
        Count(SharedKind.Keep, reply.Outcome);
        if (reply.IsAnswered)
        {
            health.Took();
        }
        else if (reply.Outcome == RedisOutcome.Refused)
        {
            health.Refused(reply.Reason);
        }
    }

    /// <summary>Not while Redis is away, nor before the purges are read: what it has may have been purged.</summary>
    private bool MayAsk(SharedKind kind)
    {
        if (!health.IsAnswering && health.State != RedisState.Off)
        {
            Count(kind, RedisOutcome.NotTried);
        }

        return health.IsAnswering;
    }

    /// <summary>Until the lock is gone, or the patience is over.</summary>
    private async Task WaitAsync(FillLock fill, PeriodicTimer poll, TimeSpan patience, CancellationToken stop)
    {
        var since = time.GetTimestamp();
        do
        {
            await poll.WaitForNextTickAsync(stop);
            poll.Period = poll.Period * 2 < LastPoll ? poll.Period * 2 : LastPoll;
        }
        while (time.GetElapsedTime(since) < patience && await fill.IsHeldAsync(stop));
    }

    /// <summary>No more of the value than an entry may have. The time first: when the entry is replaced in between, it seems too old, not too young.</summary>
    private static async Task<(ReadOnlyMemory<byte> Bytes, TimeSpan? Left)> ReadAsync(IDatabase redis, RedisKey name)
    {
        var left = redis.KeyTimeToLiveAsync(name);
        var bytes = redis.StringGetRangeAsync(name, 0, EntryFormat.MaxBytes);
        await Task.WhenAll(left, bytes);
        return (await bytes, await left);
    }

    /// <summary>Null for what is no entry, for another one's (a value that was copied to this key), and for one without an end.</summary>
    private Entry? Open(EntryKey key, ReadOnlyMemory<byte> bytes, TimeSpan? left)
    {
        if (left is not { } timeLeft || EntryFormat.Read(bytes) is not { } read || read.Head.Key != key)
        {
            return null;
        }

        // By Redis's clock alone: the gateways' may differ.
        var gone = read.TimeToLive > timeLeft ? read.TimeToLive - timeLeft : TimeSpan.Zero;
        return new Entry(read.Head, StoredBytes.Copy(read.Body.Span), read.Age + gone, time);
    }

    private void Count(SharedKind kind, RedisOutcome outcome) => metrics.SharedAsked(kind, outcome switch
    {
        RedisOutcome.Answered => SharedOutcome.Done,
        RedisOutcome.Refused => SharedOutcome.Refused,
        RedisOutcome.TimedOut => SharedOutcome.TimedOut,
        RedisOutcome.Unreachable => SharedOutcome.Unreachable,
        _ => SharedOutcome.NotTried,
    });
}
