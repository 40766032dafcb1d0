namespace TagGateway.Caching;

/// <summary>Removes kept entries here and tells the other gateways. Never throws: Redis away, or not done when <paramref name="stop"/> ends, is
/// <see cref="PurgeReach.OthersNotTold"/>.</summary>
/// <param name="scope">Which entries.</param>
/// <param name="stop">Ends waiting for Redis; what is removed here stays removed.</param>
internal delegate Task<PurgeResult> PurgeEntries(PurgeScope scope, CancellationToken stop);
