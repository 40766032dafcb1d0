namespace TagGateway.Caching;

/// <summary>The right to fetch an entry for all gateways that share; given back when it is disposed.</summary>
/// <param name="entry">What another gateway fetched meanwhile; then there is nothing to fetch.</param>
/// <param name="giveBack">Null when nothing was taken: nobody shares, or Redis is away.</param>
internal sealed class FillClaim(Entry? entry, Func<ValueTask>? giveBack) : IAsyncDisposable
{
    public Entry? Entry => entry;

    public ValueTask DisposeAsync() => giveBack?.Invoke() ?? ValueTask.CompletedTask;
}
