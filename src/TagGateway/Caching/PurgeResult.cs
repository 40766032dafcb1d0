namespace TagGateway.Caching;

/// <summary>What a purge did.</summary>
/// <param name="Removed">Entries that this gateway held and holds no more.</param>
/// <param name="Reach">Whether the other gateways remove theirs too.</param>
internal sealed record PurgeResult(int Removed, PurgeReach Reach);
