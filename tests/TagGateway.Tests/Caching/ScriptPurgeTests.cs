using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TagGateway.Caching;
using TagGateway.Tests.Operations;

namespace TagGateway.Tests.Caching;

/// <summary>Purging without a Redis.</summary>
public sealed class ScriptPurgeTests : IDisposable
{
    private readonly TestMetrics _metrics = new();
    private readonly FakeTimeProvider _time = new();
    private readonly MemoryStore _memory = new(() => 1024 * 1024);
    private readonly PurgeLedger _ledger;
    private readonly List<PurgeScope> _forgotten = [];
    private readonly ScriptPurge _purge;

    public ScriptPurgeTests()
    {
        var health = SomeRedis.Health(_metrics.Gateway, _time);
        var link = new RedisLink(health, _time);
        _ledger = new PurgeLedger(_time);
        _purge = new ScriptPurge(_ledger, _memory, _forgotten.Add, new SharedPurges(link), link, health, NullLogger<ScriptPurge>.Instance);
    }

    public void Dispose() => _metrics.Dispose();

    [Fact]
    public async Task Purge_Alone_RemovesHereAndSaysSo()
    {
        var scope = new PurgeScope("shop", null);
        Assert.True(_memory.TryPut(SomeEntry.Key(), SomeEntry.Create()));
        Assert.True(_memory.TryPut(SomeEntry.Key(site: "blog"), SomeEntry.Create(site: "blog")));

        var result = await _purge.PurgeAsync(scope, TestContext.Current.CancellationToken);

        Assert.Equal(new PurgeResult(1, PurgeReach.ThisGateway), result);
        Assert.Equal([scope], _forgotten);
        Assert.False(_memory.TryGet<Entry>(SomeEntry.Key(), out _));
        Assert.True(_memory.TryGet<Entry>(SomeEntry.Key(site: "blog"), out _));
        Assert.True(_ledger.Covers(SomeEntry.Create().Head));
        Assert.False(_ledger.Covers(SomeEntry.Create(purgeStamp: _ledger.Newest).Head));
    }

    [Fact]
    public async Task Purge_Cancelled_IsDoneHereAllTheSame()
    {
        var result = await _purge.PurgeAsync(PurgeScope.All, new CancellationToken(canceled: true));

        Assert.Equal(PurgeReach.ThisGateway, result.Reach);
        Assert.Equal([PurgeScope.All], _forgotten);
    }

    [Fact]
    public async Task Purge_TwiceInTheSameMillisecond_GrowsTheStamp()
    {
        await _purge.PurgeAsync(PurgeScope.All, TestContext.Current.CancellationToken);
        var before = _ledger.Newest;

        await _purge.PurgeAsync(PurgeScope.All, TestContext.Current.CancellationToken);

        Assert.True(_ledger.Newest > before);
    }
}
