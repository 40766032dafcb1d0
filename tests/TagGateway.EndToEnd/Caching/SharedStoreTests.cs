using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using TagGateway.Caching;
using TagGateway.EndToEnd.Harness;
using TagGateway.Operations;
using TagGateway.Rewriting;

namespace TagGateway.EndToEnd.Caching;

/// <summary>The shared store on a real Redis: what it gives back, what it makes of garbage, and who may fetch.</summary>
public sealed class SharedStoreTests : IAsyncLifetime
{
    private static readonly EntryKey Key = EntryKey.Of("shop", "G-MAIN1", "US-CA", "/f807/", "?id=G-MAIN1");
    private static readonly RedisKey EntryName = SharedKeys.Entry(Key);
    private static readonly RedisKey FillName = SharedKeys.Fill(Key);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly Lifetimes Lifetimes = new(TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromDays(1));

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().AddSingleton<GatewayMetrics>().BuildServiceProvider();
    private RedisServer _redis = null!; // set before any test runs
    private RedisLink _link = null!; // likewise
    private RedisHealth _health = null!; // likewise
    private SharedStore _store = null!; // likewise

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.StartAsync();
        var metrics = _services.GetRequiredService<GatewayMetrics>();
        _health = new RedisHealth(metrics, TimeProvider.System, NullLogger<RedisHealth>.Instance);
        _link = new RedisLink(_health, TimeProvider.System);
        Assert.True(RedisTarget.TryParse(_redis.ConnectionString + ",connectTimeout=10000,asyncTimeout=10000", out var target, out _));
        await _link.LeadToAsync(target, SharedKeys.PurgeChannel, () => { });
        _health.Connecting();
        _health.Answered();
        _store = new SharedStore(_link, _health, metrics, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        _link.Dispose();
        await _redis.DisposeAsync();
        await _services.DisposeAsync();
    }

