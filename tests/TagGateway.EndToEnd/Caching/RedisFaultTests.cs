using System.Diagnostics;
using TagGateway.Caching;
using TagGateway.Demo.Google;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Caching;

/// <summary>Whatever happens to Redis while visitors come: each gets the right script and nobody waits for Redis; sharing comes back by itself.</summary>
public sealed class RedisFaultTests
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(4);
    private const int VisitsWhileIll = 200;
    private static readonly string[] Layers = ["a", "b", "c", "d"];
    private int _visits;

    [Fact]
    public Task Redis_KilledAndRestartedEmpty_NoVisitorNoticesIt() => RunAsync(
        redis => redis.KillAsync(),
        gateway => SharingGateway.StateOf(gateway) == RedisState.Down,
        redis => redis.StartAgainAsync());

    [Fact]
    public Task Redis_Paused_NoVisitorNoticesIt() => RunAsync(
        redis =>
        {
            redis.Pause();
            return Task.CompletedTask;
        },
        gateway => SharingGateway.StateOf(gateway) == RedisState.Down,
        redis =>
        {
            redis.Resume();
            return Task.CompletedTask;
        });

    [Fact]
    public Task Redis_Flapping_NoVisitorNoticesIt() => RunAsync(
        async redis =>
        {
            for (var i = 0; i < 5; i++)
            {
                await redis.Database.ExecuteAsync("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
                await redis.Database.ExecuteAsync("CLIENT", "KILL", "TYPE", "pubsub", "SKIPME", "yes");
                await redis.Database.ExecuteAsync("CLIENT", "PAUSE", "150", "ALL");
            }
        },
        _ => true,
        _ => Task.CompletedTask);

    [Fact]
    public Task Redis_Full_NoVisitorNoticesIt() => RunAsync(
        redis => redis.Database.ExecuteAsync("CONFIG", "SET", "maxmemory", "1"),
        gateway => SharingGateway.StateOf(gateway) == RedisState.ReadOnly,
        redis => redis.Database.ExecuteAsync("CONFIG", "SET", "maxmemory", "0"));

    [Fact]
    public Task Redis_MadeAReplicaOfNobody_NoVisitorNoticesIt() => RunAsync(
        redis => redis.Database.ExecuteAsync("REPLICAOF", "127.0.0.1", "1"),
        gateway => SharingGateway.StateOf(gateway) is RedisState.ReadOnly or RedisState.Down,
        redis => redis.Database.ExecuteAsync("REPLICAOF", "NO", "ONE"));

    /// <summary>Every value under our keys is garbage, over and over, locks too.</summary>
    [Fact]
    public Task Redis_FloodedWithGarbage_NoVisitorNoticesIt()
    {
        const string Garbage = """
            local kinds = { 'SET', 'LPUSH', 'SADD' }
            local i = 0
            for _, key in ipairs(redis.call('KEYS', 'taggateway:*')) do
              i = i + 1
              redis.call('DEL', key)
              redis.call(kinds[i % 3 + 1], key, string.rep('garbage', 1000))
            end
            redis.call('SET', 'taggateway:1:purges', 'garbage')
            redis.call('PUBLISH', 'taggateway:1:purge', 'garbage')
            """;
        return RunAsync(
            async redis =>
            {
                for (var i = 0; i < 200; i++)
                {
                    await redis.Database.ScriptEvaluateAsync(Garbage);
                }
            },
            _ => true,
            _ => Task.CompletedTask);
    }

    /// <param name="harm">Done while visitors come.</param>
    /// <param name="isSeen">Whether the gateway has noticed.</param>
    /// <param name="heal">Done while visitors come.</param>
    private async Task RunAsync(Func<RedisServer, Task> harm, Func<RunningGateway, bool> isSeen, Func<RedisServer, Task> heal)
    {
        await using var redis = await RedisServer.StartAsync();
        await using var google = await GoogleStandIn.StartAsync(new GoogleStandInOptions());
        await using var one = await SharingGateway.StartUnconnectedAsync(google, redis.ConnectionString);
        await using var other = await SharingGateway.StartUnconnectedAsync(google, redis.ConnectionString);
        await SharingGateway.IsUpAsync(one);
        await SharingGateway.IsUpAsync(other);
        var bodies = await BodiesAsync(one);
        using var log = LogRecorder.Attach(one);
        using var stop = new CancellationTokenSource();
        Task[] visitors = [VisitAsync(one, bodies, stop.Token), VisitAsync(one, bodies, stop.Token), VisitAsync(other, bodies, stop.Token), VisitAsync(other, bodies, stop.Token)];

        await harm(redis);
        await HoldsAsync(() => isSeen(one) && isSeen(other), "both gateways notice");
        var visits = Volatile.Read(ref _visits);
        await HoldsAsync(() => Volatile.Read(ref _visits) > visits + VisitsWhileIll, "visitors come meanwhile");
        await heal(redis);
        await Eventually.HoldsAsync(() => IsSharedAsync(one, other), "scripts are shared again");
        await stop.CancelAsync();
        await Task.WhenAll(visitors);

        Assert.Empty(log.Errors);
        Assert.InRange(log.Lines.Count(line => line.Contains("Redis", StringComparison.Ordinal)), 0, 12); // told by change, not by request

        // A visitor who was let down tells why.
        async Task HoldsAsync(Func<bool> condition, string what)
        {
            await Eventually.HoldsAsync(() => condition() || visitors.Any(visitor => visitor.IsFaulted), what);
            await Task.WhenAll(visitors.Where(visitor => visitor.IsFaulted));
        }
    }

    private static async Task<Dictionary<string, byte[]>> BodiesAsync(RunningGateway gateway)
    {
        var bodies = new Dictionary<string, byte[]>();
        foreach (var layer in Layers)
        {
            bodies[layer] = (await SharingGateway.AskAsync(gateway, layer)).Body;
        }

        return bodies;
    }

    /// <summary>A visitor after the other; between them the gateway forgets what it has, so that each fill asks Redis. Some want what nobody has yet.</summary>
    private async Task VisitAsync(RunningGateway gateway, Dictionary<string, byte[]> bodies, CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var layer = i % 5 == 4 ? $"new{Guid.NewGuid():N}" : Layers[i % Layers.Length];
            var start = Stopwatch.GetTimestamp();
            var answer = await SharingGateway.AskAsync(gateway, layer);

            Assert.True(answer.IsWhole && (!bodies.TryGetValue(layer, out var expected) || answer.Body.AsSpan().SequenceEqual(expected)), "a wrong body");
            Assert.True(Stopwatch.GetElapsedTime(start) < LongestWait, $"A visitor waited {Stopwatch.GetElapsedTime(start)}.");
            SharingGateway.Forget(gateway);
            Interlocked.Increment(ref _visits);
        }
    }

    private static async Task<bool> IsSharedAsync(RunningGateway one, RunningGateway other)
    {
        var layer = $"shared{Guid.NewGuid():N}";
        await SharingGateway.AskAsync(one, layer);
        return (await SharingGateway.AskAsync(other, layer)).Header("Cache-Status") == CacheStatus.Shared;
    }
}
