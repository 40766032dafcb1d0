using System.Collections.Concurrent;
using TagGateway.Rewriting;

namespace TagGateway.Operations;

/// <summary>Remembers what was made of each tag's newest script, for people who look after the site. Bounded by the tags that sites serve.</summary>
internal sealed class RewriteLedger(TimeProvider time)
{
    private const int MaxRecords = 4096;
    private readonly ConcurrentDictionary<(string Site, string Tag), RewriteRecord> _records = new();

    /// <summary>By site and tag.</summary>
    public IReadOnlyList<RewriteRecord> Records => [.. _records.Values.OrderBy(record => record.Site, StringComparer.Ordinal).ThenBy(record => record.Tag, StringComparer.Ordinal)];

    public void Add(string site, string tag, ScriptRewrite rewrite)
    {
        if (_records.Count < MaxRecords || _records.ContainsKey((site, tag)))
        {
            _records[(site, tag)] = new RewriteRecord(site, tag, rewrite.Release, rewrite.Outcome, rewrite.Doubt, time.GetUtcNow());
        }
    }
}
