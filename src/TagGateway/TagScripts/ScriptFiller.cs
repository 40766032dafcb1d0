using System.Buffers.Text;
using System.Collections.Frozen;
using System.IO.Hashing;
using Microsoft.Net.Http.Headers;
using TagGateway.Caching;
using TagGateway.Rewriting;
using TagGateway.Upstream;

namespace TagGateway.TagScripts;

/// <summary>Fills one entry: from what the gateways share, else from Google; judged before anybody gets it, kept in memory and shared.</summary>
internal sealed class ScriptFiller(
    ScriptFetcher fetcher, ScriptGuard guard, ScriptRewriting rewriting, MemoryStore memory, SharedStore shared, PurgeLedger purges, TimeProvider time)
{
    private static readonly TimeSpan FailedFor = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan PassedFor = TimeSpan.FromMinutes(1);

    /// <summary>Of the body that is kept. Its type was looked at when it came: no 304 makes a page of a script.</summary>
    private static readonly FrozenSet<string> OfTheBody = new[]
    {
        HeaderNames.ContentEncoding, HeaderNames.ContentLength, HeaderNames.ContentMD5, HeaderNames.ContentRange, HeaderNames.ContentType, HeaderNames.ETag,
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Throws only when cancelled; goes on after <paramref name="deliver"/> with what no visitor has to wait for.</summary>
    /// <param name="load">What to fetch.</param>
    /// <param name="former">The stale entry; null: none.</param>
    /// <param name="deliver">Called once with the end.</param>
    /// <param name="stop">The gateway stops.</param>
    public async Task FillAsync(ScriptLoad load, Entry? former, Action<FillResult> deliver, CancellationToken stop)
    {
        if (FindNewer(load, former) is { } newer)
        {
            deliver(newer);
            return;
        }

        var stamp = purges.Newest;
        if (!load.MayShare)
        {
            deliver(await FetchAsync(load, former, stamp, stop));
            return;
        }

        var found = TakeShared(load, await shared.FindAsync(load.Key, stop));
        if (DeliverShared(load, found, deliver))
        {
            return;
        }

        await using var claim = await shared.ClaimAsync(load.Key, other => IsFresh(load, other), load.Fetch.Site.Timeout, stop);
        var filled = TakeShared(load, claim.Entry);
        if (DeliverShared(load, filled, deliver))
        {
            return;
        }

        var result = await FetchAsync(load, filled ?? found ?? former, stamp, stop);
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
    private Entry? TakeShared(ScriptLoad load, Entry? entry)
    {
        if (entry is null)
        {
            return null;
        }

        var isBetter = !memory.TryGet<Entry>(load.Key, out var known) || known.Age > entry.Age;
        if (isBetter && entry.Head.Key == load.Key && StateOf(load, entry) != EntryState.Expired
            && (!entry.Head.IsTemplate || Variants.IsReadable(entry)) && guard.Judge(load.Fetch.Site, entry.Head.Facts).MayServe && Keep(entry) == ScriptBypass.None)
        {
            return entry;
        }

        entry.Release();
        return null;
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

    private async Task<FillResult> FetchAsync(ScriptLoad load, Entry? former, long stamp, CancellationToken stop)
    {
        // Without its body a 304 would be of no use.
        var known = former is not null && former.Body.TryRetain() ? former : null;
        try
        {
            using var fetched = await fetcher.FetchAsync(load.Fetch, known, stop);
            var result = await TakeAsync(load, fetched, known, stamp, stop);
            if (result.Entry is null && result.Bypass != ScriptBypass.Purged)
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

    private async Task<FillResult> TakeAsync(ScriptLoad load, FetchedScript fetched, Entry? known, long stamp, CancellationToken stop)
    {
        if (fetched.Outcome != FetchOutcome.Answered)
        {
            return FillResult.Failed;
        }

        if (fetched.Status == 304 && known is not null && known.Body.TryRetain())
        {
            var head = known.Head with { Headers = Updated(known.Head.Headers, fetched.Headers), PurgeStamp = stamp };
            return Store(load, new Entry(head, known.Body, AgeOf(fetched), time), FillKind.Revalidated);
        }

        return fetched.Body is null
            ? FillResult.Passed(ScriptBypass.NotKept)
            : await TakeScriptAsync(load, fetched, fetched.Body, isReplaced: known is not null, stamp, stop);
    }

    private async Task<FillResult> TakeScriptAsync(ScriptLoad load, FetchedScript fetched, PooledBuffer body, bool isReplaced, long stamp, CancellationToken stop)
    {
        // Two lines are a list of codings (RFC 9110 §5.3), as many as there are words.
        var name = string.Join(',', EntryRules.Values(fetched.Headers, HeaderNames.ContentEncoding));
        using var plain = new PooledBuffer();
        if (!ContentCodings.TryParse(name, out var coding) || !Compression.TryDecode(coding, body.Span, ScriptAnswer.MaxBytes, plain) || plain.Length == 0)
        {
            // An empty one is no tag's script: something has cut it.
            return FillResult.Failed;
        }

        var facts = ScriptFacts.Read(plain.Span);
        var verdict = guard.Judge(load.Fetch.Site, facts);
        if (!verdict.MayServe)
        {
            return verdict.Elsewhere is null ? FillResult.Failed : FillResult.Foreign(verdict.Elsewhere);
        }

        // Rewritten, compressed and hashed once, here: what comes out is the same for every visitor.
        using var template = new PooledBuffer();
        using var encoded = new PooledBuffer();
        var isTemplate = await rewriting.TryRewriteAsync(load, plain, template, stop);
        if (isTemplate)
        {
            coding = ContentCoding.Brotli;
            Compression.Encode(coding, template.Span, encoded);
        }

        var kept = isTemplate ? encoded : body;
        var head = new EntryHead(
            load.Key,
            load.Fetch.Site.Name,
            load.Fetch.Tag.ToString(),
            fetched.Headers,
            coding,
            Base64Url.EncodeToString(XxHash128.Hash(kept.Span)),
            facts,
            load.Fetch.IsVersioned,
            stamp,
            isTemplate);
        return Store(load, new Entry(head, StoredBytes.Copy(kept.Span), AgeOf(fetched), time), isReplaced ? FillKind.Replaced : FillKind.Stored);
    }

    private FillResult Store(ScriptLoad load, Entry entry, FillKind kind)
    {
        var isOfUse = Lifetimes.Of(entry.Rules, load.Policy).End > entry.Age || entry.Header(HeaderNames.ETag) is not null;
        var bypass = entry.Rules.MayStore && isOfUse ? Keep(entry) : ScriptBypass.NotKept;
        if (bypass == ScriptBypass.None)
        {
            return new FillResult(kind, entry);
        }

        entry.Release();
        return FillResult.Passed(bypass);
    }

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

    /// <summary>RFC 9111 §3.2: what a 304 says replaces what the entry said, but for what describes the body's bytes.</summary>
    private static List<HeaderField> Updated(IReadOnlyList<HeaderField> former, IReadOnlyList<HeaderField> newer)
    {
        var said = newer.Where(field => !OfTheBody.Contains(field.Name)).ToList();
        return [.. former.Where(field => !said.Exists(other => other.Name.Equals(field.Name, StringComparison.OrdinalIgnoreCase))), .. said];
    }
}
