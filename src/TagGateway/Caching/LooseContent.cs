namespace TagGateway.Caching;

/// <summary>A content that no entry has: it is kept only to be found by its bytes.</summary>
/// <param name="content">Takes over the caller's reference to its body.</param>
internal sealed class LooseContent(StoredContent content) : StoredItem
{
    public override StoredContent Content => content;

    public override StoredBytes Body => content.Body;

    public override long OwnBytes => OverheadBytes;

    public override bool IsIn(PurgeScope scope) => scope.Covers(content.Site, content.Tag);

    public override void Release() => content.Body.Release();
}
