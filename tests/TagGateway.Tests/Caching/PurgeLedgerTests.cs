using Microsoft.Extensions.Time.Testing;
using TagGateway.Caching;

namespace TagGateway.Tests.Caching;

public sealed class PurgeLedgerTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly PurgeLedger _ledger;

    public PurgeLedgerTests() => _ledger = new PurgeLedger(_time);

    [Fact]
    public void Covers_NoPurge_IsFalse() => Assert.False(_ledger.Covers(SomeEntry.Create().Head));

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("shop", null, true)]
    [InlineData(null, "G-MAIN1", true)]
    [InlineData("shop", "G-MAIN1", true)]
    [InlineData("other", null, false)]
    [InlineData("shop", "AW-2", false)]
    public void Covers_FetchBegunBeforeThePurge_IsItsScope(string? site, string? tag, bool expected)
    {
        var before = SomeEntry.Create(purgeStamp: _ledger.Newest);

        _ledger.Note(new PurgeScope(site, tag), _ledger.NextStamp());

        Assert.Equal(expected, _ledger.Covers(before.Head));
        Assert.False(_ledger.Covers(SomeEntry.Create(purgeStamp: _ledger.Newest).Head));
    }

    [Fact]
    public void Covers_AfterAnotherScopesPurge_KnowsBoth()
    {
        _ledger.Note(new PurgeScope("shop", null), _ledger.NextStamp());
        var between = SomeEntry.Create(purgeStamp: _ledger.Newest);
        _ledger.Note(new PurgeScope("other", null), _ledger.NextStamp());

        Assert.False(_ledger.Covers(between.Head));
        Assert.True(_ledger.Covers(SomeEntry.Create(site: "other", purgeStamp: between.Head.PurgeStamp).Head));
    }

    [Fact]
    public void Note_TheSameAgainOrAnOlder_IsFalse()
    {
        var stamp = _ledger.NextStamp();

        Assert.True(_ledger.Note(PurgeScope.All, stamp));
        Assert.False(_ledger.Note(PurgeScope.All, stamp));
        Assert.False(_ledger.Note(PurgeScope.All, stamp - 1));
        Assert.True(_ledger.Note(PurgeScope.All, stamp + 1));
    }

    [Fact]
    public void NextStamp_TheClockStandsOrGoesBack_IsGreaterAllTheSame()
    {
        var ahead = new FakeTimeProvider(_time.GetUtcNow().AddDays(1));
        _ledger.Note(PurgeScope.All, new PurgeLedger(ahead).NextStamp());
        var newest = _ledger.Newest;

        Assert.Equal(newest + 1, _ledger.NextStamp());
        Assert.Equal(ahead.GetUtcNow().ToUnixTimeMilliseconds(), newest);
    }

    [Fact]
    public async Task Note_ManyAtOnce_LosesNone()
    {
        var noting = Enumerable.Range(1, 8).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < 100; i++)
            {
                _ledger.Note(new PurgeScope($"s{thread}", null), (i * 10) + thread);
            }
        }));
        await Task.WhenAll(noting);

        Assert.Equal(998, _ledger.Newest);
        Assert.All(Enumerable.Range(1, 8), thread => Assert.True(_ledger.Covers(SomeEntry.Create(site: $"s{thread}", purgeStamp: 990 + thread - 1).Head)));
        Assert.All(Enumerable.Range(1, 8), thread => Assert.False(_ledger.Covers(SomeEntry.Create(site: $"s{thread}", purgeStamp: 990 + thread).Head)));
    }

    /// <summary>A flood of purges, each of another scope: more is forgotten than was asked, never less, and the memory is bounded.</summary>
    [Fact]
    public void Note_AFloodOfScopes_IsBoundedAndForgetsNoPurge()
    {
        _ledger.Note(new PurgeScope("shop", null), 1);

        for (var i = 0; i < 100_000; i++)
        {
            _ledger.Note(new PurgeScope($"s{i}", null), i + 2);
        }

        Assert.True(_ledger.Covers(SomeEntry.Create(purgeStamp: 0).Head));
        Assert.True(_ledger.Covers(SomeEntry.Create(site: "s99999", purgeStamp: 100_000).Head));
        Assert.True(_ledger.Covers(SomeEntry.Create(site: "nobody-named-it", purgeStamp: 0).Head));
        Assert.False(_ledger.Covers(SomeEntry.Create(site: "nobody-named-it", purgeStamp: 100_001).Head));
    }
}
