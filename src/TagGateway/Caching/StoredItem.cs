namespace TagGateway.Caching;

/// <summary>What the memory store keeps: an entry, another coding of its body, or the memory of an answer that is not kept.</summary>
internal abstract class StoredItem
{
    /// <summary>An object, its key and its place in the store, roughly.</summary>
    protected const int OverheadBytes = 1024;

    /// <summary>What it takes of the store beside its body.</summary>
    public abstract long OwnBytes { get; }

    /// <summary>The body that it holds a reference to, and may share with other items; null: none.</summary>
    public virtual StoredBytes? Body => null;

    /// <summary>What is to be found by the bytes that it was made of; null: nothing.</summary>
    public virtual StoredContent? Content => null;

    /// <summary>What it takes of the store when it shares its body with no other item.</summary>
    public long Bytes => OwnBytes + (Body?.Length ?? 0);

    /// <summary>Whether a purge of this scope takes it.</summary>
    public abstract bool IsIn(PurgeScope scope);

    /// <summary>Called once, when the store lets go of it.</summary>
    public abstract void Release();
}
