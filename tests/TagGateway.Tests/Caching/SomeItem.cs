using TagGateway.Caching;

namespace TagGateway.Tests.Caching;

/// <summary>Something to keep, which knows how often it was released.</summary>
internal sealed class SomeItem(long bytes, string site = "shop") : StoredItem
{
    private int _releases;

    public override long OwnBytes => bytes;

    public int Releases => Volatile.Read(ref _releases);

    public override bool IsIn(PurgeScope scope) => scope.Covers(site, "G-MAIN1");

    public override void Release() => Interlocked.Increment(ref _releases);
}
