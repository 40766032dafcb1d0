using TagGateway.Caching;

namespace TagGateway.TagScripts;

/// <summary>Remembers for a while that a fill brought no entry, so that not every visitor tries again.</summary>
/// <param name="site">The site's name.</param>
/// <param name="tag">The tag whose script it was to be. Not the load: its query may be long.</param>
/// <param name="result">What the fill has come to.</param>
/// <param name="duration">How long that counts.</param>
/// <param name="time">The clock.</param>
internal sealed class FillMark(string site, string tag, FillResult result, TimeSpan duration, TimeProvider time) : StoredItem
{
    private readonly long _since = time.GetTimestamp();

    /// <summary>Null once it is over.</summary>
    public FillResult? Result => time.GetElapsedTime(_since) < duration ? result : null;

    public override long Bytes => OverheadBytes;

    public override bool IsIn(PurgeScope scope) => scope.Covers(site, tag);

    public override void Release()
    {
    }
}
