using TagGateway.Caching;
using TagGateway.Demo.Google;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Caching;

/// <summary>Gateways that share one Redis, and what is asked of them.</summary>
internal static class SharingGateway
{
    /// <summary>So that a busy machine does not seem a slow Redis, where that is not what is tested.</summary>
    private const string Patient = ",connectTimeout=10000,asyncTimeout=10000";

    /// <summary>Its Redis answers already.</summary>
    public static async Task<RunningGateway> StartAsync(GoogleStandIn google, RedisServer redis, string options = "")
    {
        var gateway = await StartUnconnectedAsync(google, redis.ConnectionString + Patient + options);
        await IsUpAsync(gateway);
        return gateway;
    }

    /// <summary>Its visitors come through a proxy that names none: one client alone would soon have had its share of new scripts.</summary>
    /// <param name="google">Google.</param>
    /// <param name="connection">See <c>cache.redis</c>.</param>
    public static Task<RunningGateway> StartUnconnectedAsync(GoogleStandIn google, string connection) =>
        RunningGateway.StartAsync(google.HttpAddress.ToString().TrimEnd('/'), root: $$"""
            "geo": { "default": "US-CA" }, "trustedProxies": ["127.0.0.1"], "cache": { "redis": "{{connection}}" }
            """);

    public static Task IsUpAsync(RunningGateway gateway) =>
        Eventually.HoldsAsync(() => StateOf(gateway) == RedisState.Up, "Redis is up for the gateway");

    public static RedisState StateOf(RunningGateway gateway) => gateway.Get<RedisHealth>().State;

    /// <summary>The script in the data layer <paramref name="layer"/>: each is one entry.</summary>
    public static async Task<RawResponse> AskAsync(RunningGateway gateway, string layer = "dl")
    {
        var response = await gateway.SendAsync($"GET /f807/?id=G-MAIN1&l={layer} HTTP/1.1\r\nHost: shop.example\r\nAccept-Encoding: br\r\nConnection: close\r\n\r\n");
        Assert.Equal(200, response.Status);
        return response;
    }

    /// <summary>All that this gateway has in its memory goes.</summary>
    public static void Forget(RunningGateway gateway) => gateway.Get<MemoryStore>().Remove(PurgeScope.All);

    public static int Scripts(GoogleStandIn google) => google.Recorder.Requests.Count(request => request.Kind == RequestKind.Script);
}
