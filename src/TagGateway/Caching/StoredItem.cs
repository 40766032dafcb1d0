namespace TagGateway.Caching;

/// <summary>What the memory store keeps: an entry, another coding of its body, or the memory of an answer that is not kept.</summary>
internal abstract class StoredItem
{
    /// <summary>An object, its key and its place in the store, roughly.</summary>
    protected const int OverheadBytes = 1024;

    /// <summary>What it takes of the store.</summary>
    public abstract long Bytes { get; }

    /// <summary>Whether a purge of this scope takes it.</summary>
    public abstract bool IsIn(PurgeScope scope);

    /// <summary>Called once, when the store lets go of it.</summary>
    public abstract void Release();
}
