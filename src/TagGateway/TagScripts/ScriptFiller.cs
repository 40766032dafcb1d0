using Microsoft.Net.Http.Headers;
using TagGateway.Caching;
using TagGateway.Limits;
using TagGateway.Upstream;

namespace TagGateway.TagScripts;

/// <summary>Fills one entry: from what the gateways share, else from Google; judged before anybody gets it, kept in memory and shared.</summary>
internal sealed class ScriptFiller(
    ScriptFetcher fetcher, ScriptReader reader, ScriptGuard guard, MemoryStore memory, Variants variants, SharedStore shared, PurgeLedger purges, CpuLanes lanes, TimeProvider time)
{
    private static readonly TimeSpan FailedFor = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan PassedFor = TimeSpan.FromMinutes(1);

    /// <summary>Throws only when cancelled; goes on after <paramref name="deliver"/> with what no visitor has to wait for.</summary>
    /// <param name="request">What to bring.</param>
    /// <param name="lease">The fill's own: no client is waited for.</param>
    /// <param name="deliver">Called once with the end.</param>
    /// <param name="stop">The gateway stops.</param>
    public async Task FillAsync(FillRequest request, MemoryLease lease, Action<FillResult> deliver, CancellationToken stop)
    {
        var (load, former) = (request.Load, request.Former);
        if (FindNewer(load, former) is { } newer)
        {
            deliver(newer);
            return;
        }

        var stamp = purges.Newest;
        if (!load.MayShare)
        {
            deliver(await FetchAsync(request, stamp, lease, stop));
            return;
        }

        var found = await TakeSharedAsync(load, await shared.FindAsync(load.Key, stop), lease, stop);
        if (DeliverShared(load, found, deliver))
        {
            return;
        }

        await using var claim = await shared.ClaimAsync(load.Key, other => IsFresh(load, other), load.Fetch.Site.Timeout, stop);
        var filled = await TakeSharedAsync(load, claim.Entry, lease, stop);
        if (DeliverShared(load, filled, deliver))
        {
            return;
        }

        var result = await FetchAsync(request with { Former = filled ?? found ?? former }, stamp, lease, stop);
        var fetched = result.Entry is { } entry && entry.Body.TryRetain() ? entry : null;
        deliver(result);
        if (fetched is not null)
        {
            await KeepSharedAsync(load, fetched, stop);
        }
    }

    /// <summary>What another fill has come to that ended before this one began, though after the visitor had looked; null: nothing.</summary>
    private FillResult? FindNewer(ScriptLoad load, Entry? former) =>
        memory.TryGet<FillMark>(load.MarkKey, out var mark) && mark.Result is { } result ? result
        : memory.TryGet<Entry>(load.Key, out var entry) && entry != former && IsFresh(load, entry) ? new FillResult(FillKind.Kept, entry)
        : null;

    private bool IsFresh(ScriptLoad load, Entry entry) => StateOf(load, entry) == EntryState.Fresh && !purges.Covers(entry.Head);

    private static EntryState StateOf(ScriptLoad load, Entry entry) => Lifetimes.Of(entry.Rules, load.Policy).StateAt(entry.Age);

    /// <summary>True when there is nothing more to do. A stale one is delivered as well, where it may be served while a newer one is fetched.</summary>
    private static bool DeliverShared(ScriptLoad load, Entry? entry, Action<FillResult> deliver)
    {
        var state = entry is null ? EntryState.Expired : StateOf(load, entry);
        if (entry is not null && state is EntryState.Fresh or EntryState.StaleWhileRevalidate)
        {
            deliver(new FillResult(FillKind.Shared, entry));
        }

        return state == EntryState.Fresh;
    }

    /// <summary>Into memory, stale or not: stale ones are for need. Null when it is no good any more, or not the site's to serve; then it is released.</summary>
    private async Task<Entry?> TakeSharedAsync(ScriptLoad load, Entry? entry, MemoryLease lease, CancellationToken stop)
    {
        if (entry is null)
        {
            return null;
        }

        var isBetter = !memory.TryGet<Entry>(load.Key, out var known) || known.Age > entry.Age;
        if (isBetter && entry.Head.Key == load.Key && StateOf(load, entry) != EntryState.Expired && await IsReadableAsync(load, entry, lease, stop)
            && guard.Judge(load.Fetch.Site, entry.Head.Facts).MayServe && Keep(entry) == ScriptBypass.None)
        {
            return entry;
        }

        entry.Release();
        return null;
    }

    private async Task<bool> IsReadableAsync(ScriptLoad load, Entry entry, MemoryLease lease, CancellationToken stop)
    {
        if (!entry.Head.IsTemplate)
        {
            return true;
        }

        using var permit = await lanes.EnterAsync(load.Lane, stop);
        return permit is not null && Variants.IsReadable(entry.Content, lease);
    }

    private async Task KeepSharedAsync(ScriptLoad load, Entry entry, CancellationToken stop)
    {
        try
        {
            await shared.KeepAsync(entry, Lifetimes.Of(entry.Rules, load.Policy), stop);
        }
        finally
        {
            entry.Body.Release();
        }
    }

    private async Task<FillResult> FetchAsync(FillRequest request, long stamp, MemoryLease lease, CancellationToken stop)
    {
        var load = request.Load;
        // Without its body a 304 would be of no use.
        var known = request.Former is { } former && former.Body.TryRetain() ? former : null;
        try
        {
            using var fetched = await fetcher.FetchAsync(load.Fetch, known, lease, stop);
            var result = await TakeAsync(request with { Former = known }, fetched, stamp, lease, stop);
            if (result is { Entry: null, Kind: not FillKind.Shed } && result.Bypass != ScriptBypass.Purged)
            {
                Mark(load, result);
            }
            else if (result.Entry is { } kept && StateOf(load, kept) == EntryState.StaleWhileRevalidate)
            {
                // Old when it came: asked for again behind every visitor's back it would be asked for all the time.
                Mark(load, FillResult.Failed);
            }

            if (known is not null && result.Kind is (FillKind.Passed or FillKind.Foreign))
            {
                // Google's newest word is another than the stale entry.
                memory.Remove(load.Key, known);
            }

            return result;
        }
        finally
        {
            known?.Body.Release();
        }
    }

    private async Task<FillResult> TakeAsync(FillRequest request, FetchedScript fetched, long stamp, MemoryLease lease, CancellationToken stop)
    {
        var (load, known) = (request.Load, request.Former);
        if (fetched.Outcome != FetchOutcome.Answered)
        {
            return fetched.Outcome == FetchOutcome.NoRoom ? FillResult.Shed : FillResult.Failed;
        }

        if (fetched.Status == 304 && known is not null && known.Body.TryRetain())
        {
            var head = known.Head with { Headers = RevalidatedHeaders.Of(known.Head.Headers, fetched.Headers), PurgeStamp = stamp };
            return Store(load, new Entry(head, known.Content, AgeOf(fetched), time), FillKind.Revalidated);
        }

        if (fetched.Body is not { } body)
        {
            return FillResult.Passed(ScriptBypass.NotKept);
        }

        // Two lines are a list of codings (RFC 9110 §5.3), as many as there are words.
        var name = string.Join(',', EntryRules.Values(fetched.Headers, HeaderNames.ContentEncoding));
        if (!ContentCodings.TryParse(name, out var coding) || body.Length == 0)
        {
            return FillResult.Failed;
        }

        // What is not kept is read for what it says of its site; it is rewritten when it is passed on.
        var mayKeep = MayKeep(load, EntryRules.Read(fetched.Headers), fetched.Headers, AgeOf(fetched));
        var source = new ScriptSource(load.Fetch.Site, load.Fetch.Tag, mayKeep ? load.Rules : default, coding, body.Memory) { IsKept = mayKeep };
        return await TakeScriptAsync(request, fetched, source, stamp, lease, stop);
    }

    private async Task<FillResult> TakeScriptAsync(FillRequest request, FetchedScript fetched, ScriptSource source, long stamp, MemoryLease lease, CancellationToken stop)
    {
        using var reading = await reader.ReadAsync(source, request.Account, lease, stop);
        switch (reading.Outcome)
        {
            case ReadingOutcome.Foreign when reading.Elsewhere is { } elsewhere:
                return FillResult.Foreign(elsewhere);
            case ReadingOutcome.Shed:
                return FillResult.Shed;
            case ReadingOutcome.Known or ReadingOutcome.Read when reading.Plain is not { Length: 0 }:
                break;
            default:
                // An empty one is no tag's script: something has cut it.
                return FillResult.Failed;
        }

        if (!source.IsKept)
        {
            return FillResult.Passed(ScriptBypass.NotKept);
        }

        var load = request.Load;
        var content = reading.ContentOf(source, request.Account.Lane, lease);
        var head = new EntryHead(
            load.Key, content.Site, content.Tag, fetched.Headers, content.Coding, content.Hash, content.Facts, load.Fetch.IsVersioned, stamp, content.IsTemplate);
        var result = Store(load, new Entry(head, content, AgeOf(fetched), time), request.Former is null ? FillKind.Stored : FillKind.Replaced);
        if (result.Entry is not null && request.Form is { } form && reading.Plain is { } plain)
        {
            var values = content.IsTemplate ? form.Values : null;
            variants.Keep(content, form with { Values = values }, (reading.Template ?? plain).Span, lease);
        }

        return result;
    }

    private FillResult Store(ScriptLoad load, Entry entry, FillKind kind)
    {
        var bypass = MayKeep(load, entry.Rules, entry.Head.Headers, entry.Age) ? Keep(entry) : ScriptBypass.NotKept;
        if (bypass == ScriptBypass.None)
        {
            return new FillResult(kind, entry);
        }

        entry.Release();
        return FillResult.Passed(bypass);
    }

    /// <summary>Not what Google forbids, and not what is good neither for a visitor nor for a question whether it has changed.</summary>
    private static bool MayKeep(ScriptLoad load, EntryRules rules, IReadOnlyList<HeaderField> headers, TimeSpan age) =>
        rules.MayStore && (Lifetimes.Of(rules, load.Policy).End > age || EntryRules.Values(headers, HeaderNames.ETag).Any());

    /// <summary>The store takes the entry over, unless there is a reason.</summary>
    private ScriptBypass Keep(Entry entry)
    {
        if (purges.Covers(entry.Head))
        {
            return ScriptBypass.Purged;
        }

        if (!memory.TryPut(entry.Head.Key, entry))
        {
            return ScriptBypass.TooLarge;
        }

        // A purge that came at this very moment has looked for it in vain.
        if (purges.Covers(entry.Head))
        {
            memory.Remove(entry.Head.Key, entry);
        }

        return ScriptBypass.None;
    }

    private void Mark(ScriptLoad load, FillResult result)
    {
        // Not all at the same moment when it is over.
        var duration = (result.Kind == FillKind.Failed ? FailedFor : PassedFor) * (1 + Random.Shared.NextDouble());
        memory.TryPut(load.MarkKey, new FillMark(load, result, duration, time));
    }

    private static TimeSpan AgeOf(FetchedScript fetched) => EntryRules.Read(fetched.Headers).Age + fetched.Delay;
}
