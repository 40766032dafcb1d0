using System.Text.Json.Serialization;

namespace TagGateway.Caching;

/// <summary>Which gateways a purge has reached.</summary>
internal enum PurgeReach
{
    /// <summary>No Redis is configured: this gateway shares with nobody.</summary>
    [JsonStringEnumMemberName("thisGateway")]
    ThisGateway,

    /// <summary>Removed here and from Redis, and every gateway on it is told.</summary>
    [JsonStringEnumMemberName("allGateways")]
    AllGateways,

    /// <summary>Removed here only: Redis is configured and did not take the message.</summary>
    [JsonStringEnumMemberName("othersNotTold")]
    OthersNotTold,
}
