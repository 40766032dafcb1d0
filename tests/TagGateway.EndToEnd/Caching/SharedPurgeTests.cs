using TagGateway.Caching;
using TagGateway.Demo.Google;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Caching;

/// <summary>A purge at one gateway reaches every other one, whatever happens to messages, clocks and Redis.</summary>
public sealed class SharedPurgeTests
{
    private const string Purges = "taggateway:1:purges";
    private static readonly PurgeScope Shop = new("shop", null);

    [Theory]
    [InlineData("")]
    [InlineData(",channelPrefix=staging:")]
    public async Task Purge_AtOneGateway_EmptiesTheOtherWithinASecond(string options)
    {
        await using var redis = await RedisServer.StartAsync();
        await using var google = await GoogleStandIn.StartAsync(new GoogleStandInOptions());
        await using var one = await SharingGateway.StartAsync(google, redis, options);
        await using var other = await SharingGateway.StartAsync(google, redis, options);
        PurgeResult? result = null;
        for (var i = 0; i < 4; i++)
        {
            await SharingGateway.AskAsync(one);
            await SharingGateway.AskAsync(other);
            result = await PurgeAsync(one);
            await Eventually.HoldsAsync(() => Entries(other) == 0, "the other gateway has purged", TimeSpan.FromSeconds(1));
        }

        var before = SharingGateway.Scripts(google);
        await SharingGateway.AskAsync(other);
        await SharingGateway.AskAsync(one);

        Assert.Equal(new PurgeResult(1, PurgeReach.AllGateways), result);
        Assert.Equal(before + 1, SharingGateway.Scripts(google)); // what Redis still held is not used; what came after is
    }

    [Fact]
    public async Task Purge_GatewaysWereThereBeforeRedis_ReachesTheOtherWithinASecond()
    {
        await using var redis = RedisServer.NotStarted();
        await using var google = await GoogleStandIn.StartAsync(new GoogleStandInOptions());
        await using var one = await SharingGateway.StartUnconnectedAsync(google, redis.ConnectionString);
        await using var other = await SharingGateway.StartUnconnectedAsync(google, redis.ConnectionString);
        await Eventually.HoldsAsync(() => SharingGateway.StateOf(other) == RedisState.Down, "Redis is known to be away");
        await redis.StartAgainAsync();
        await SharingGateway.IsUpAsync(one);
        await SharingGateway.IsUpAsync(other);
        await SharingGateway.AskAsync(other);

        var result = await PurgeAsync(one);
        await Eventually.HoldsAsync(() => Entries(other) == 0, "the other gateway has purged", TimeSpan.FromSeconds(1.5));

        Assert.Equal(PurgeReach.AllGateways, result.Reach);
    }

    /// <summary>No channel may be listened to: a subscription that was cut does not come back.</summary>
    [Fact]
    public async Task Purge_WhileSubscriptionsAreDown_ReachesTheOthersAllTheSame()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var google = await GoogleStandIn.StartAsync(new GoogleStandInOptions());
        await using var one = await SharingGateway.StartAsync(google, redis);
        await using var other = await SharingGateway.StartAsync(google, redis);
        await SharingGateway.AskAsync(one);
        await SharingGateway.AskAsync(other);

        await redis.Database.ExecuteAsync("ACL", "SETUSER", "default", "resetchannels");
        await redis.Database.ExecuteAsync("CLIENT", "KILL", "TYPE", "pubsub");
        await redis.Database.HashSetAsync(Purges, "shop", await NowAsync(redis));

