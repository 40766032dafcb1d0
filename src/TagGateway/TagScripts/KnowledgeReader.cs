using System.Collections.Concurrent;
using TagGateway.Receiving;
using TagGateway.Sites;

namespace TagGateway.TagScripts;

/// <summary>Asks a site's own scripts what they know when a request needs it and no script has passed yet: after a restart, on another replica.
/// The tags of the configuration first, then those that they name.</summary>
internal sealed class KnowledgeReader(ScriptCache cache, ScriptGuard guard, KnowledgeTable table, TimeProvider time)
{
    /// <summary>Scripts asked for one site at most: more children than any sound container names in others.</summary>
    private const int MaxScripts = 16;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<SiteKnowledge, Reading> _readings = new();

    /// <summary>Done at once when the site has been read; else one reading for all who wait, each no longer than for one answer of Google.</summary>
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

        var reading = _readings.GetOrAdd(knowledge, _ => Begin(site, knowledge, region));
        if (reading.IsLongOver)
        {
            var next = Begin(site, knowledge, region);
            reading = _readings.TryUpdate(knowledge, next, reading) ? next : _readings.GetOrAdd(knowledge, next);
        }

        try
        {
            await reading.Run.WaitAsync(site.Timeout, time, gone);
        }
        catch (TimeoutException)
        {
            // What is known has to do for this visitor.
        }

        if (knowledge.IsRead)
        {
            _readings.TryRemove(new KeyValuePair<SiteKnowledge, Reading>(knowledge, reading));
        }
    }

    private Reading Begin(Site site, SiteKnowledge knowledge, Region region) => new(() => ReadAllAsync(site, knowledge, region), time);

    private async Task ReadAllAsync(Site site, SiteKnowledge knowledge, Region region)
    {
        var asked = new HashSet<TagId>();
        var isRead = true;
        while (asked.Count < MaxScripts && site.Tags.Concat(knowledge.NamedTags).FirstOrDefault(tag => !asked.Contains(tag)) is { IsKnown: true } next)
        {
            asked.Add(next);
            var result = await cache.ReadAsync(ScriptLoad.OfTag(site, next, region), CancellationToken.None);
            if (result.Entry is { } entry)
            {
                guard.Judge(site, entry.Head.Facts);
            }

            // A child that Google does not know must not have all of them asked again and again.
            isRead &= result.Kind != FillKind.Failed || !site.Tags.Contains(next);
        }

        knowledge.IsRead = isRead;
    }

    /// <summary>Runs once, when its first visitor waits for it.</summary>
    private sealed class Reading(Func<Task> read, TimeProvider time)
    {
        private readonly Lock _gate = new();
        private Task? _run;
        private long _end;

        public Task Run
        {
            get
            {
                lock (_gate)
                {
                    return _run ??= RunAsync();
                }
            }
        }

        /// <summary>So long that Google may be well again.</summary>
        public bool IsLongOver => _run is { IsCompleted: true } && time.GetElapsedTime(_end) > RetryAfter;

        private async Task RunAsync()
        {
            await read();
            _end = time.GetTimestamp();
        }
    }
}