    [Fact]
    public async Task Find_WhatWasKept_IsTheSameAndAsOld()
    {
        var kept = Some(age: TimeSpan.FromMinutes(5));

        await _store.KeepAsync(kept, Lifetimes, Stop);
        var found = await _store.FindAsync(Key, Stop);

        Assert.NotNull(found);
        Assert.Equal(kept.Body.Memory.ToArray(), found.Body.Memory.ToArray());
        Assert.Equal(kept.Head.Headers, found.Head.Headers);
        Assert.Equal((Key, "shop", "G-MAIN1", 7L), (found.Head.Key, found.Head.Site, found.Head.Tag, found.Head.PurgeStamp));
        Assert.InRange(found.Age, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5) + Patience);
    }

    /// <summary>By the clock of Redis alone.</summary>
    [Fact]
    public async Task Find_AfterAWhile_IsOlderByWhatIsGoneOfItsTime()
    {
        await _store.KeepAsync(Some(age: TimeSpan.FromMinutes(5)), Lifetimes, Stop);
        var left = await _redis.Database.KeyTimeToLiveAsync(EntryName);
        await _redis.Database.KeyExpireAsync(EntryName, left - TimeSpan.FromMinutes(7));

        var found = await _store.FindAsync(Key, Stop);

        Assert.InRange(left!.Value, Lifetimes.End - TimeSpan.FromMinutes(5) - Patience, Lifetimes.End - TimeSpan.FromMinutes(5)); // it was just kept
        Assert.InRange(found!.Age, TimeSpan.FromMinutes(12), TimeSpan.FromMinutes(12) + Patience); // it is there
    }

    [Fact]
    public async Task Keep_PastItsEnd_IsNotKept()
    {
        await _store.KeepAsync(Some(age: TimeSpan.FromDays(2)), Lifetimes, Stop);

        Assert.False(await _redis.Database.KeyExistsAsync(EntryName));
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("empty")]
    [InlineData("cut")]
    [InlineData("bit")]
    [InlineData("other entry")]
    [InlineData("no end")]
    [InlineData("list")]
    [InlineData("hash")]
    [InlineData("huge")]
    public async Task Find_Poisoned_IsNothingAndTheNextFillReplacesIt(string poison)
    {
        await _store.KeepAsync(Some(), Lifetimes, Stop);
        await PoisonAsync(poison);

        var found = await _store.FindAsync(Key, Stop);
        await _store.KeepAsync(Some(), Lifetimes, Stop);

        Assert.Null(found);
        Assert.NotNull(await _store.FindAsync(Key, Stop));
        Assert.Equal(RedisState.Up, _health.State);
    }

    [Fact]
    public async Task Claim_HeldByAnother_WaitsForItsEntry()
    {
        await using var first = await _store.ClaimAsync(Key, _ => true, Patience, Stop);
        var second = _store.ClaimAsync(Key, _ => true, Patience, Stop);
        await Eventually.HoldsAsync(() => Task.FromResult(!second.IsCompleted), "the second waits");

        await _store.KeepAsync(Some(), Lifetimes, Stop);
        await first.DisposeAsync();
        await using var claim = await second;

        Assert.Null(first.Entry);
        Assert.NotNull(claim.Entry);
        Assert.False(await _redis.Database.KeyExistsAsync(FillName));
    }

    [Fact]
    public async Task Claim_GivenBackWithoutAnEntry_IsTheNextOnes()
    {
        var first = await _store.ClaimAsync(Key, _ => true, Patience, Stop);
        var second = _store.ClaimAsync(Key, _ => true, Patience, Stop);

        await first.DisposeAsync();
        await using (var claim = await second)
        {
            Assert.Null(claim.Entry);
            Assert.True(await _redis.Database.KeyExistsAsync(FillName));
        }

        Assert.False(await _redis.Database.KeyExistsAsync(FillName));
    }

    [Fact]
    public async Task Claim_UnwantedEntryThere_IsGivenAllTheSame()
    {
        await _store.KeepAsync(Some(), Lifetimes, Stop);

        await using var claim = await _store.ClaimAsync(Key, _ => false, Patience, Stop);

        Assert.Null(claim.Entry);
        Assert.True(await _redis.Database.KeyExistsAsync(FillName));
    }

    /// <summary>Longer than the lock itself: it is renewed while it is held.</summary>
    [Fact]
    public async Task Claim_HeldLong_StaysItsOwners()
    {
        await using var first = await _store.ClaimAsync(Key, _ => true, Patience, Stop);

        await using var second = await _store.ClaimAsync(Key, _ => true, TimeSpan.FromSeconds(3.5), Stop);

        Assert.True(await _redis.Database.KeyExistsAsync(FillName));
        await second.DisposeAsync();
        Assert.True(await _redis.Database.KeyExistsAsync(FillName)); // patience was over: there was nothing to give back
    }

    [Fact]
    public async Task Claim_LockOfADeadGateway_IsWaitedForShortly()
    {
        await _redis.Database.StringSetAsync(FillName, "dead", TimeSpan.FromSeconds(1));

        await using var claim = await _store.ClaimAsync(Key, _ => true, Patience, Stop);

        Assert.NotEqual("dead", (string?)await _redis.Database.StringGetAsync(FillName));
    }

    [Theory]
    [InlineData("SET", "x")]
    [InlineData("LPUSH", "x")]
    [InlineData("SET", "x", "EX", "86400")]
    public async Task Claim_GarbageAtTheLock_WaitsForNobody(string command, params string[] arguments)
    {
        await _redis.Database.ExecuteAsync(command, [FillName.ToString(), .. arguments]);

        await using var claim = await _store.ClaimAsync(Key, _ => true, TimeSpan.FromMinutes(10), Stop).WaitAsync(Patience, Stop);

        Assert.Null(claim.Entry);
    }

    [Fact]
    public async Task Claim_LostMeanwhile_TakesNothingFromTheNextOwner()
    {
        var claim = await _store.ClaimAsync(Key, _ => true, Patience, Stop);
        await _redis.Database.StringSetAsync(FillName, "another", TimeSpan.FromSeconds(30));

        await claim.DisposeAsync();

        Assert.Equal("another", (string?)await _redis.Database.StringGetAsync(FillName));
    }

    [Fact]
    public async Task All_RedisKnownToBeAway_AreDoneAtOnce()
    {
        _redis.Pause();
        _health.WentAway("test");

        var find = _store.FindAsync(Key, Stop);
        var claim = _store.ClaimAsync(Key, _ => true, Patience, Stop);
        var keep = _store.KeepAsync(Some(), Lifetimes, Stop);

        Assert.True(find.IsCompletedSuccessfully && claim.IsCompletedSuccessfully && keep.IsCompletedSuccessfully);
        _redis.Resume();
    }

    private static Entry Some(TimeSpan age = default) => new(
        new EntryHead(
            Key, "shop", "G-MAIN1", [new HeaderField("Content-Type", "text/javascript")], ContentCoding.Identity, "AbCdEfGhIjKlMnOp-_StUQ",
            new ScriptFacts([], []), IsVersioned: false, PurgeStamp: 7),
        StoredBytes.Copy(new byte[200_000]), age, TimeProvider.System);

    private async Task PoisonAsync(string poison)
    {
        var redis = _redis.Database;
        var bytes = (byte[]?)await redis.StringGetAsync(EntryName) ?? [];
        await redis.KeyDeleteAsync(EntryName);
        var hour = TimeSpan.FromHours(1);
        switch (poison)
        {
            case "list": await redis.ListLeftPushAsync(EntryName, "x"); break;
            case "hash": await redis.HashSetAsync(EntryName, "x", "y"); break;
            case "no end": await redis.StringSetAsync(EntryName, bytes); break;
            case "empty": await redis.StringSetAsync(EntryName, "", hour); break;
            case "cut": await redis.StringSetAsync(EntryName, bytes[..^1], hour); break;
            case "huge": await redis.ExecuteAsync("SETRANGE", EntryName, 50_000_000, "x"); break;
            case "other entry":
                var head = Some().Head with { Key = EntryKey.Of("shop", "G-MAIN1", "DE", "/f807/", "?id=G-MAIN1") };
                await redis.StringSetAsync(EntryName, EntryFormat.Write(head, bytes, default, hour), hour);
                break;
            case "bit":
                bytes[^1] ^= 1;
                await redis.StringSetAsync(EntryName, bytes, hour);
                break;
            default: await redis.StringSetAsync(EntryName, poison, hour); break;
        }
    }
}