        await Eventually.HoldsAsync(() => Entries(one) == 0 && Entries(other) == 0, "both have found the purge", TimeSpan.FromSeconds(6));
    }

    [Fact]
    public async Task Purge_WhoseMessageIsLost_IsFoundSoon()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var google = await GoogleStandIn.StartAsync(new GoogleStandInOptions());
        await using var gateway = await SharingGateway.StartAsync(google, redis);
        await SharingGateway.AskAsync(gateway);
        await Eventually.HoldsAsync(() => gateway.Get<RedisLink>().IsHearing(SharedKeys.PurgeChannel), "the gateway listens");

        await redis.Database.HashSetAsync(Purges, "shop", await NowAsync(redis));

        await Eventually.HoldsAsync(() => Entries(gateway) == 0, "it has found the purge", TimeSpan.FromSeconds(8));
    }

    [Fact]
    public async Task Purge_WithRedisAway_IsToldWhenItIsBack()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var google = await GoogleStandIn.StartAsync(new GoogleStandInOptions());
        await using var one = await SharingGateway.StartAsync(google, redis);
        await using var other = await SharingGateway.StartAsync(google, redis);
        await SharingGateway.AskAsync(one);
        await SharingGateway.AskAsync(other);
        await redis.KillAsync();

        var result = await PurgeAsync(one);
        var left = (Entries(one), Entries(other));
        await redis.StartAgainAsync();
        await Eventually.HoldsAsync(() => Entries(other) == 0, "the other gateway has purged");

        Assert.Equal(new PurgeResult(1, PurgeReach.OthersNotTold), result);
        Assert.Equal(0, left.Item1);
        Assert.NotEqual(0, left.Item2);
    }

    [Fact]
    public async Task Purges_LostByRedis_ArePutBack()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var google = await GoogleStandIn.StartAsync(new GoogleStandInOptions());
        await using var one = await SharingGateway.StartAsync(google, redis);
        await PurgeAsync(one);
        var stamp = await redis.Database.HashGetAsync(Purges, "shop");

        await redis.Database.ExecuteAsync("FLUSHALL");
        await Eventually.HoldsAsync(async () => await redis.Database.HashGetAsync(Purges, "shop") == stamp, "the purge is known again");
        await PurgeAsync(one);

        Assert.True((long)await redis.Database.HashGetAsync(Purges, "shop") > (long)stamp);
    }

    [Theory]
    [InlineData("SET", "taggateway:1:purges", "garbage")]
    [InlineData("HSET", Purges, "shop", "99999999999999999999")]
    [InlineData("HSET", Purges, "shop", "nan")]
    [InlineData("HSET", "taggateway:1:purges", "<not a scope>", "1")]
    public async Task Purges_Garbage_DoesNotHinderPurging(params string[] command)
    {
        await using var redis = await RedisServer.StartAsync();
        await redis.Database.ExecuteAsync(command[0], [.. command[1..]]);
        await using var google = await GoogleStandIn.StartAsync(new GoogleStandInOptions());
        await using var one = await SharingGateway.StartAsync(google, redis);

        var result = await PurgeAsync(one);

        Assert.Equal(PurgeReach.AllGateways, result.Reach);
        Assert.InRange((long)await redis.Database.HashGetAsync(Purges, "shop"), 1, await NowAsync(redis));
    }

    /// <summary>Entries from before the purge are not used though the gateway did not live then.</summary>
    [Fact]
    public async Task Purge_BeforeAGatewayStarts_CountsForItToo()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var google = await GoogleStandIn.StartAsync(new GoogleStandInOptions());
        await using var one = await SharingGateway.StartAsync(google, redis);
        await SharingGateway.AskAsync(one);
        await PurgeAsync(one);

        await using var late = await SharingGateway.StartAsync(google, redis);
        await SharingGateway.AskAsync(late);

        Assert.Equal(2, SharingGateway.Scripts(google));
    }

    private static Task<PurgeResult> PurgeAsync(RunningGateway gateway) => gateway.Get<PurgeEntries>()(Shop, TestContext.Current.CancellationToken);

    private static int Entries(RunningGateway gateway) => gateway.Get<MemoryStore>().Count;

    private static async Task<long> NowAsync(RedisServer redis)
    {
        var time = (long[]?)await redis.Database.ExecuteAsync("TIME") ?? [];
        return (time[0] * 1000) + (time[1] / 1000);
    }
}
