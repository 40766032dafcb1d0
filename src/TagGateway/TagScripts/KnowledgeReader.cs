using System.Runtime.CompilerServices;
using TagGateway.Receiving;
using TagGateway.Sites;

namespace TagGateway.TagScripts;

/// <summary>Asks a site's own scripts what they know when a request needs it and no script has passed yet: after a restart, on another replica.
/// The tags of the configuration first, all at once, then those that they name.</summary>
internal sealed class KnowledgeReader(ScriptCache cache, ScriptGuard guard, KnowledgeTable table, TimeProvider time)
{
    /// <summary>Scripts asked for one site at most: more children than any sound container names in others.</summary>
    private const int MaxScripts = 16;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    private readonly ConditionalWeakTable<SiteKnowledge, Reading> _readings = [];

    /// <summary>Done at once when the site has been read; else one reading for all who wait, none of them longer than for an answer of Google.
    /// Throws <see cref="TimeoutException"/> or <see cref="OperationCanceledException"/> when the waiting ends before the reading.</summary>
    /// <param name="site">Whose scripts.</param>
    /// <param name="region">The visitor's who needs it; scripts of other regions name the same tags.</param>
    /// <param name="gone">The visitor has gone.</param>
    public async Task ReadAsync(Site site, Region region, CancellationToken gone)
    {
        var knowledge = table.Of(site);
        if (knowledge.IsRead)
        {
            return;
        }

        if (_readings.TryGetValue(knowledge, out var former) && former.Task is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true } ended }
            && time.GetElapsedTime(await ended) > RetryAfter)
        {
            _readings.Remove(knowledge);
        }

        var reading = _readings.GetValue(knowledge, _ => new Reading(new Lazy<Task<long>>(() => ReadAllAsync(site, knowledge, region))));
        await reading.Task.Value.WaitAsync(site.Timeout, time, gone);
    }

    /// <returns>When it ended.</returns>
    private async Task<long> ReadAllAsync(Site site, SiteKnowledge knowledge, Region region)
    {
        var asked = new HashSet<TagId>();
        var isRead = true;
        while (site.Tags.Concat(knowledge.NamedTags).Where(tag => !asked.Contains(tag)).Distinct().Take(MaxScripts - asked.Count).ToList() is { Count: > 0 } next)
        {
            asked.UnionWith(next);
            var kinds = await Task.WhenAll(next.Select(tag => ReadOneAsync(site, tag, region)));
            // A child that Google does not know must not have all of them asked again and again.
            isRead &= !next.Where((tag, i) => kinds[i] == FillKind.Failed && site.Tags.Contains(tag)).Any();
        }

        knowledge.IsRead = isRead;
        return time.GetTimestamp();
    }

    private async Task<FillKind> ReadOneAsync(Site site, TagId tag, Region region)
    {
        var result = await cache.ReadAsync(ScriptLoad.OfTag(site, tag, region), CancellationToken.None);
        if (result.Entry is { } entry)
        {
            guard.Judge(site, entry.Head.Facts);
        }

        return result.Kind;
    }

    private sealed record Reading(Lazy<Task<long>> Task);
}
