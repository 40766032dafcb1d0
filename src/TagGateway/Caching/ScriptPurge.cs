using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace TagGateway.Caching;

/// <summary>Purges here and at every gateway that shares: what was kept before is gone, what was on its way before is not kept.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "Without its wait handle a semaphore holds nothing.")]
internal sealed class ScriptPurge(
    PurgeLedger ledger, MemoryStore memory, ForgetFills forgetFills, SharedPurges shared, RedisLink link, RedisHealth health, ILogger<ScriptPurge> logger)
{
    /// <summary>Purges of this gateway that Redis has not taken yet, with their stamps here.</summary>
    private readonly ConcurrentDictionary<PurgeScope, long> _untold = new();

    /// <summary>Each purge is told once: told twice it gets two stamps, and the second takes what came in after the first.</summary>
    private readonly SemaphoreSlim _telling = new(1);

    /// <summary>See <see cref="PurgeEntries"/>.</summary>
    public async Task<PurgeResult> PurgeAsync(PurgeScope scope, CancellationToken stop)
    {
        var stamp = ledger.NextStamp();
        var removed = Apply(scope, stamp);
        if (link.Target is null)
        {
            return new PurgeResult(removed, PurgeReach.ThisGateway);
        }

        _untold[scope] = stamp;
        try
        {
            return new PurgeResult(removed, await TellAsync(stop) ? PurgeReach.AllGateways : PurgeReach.OthersNotTold);
        }
        catch (OperationCanceledException)
        {
            return new PurgeResult(removed, PurgeReach.OthersNotTold);
        }
    }

    /// <summary>Brings this gateway and Redis to the same purges. From then on what Redis holds may be used. Throws only when cancelled.</summary>
    public async Task FollowAsync(CancellationToken stop)
    {
        var reply = await shared.ReadAsync(stop);
        if (reply.Value is not { } known)
        {
            if (reply.Outcome != RedisOutcome.NotTried)
            {
                health.WentAway(reply.Reason);
            }

            return;
        }

        Apply(known);
        health.Answered();
        await TellAsync(stop);
        var lost = ledger.Stamps.Where(own => !_untold.ContainsKey(own.Key) && known.GetValueOrDefault(own.Key) < own.Value).ToDictionary();
        if (lost.Count > 0)
        {
            await shared.RestoreAsync(lost, stop);
        }
    }

    /// <returns>False when Redis did not take them; then they are told later.</returns>
    private async Task<bool> TellAsync(CancellationToken stop)
    {
        await _telling.WaitAsync(stop);
        try
        {
            return await TellUntoldAsync(stop);
        }
        finally
        {
            _telling.Release();
        }
    }

    private async Task<bool> TellUntoldAsync(CancellationToken stop)
    {
        var told = _untold.ToDictionary();
        if (told.Count == 0)
        {
            return true;
        }

        var reply = await shared.AddAsync(told, stop);
        if (reply.Value is not { } known)
        {
            return false;
        }

        foreach (var purge in told)
        {
            _untold.TryRemove(purge);
            // Applied already; only the stamp may have grown on the way.
            ledger.Note(purge.Key, known.GetValueOrDefault(purge.Key));
        }

        Apply(known);
        return true;
    }

    private void Apply(IReadOnlyDictionary<PurgeScope, long> known)
    {
        foreach (var (scope, stamp) in known)
        {
            // One that has been noted meanwhile has been applied too: what is there now came after it.
            if (ledger.Note(scope, stamp))
            {
                logger.PurgedForAnother(scope, Forget(scope));
            }
        }
    }

    /// <summary>First the ledger: what comes in from now on asks it.</summary>
    private int Apply(PurgeScope scope, long stamp)
    {
        ledger.Note(scope, stamp);
        return Forget(scope);
    }

    private int Forget(PurgeScope scope)
    {
        var removed = memory.Remove(scope);
        forgetFills(scope);
        return removed;
    }
}
