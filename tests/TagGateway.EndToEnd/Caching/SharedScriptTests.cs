using TagGateway.Caching;
using TagGateway.Demo.Google;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Caching;

/// <summary>Two gateways on one Redis fetch once, and what one has fetched the other serves.</summary>
public sealed class SharedScriptTests
{
    [Fact]
    public async Task Script_AThousandFirstRequestsAtTwoGateways_IsFetchedOnce()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var google = await GoogleStandIn.StartAsync(new GoogleStandInOptions());
        google.Faults.Add(new Fault { Kind = RequestKind.Script, Delay = TimeSpan.FromSeconds(2) });
        await using var one = await SharingGateway.StartAsync(google, redis);
        await using var other = await SharingGateway.StartAsync(google, redis);

        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => SharingGateway.AskAsync(i % 2 == 0 ? one : other)));

        Assert.Equal(1, SharingGateway.Scripts(google));
        Assert.All(answers, answer => Assert.Equal(answers[0].Body, answer.Body));
    }

    [Fact]
    public async Task Script_FetchedByAnotherGateway_ComesFromRedis()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var google = await GoogleStandIn.StartAsync(new GoogleStandInOptions());
        await using var one = await SharingGateway.StartAsync(google, redis);
        await using var other = await SharingGateway.StartAsync(google, redis);

        var first = await SharingGateway.AskAsync(one);
        await IsKeptAsync(redis);
        var second = await SharingGateway.AskAsync(other);

        Assert.Equal("taggateway; hit; detail=shared", second.Header("Cache-Status"));
        Assert.Equal(first.Body, second.Body);
        Assert.Equal(first.Header("ETag"), second.Header("ETag"));
        Assert.Equal(first.Header("Content-Type"), second.Header("Content-Type"));
        Assert.Equal(1, SharingGateway.Scripts(google));
    }

    [Fact]
    public async Task Script_AfterARestart_IsStillThere()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var google = await GoogleStandIn.StartAsync(new GoogleStandInOptions());
        await using (var former = await SharingGateway.StartAsync(google, redis))
        {
            await SharingGateway.AskAsync(former);
            await IsKeptAsync(redis);
        }

        await using var gateway = await SharingGateway.StartAsync(google, redis);
        await SharingGateway.AskAsync(gateway);

        Assert.Equal(1, SharingGateway.Scripts(google));
    }

    [Fact]
    public async Task Redis_NamedByAChangedFile_IsUsedWithoutARestart()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var google = await GoogleStandIn.StartAsync(new GoogleStandInOptions());
        await using var gateway = await SharingGateway.StartUnconnectedAsync(google, "!/nowhere/redis.sock");
        var file = await File.ReadAllTextAsync(gateway.File);

        await File.WriteAllTextAsync(gateway.File, file.Replace("!/nowhere/redis.sock", redis.ConnectionString, StringComparison.Ordinal));
        await SharingGateway.IsUpAsync(gateway);
        await SharingGateway.AskAsync(gateway);
        await IsKeptAsync(redis);
        await File.WriteAllTextAsync(gateway.File, file.Replace("\"!/nowhere/redis.sock\"", "null", StringComparison.Ordinal));
        await Eventually.HoldsAsync(() => SharingGateway.StateOf(gateway) == RedisState.Off, "sharing is off");

        await SharingGateway.AskAsync(gateway, "other");
    }

    [Fact]
    public async Task Redis_NotThere_IsNoHindranceAndNamedByReadyz()
    {
        await using var google = await GoogleStandIn.StartAsync(new GoogleStandInOptions());
        await using var gateway = await SharingGateway.StartUnconnectedAsync(google, "!/nowhere/redis.sock,password=hunter2");
        using var log = LogRecorder.Attach(gateway);

        await SharingGateway.AskAsync(gateway);
        await Eventually.HoldsAsync(() => SharingGateway.StateOf(gateway) == RedisState.Down, "Redis is known to be away");
        await SharingGateway.AskAsync(gateway, "other");
        var ready = await RawClient.SendAsync(gateway.Admin, "GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n");

        Assert.Equal(200, ready.Status);
        Assert.StartsWith("ready\nRedis is away (", ready.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(log.Lines, line => line.Contains("hunter2", StringComparison.Ordinal) || line.Contains("nowhere", StringComparison.Ordinal));
    }

    private static Task IsKeptAsync(RedisServer redis) =>
        Eventually.HoldsAsync(async () => (long)await redis.Database.ExecuteAsync("DBSIZE") == 1, "the entry is in Redis, and the lock is not");
}
