using TagGateway.Caching;

namespace TagGateway.TagScripts;

/// <summary>Remembers for a while that a fill brought no entry, so that not every visitor tries again.</summary>
internal sealed class FillMark(ScriptLoad load, FillResult result, TimeSpan duration, TimeProvider time) : StoredItem
{
    private readonly long _since = time.GetTimestamp();

    /// <summary>Null once it is over.</summary>
    public FillResult? Result => time.GetElapsedTime(_since) < duration ? result : null;

    public override long Bytes => OverheadBytes;

    public override bool IsIn(PurgeScope scope) => scope.Covers(load.Fetch.Site.Name, load.Fetch.Tag.ToString());

    public override void Release()
    {
    }
}
