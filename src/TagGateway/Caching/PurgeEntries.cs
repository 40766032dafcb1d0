namespace TagGateway.Caching;

/// <summary>Removes kept entries here and tells the other gateways. Throws only when cancelled: Redis away is a <see cref="PurgeReach"/>.</summary>
/// <param name="scope">Which entries.</param>
/// <param name="stop">Ends waiting for Redis; what is removed here stays removed.</param>
internal delegate Task<PurgeResult> PurgeEntries(PurgeScope scope, CancellationToken stop);
