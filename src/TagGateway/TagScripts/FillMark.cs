using TagGateway.Caching;

namespace TagGateway.TagScripts;

/// <summary>Remembers for a while that a fill brought no entry, so that not every visitor tries again.</summary>
internal sealed class FillMark(ScriptLoad load, FillResult result, TimeSpan duration, TimeProvider time) : StoredItem
{
    // Not the load itself: its query may be long, and the store counts the key alone.
    private readonly (string Site, string Tag) _of = (load.Fetch.Site.Name, load.Fetch.Tag.ToString());
    private readonly long _since = time.GetTimestamp();

    /// <summary>Null once it is over.</summary>
    public FillResult? Result => time.GetElapsedTime(_since) < duration ? result : null;

    public override long OwnBytes => OverheadBytes;

    public override bool IsIn(PurgeScope scope) => scope.Covers(_of.Site, _of.Tag);

    public override void Release()
    {
    }
}
