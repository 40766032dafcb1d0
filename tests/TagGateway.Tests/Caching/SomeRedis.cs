using Microsoft.Extensions.Logging.Abstractions;
using TagGateway.Caching;
using TagGateway.Operations;

namespace TagGateway.Tests.Caching;

/// <summary>What is there without a Redis; tests with a real one are in <c>TagGateway.EndToEnd</c>.</summary>
internal static class SomeRedis
{
    public static RedisHealth Health(GatewayMetrics metrics, TimeProvider time) => new(metrics, time, NullLogger<RedisHealth>.Instance);

    public static SharedStore Off(GatewayMetrics metrics, TimeProvider time)
    {
        var health = Health(metrics, time);
        return new SharedStore(new RedisLink(health, time), health, metrics, time);
    }
}
