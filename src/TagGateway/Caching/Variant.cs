namespace TagGateway.Caching;

/// <summary>The body of an entry in another coding than it came in.</summary>
/// <param name="entry">Whose.</param>
/// <param name="coding">The coding.</param>
/// <param name="body">Takes over the caller's reference.</param>
internal sealed class Variant(EntryHead entry, ContentCoding coding, StoredBytes body) : StoredItem
{
    public StoredBytes Body => body;

    public override long Bytes => body.Length + OverheadBytes;

    /// <summary>An older body of the same key has another hash.</summary>
    public bool IsOf(Entry other, ContentCoding wanted) => wanted == coding && other.Head.Hash == entry.Hash;

    public override bool IsIn(PurgeScope scope) => scope.Covers(entry.Site, entry.Tag);

    public override void Release() => body.Release();
}
