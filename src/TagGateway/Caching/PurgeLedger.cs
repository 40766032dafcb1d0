using System.Collections.Immutable;

namespace TagGateway.Caching;

/// <summary>The purges that are known, each with its stamp: what was fetched before one that covers it is not to be used any more, though it
/// arrives only now.</summary>
internal sealed class PurgeLedger(TimeProvider time)
{
    /// <summary>More scopes than sites and tags have hardly been named in earnest: then they count as one that covers all.</summary>
    private const int MaxScopes = 512;

    private ImmutableDictionary<PurgeScope, long> _stamps = ImmutableDictionary<PurgeScope, long>.Empty;
    private long _newest;

    /// <summary>To be noted when a fetch begins; 0 before the first purge.</summary>
    public long Newest => Interlocked.Read(ref _newest);

    public IReadOnlyDictionary<PurgeScope, long> Stamps => _stamps;

    /// <summary>A stamp greater than any other, near the time in milliseconds since 1970.</summary>
    public long NextStamp() => Math.Max(time.GetUtcNow().ToUnixTimeMilliseconds(), Newest + 1);

    /// <returns>False when it was known already.</returns>
    public bool Note(PurgeScope scope, long stamp)
    {
        var isNew = false;
        ImmutableInterlocked.Update(ref _stamps, (stamps, added) =>
        {
            isNew = !stamps.TryGetValue(added.Scope, out var known) || known < added.Stamp;
            return isNew ? With(stamps, added.Scope, added.Stamp) : stamps;
        }, (Scope: scope, Stamp: stamp));
        for (var newest = Newest; stamp > newest && Interlocked.CompareExchange(ref _newest, stamp, newest) != newest; newest = Newest)
        {
        }

        return isNew;
    }

    public bool Covers(EntryHead head)
    {
        if (head.PurgeStamp < Newest)
        {
            foreach (var (scope, stamp) in _stamps)
            {
                if (stamp > head.PurgeStamp && scope.Covers(head.Site, head.Tag))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static ImmutableDictionary<PurgeScope, long> With(ImmutableDictionary<PurgeScope, long> stamps, PurgeScope scope, long stamp) =>
        stamps.Count < MaxScopes || stamps.ContainsKey(scope)
            ? stamps.SetItem(scope, stamp)
            : ImmutableDictionary<PurgeScope, long>.Empty.Add(PurgeScope.All, Math.Max(stamp, stamps.Values.Max()));
}
