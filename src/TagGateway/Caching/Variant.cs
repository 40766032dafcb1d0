namespace TagGateway.Caching;

/// <summary>The body of an entry in another form than it came in.</summary>
/// <param name="entry">Whose.</param>
/// <param name="form">The form.</param>
/// <param name="body">Takes over the caller's reference.</param>
internal sealed class Variant(EntryHead entry, EntryForm form, StoredBytes body) : StoredItem
{
    public StoredBytes Body => body;

    public override long Bytes => body.Length + OverheadBytes;

    /// <summary>An older body of the same key has another hash.</summary>
    public bool IsOf(Entry other, EntryForm wanted) => wanted.Coding == form.Coding && wanted.Values?.Name == form.Values?.Name && other.Head.Hash == entry.Hash;

    public override bool IsIn(PurgeScope scope) => scope.Covers(entry.Site, entry.Tag);

    public override void Release() => body.Release();
}
