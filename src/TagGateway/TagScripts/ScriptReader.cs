using TagGateway.Caching;
using TagGateway.Limits;
using TagGateway.Rewriting;
using TagGateway.Upstream;

namespace TagGateway.TagScripts;

/// <summary>Reads scripts that come: decodes, judges and rewrites them, each once. Most made-up queries bring the bytes that are there already, and those cost no more
/// than a hash: the result depends on nothing but the bytes and the rules (<see cref="RewriteRules"/>), and nothing of a visitor is in it, so that whoever brings the
/// same bytes gets the same result. Only the tag rule is asked anew: what a site allows may have changed.</summary>
internal sealed class ScriptReader(MemoryStore memory, ScriptGuard guard, ScriptRewriting rewriting, CpuLanes lanes, ClientWork work)
{
    /// <summary>Ends in its own time; throws only when cancelled.</summary>
    /// <param name="source">The bytes, and what is done with them.</param>
    /// <param name="account">Whose work it is.</param>
    /// <param name="lease">What holds the bytes; null: they are not accounted for.</param>
    /// <param name="stop">Nobody wants it any more.</param>
    /// <returns>To be disposed when its parts are no longer used.</returns>
    public async Task<ScriptReading> ReadAsync(ScriptSource source, WorkAccount account, MemoryLease? lease, CancellationToken stop)
    {
        if (FindKnown(source) is { } known)
        {
            return known;
        }

        if (!work.TrySpend(account, ClientWork.Fetch) || await lanes.EnterAsync(account.Lane, stop) is not { } permit)
        {
            return new ScriptReading(ReadingOutcome.Shed);
        }

        try
        {
            if (FindKnown(source) is { } made)
            {
                permit.Dispose(); // Another one read the same bytes while this one waited.
                return made;
            }

            return Read(source, (account, permit), lease);
        }
        catch
        {
            permit.Dispose();
            throw;
        }
    }

    private ScriptReading? FindKnown(ScriptSource source)
    {
        if (!memory.TryRetain(source.Key(dependsOnLayer: false), out var content)
            && !(source.Rules.Kind == RewriteKind.Script && memory.TryRetain(source.Key(dependsOnLayer: true), out content)))
        {
            return null;
        }

        if (source.IsJudged && guard.Judge(source.Site, content.Facts) is { MayServe: false } verdict)
        {
            content.Body.Release();
            return ScriptReading.Of(verdict, permit: null);
        }

        return new ScriptReading(ReadingOutcome.Known) { Known = content };
    }

    private ScriptReading Read(ScriptSource source, (WorkAccount Account, CpuPermit Permit) turn, MemoryLease? lease)
    {
        var permit = turn.Permit;
        var plain = new PooledBuffer(lease);
        try
        {
            if (!Compression.TryDecode(source.Coding, source.Body.Span, lease?.LargestBody ?? ScriptAnswer.MaxBytes, plain))
            {
                return new ScriptReading(plain.LacksRoom ? ReadingOutcome.Shed : ReadingOutcome.Unreadable) { Permit = permit };
            }

            var facts = source.IsJudged ? ScriptFacts.Read(plain.Span) : new ScriptFacts([], []);
            if (source.IsJudged && guard.Judge(source.Site, facts) is { MayServe: false } verdict)
            {
                return ScriptReading.Of(verdict, permit);
            }

            if (source.Rules.Kind != RewriteKind.None && !work.TrySpend(turn.Account, ClientWork.Rewrite(plain.Length)))
            {
                return new ScriptReading(ReadingOutcome.Shed) { Permit = permit };
            }

            var reading = Rewrite(source, facts, plain, permit, lease);
            plain = reading.Plain is null ? plain : null; // the reading's now
            return reading;
        }
        finally
        {
            plain?.Dispose();
        }
    }

    private ScriptReading Rewrite(ScriptSource source, ScriptFacts facts, PooledBuffer plain, CpuPermit permit, MemoryLease? lease)
    {
        if (source.Rules.Kind == RewriteKind.None)
        {
            return new ScriptReading(ReadingOutcome.Read) { Plain = plain, Facts = facts, Permit = permit };
        }

        var template = new PooledBuffer(lease);
        try
        {
            var result = rewriting.Rewrite(source, plain.Span, template, lease);
            if (result is null)
            {
                return new ScriptReading(ReadingOutcome.Shed) { Permit = permit };
            }

            var reading = new ScriptReading(ReadingOutcome.Read)
            {
                Plain = plain,
                Template = result == RewriteOutcome.Untouched ? null : template,
                DependsOnLayer = result != RewriteOutcome.Whole && source.Rules.Kind == RewriteKind.Script,
                Facts = facts,
                Permit = permit,
            };
            template = reading.Template is null ? template : null; // the reading's now
            return reading;
        }
        finally
        {
            template?.Dispose();
        }
    }
}
