using TagGateway.Caching;
using TagGateway.Demo.Google;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Caching;

/// <summary>A purge at one gateway reaches every other one, whatever happens to messages, clocks and Redis.</summary>
public sealed class SharedPurgeTests
{
    private static readonly PurgeScope Shop = new("shop", null);

    [Fact]
    public async Task Purge_AtOneGateway_EmptiesTheOtherWithinASecond()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var google = await GoogleStandIn.StartAsync(new GoogleStandInOptions());
        await using var one = await SharingGateway.StartAsync(google, redis);
        await using var other = await SharingGateway.StartAsync(google, redis);
        await SharingGateway.AskAsync(one);
        await SharingGateway.AskAsync(other);

        var result = await PurgeAsync(one);
        await Eventually.HoldsAsync(() => Entries(other) == 0, "the other gateway has purged", TimeSpan.FromSeconds(1));
        var before = SharingGateway.Scripts(google);
        await SharingGateway.AskAsync(other);
        await SharingGateway.AskAsync(one);

        Assert.Equal(new PurgeResult(1, PurgeReach.AllGateways), result);
        Assert.Equal(before + 1, SharingGateway.Scripts(google)); // what Redis still held is not used; what came after is
    }

    [Fact]
    public async Task Purge_WhileTheOthersSubscriptionIsDown_ReachesItAllTheSame()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var google = await GoogleStandIn.StartAsync(new GoogleStandInOptions());
        await using var one = await SharingGateway.StartAsync(google, redis);
        await using var other = await SharingGateway.StartAsync(google, redis);
        await SharingGateway.AskAsync(one);
        await SharingGateway.AskAsync(other);

        // No message gets through, and nobody notices: as good as a lost one.
        await redis.Database.ExecuteAsync("ACL", "SETUSER", "default", "resetchannels");
        await redis.Database.ExecuteAsync("CLIENT", "KILL", "TYPE", "pubsub");
        await redis.Database.HashSetAsync("taggateway:1:purges", "shop", await NowAsync(redis));

        await Eventually.HoldsAsync(() => Entries(one) == 0 && Entries(other) == 0, "both have found the purge", TimeSpan.FromSeconds(8));
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
        var stamp = await redis.Database.HashGetAsync("taggateway:1:purges", "shop");

        await redis.Database.ExecuteAsync("FLUSHALL");
        await Eventually.HoldsAsync(async () => await redis.Database.HashGetAsync("taggateway:1:purges", "shop") == stamp, "the purge is known again");
        await PurgeAsync(one);

        Assert.True((long)await redis.Database.HashGetAsync("taggateway:1:purges", "shop") > (long)stamp);
    }

    [Theory]
    [InlineData("SET", "taggateway:1:purges", "garbage")]
    [InlineData("HSET", "taggateway:1:purges", "shop", "99999999999999999999")]
    [InlineData("HSET", "taggateway:1:purges", "shop", "nan")]
    [InlineData("HSET", "taggateway:1:purges", "<not a scope>", "1")]
    public async Task Purges_Garbage_DoesNotHinderPurging(params string[] command)
    {
        await using var redis = await RedisServer.StartAsync();
        await redis.Database.ExecuteAsync(command[0], [.. command[1..]]);
        await using var google = await GoogleStandIn.StartAsync(new GoogleStandInOptions());
        await using var one = await SharingGateway.StartAsync(google, redis);

        var result = await PurgeAsync(one);

        Assert.Equal(PurgeReach.AllGateways, result.Reach);
        Assert.InRange((long)await redis.Database.HashGetAsync("taggateway:1:purges", "shop"), 1, await NowAsync(redis));
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
