namespace TagGateway.Caching;

/// <summary>A stored body in another form than it came in.</summary>
/// <param name="content">Whose.</param>
/// <param name="form">The form.</param>
/// <param name="body">Takes over the caller's reference.</param>
internal sealed class Variant(StoredContent content, EntryForm form, StoredBytes body) : StoredItem
{
    private readonly (string Site, string Tag, string Hash) _of = (content.Site, content.Tag, content.Hash);
    private int _uses;

    public override StoredBytes Body => body;

    public override long OwnBytes => OverheadBytes;

    /// <summary>Whether it is this form of this content: a key that another gateway has chosen may be the same for two.</summary>
    public bool IsOf(StoredContent other, EntryForm wanted) =>
        wanted.Coding == form.Coding && wanted.Values?.Name == form.Values?.Name && wanted.IsQuick == form.IsQuick && other.Hash == _of.Hash;

    /// <summary>Counts a use.</summary>
    /// <returns>How many there have been.</returns>
    public int Use() => Interlocked.Increment(ref _uses);

    public override bool IsIn(PurgeScope scope) => scope.Covers(_of.Site, _of.Tag);

    public override void Release() => body.Release();
}
