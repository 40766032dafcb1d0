using System.Net;
using Microsoft.Extensions.Time.Testing;
using TagGateway.Limits;

namespace TagGateway.Tests.Limits;

public sealed class ClientWorkTests
{
    private static readonly ClientKey One = ClientKey.Of(IPAddress.Parse("203.0.113.1"));
    private static readonly ClientKey Other = ClientKey.Of(IPAddress.Parse("203.0.113.2"));
    private readonly FakeTimeProvider _time = new();
    private readonly ClientWork _work;

    public ClientWorkTests() => _work = new ClientWork(_time);

    [Theory]
    [InlineData(CpuLane.Untrusted, 256, 16)]
    [InlineData(CpuLane.Ordinary, 1024, 32)]
    internal void TrySpend_OneClient_HasABurstAndThenARate(CpuLane lane, int burst, int perSecond)
    {
        var account = new WorkAccount(lane, One);

        var atOnce = Spend(account);
        _time.Advance(TimeSpan.FromSeconds(1));
        var afterASecond = Spend(account);
        _time.Advance(TimeSpan.FromHours(1));
        var afterAnHour = Spend(account);

        Assert.Equal((burst, perSecond, burst), (atOnce, afterASecond, afterAnHour));
    }

    [Fact]
    public void TrySpend_AnotherClientOrLane_IsNotTouched()
    {
        Spend(new WorkAccount(CpuLane.Untrusted, One));

        Assert.True(_work.TrySpend(new WorkAccount(CpuLane.Untrusted, Other), ClientWork.Fetch));
        Assert.True(_work.TrySpend(new WorkAccount(CpuLane.Ordinary, One), ClientWork.Fetch));
        Assert.False(_work.TrySpend(new WorkAccount(CpuLane.Untrusted, One), ClientWork.Fetch));
    }

    [Theory]
    [InlineData(CpuLane.Plain, true)]
    [InlineData(CpuLane.Untrusted, false)]
    internal void TrySpend_WhatASiteNeedsOrNobodyCanBeToldFrom_IsFree(CpuLane lane, bool isKnown) =>
        Assert.All(Enumerable.Range(0, 2000), _ => Assert.True(_work.TrySpend(new WorkAccount(lane, isKnown ? One : null), 8)));

    /// <summary>A page in a debugging session: twenty scripts at once, each of them new and rewritten.</summary>
    [Fact]
    public void TrySpend_PageOfADebuggingSession_ComesWhole()
    {
        var account = new WorkAccount(CpuLane.Untrusted, One);

        Assert.All(Enumerable.Range(0, 20), _ => Assert.True(_work.TrySpend(account, ClientWork.Fetch) && _work.TrySpend(account, ClientWork.Fetch + ClientWork.Rewrite(520_000))));
    }

    [Fact]
    public void TrySpend_MoreThanIsLeft_TakesNothing()
    {
        var account = new WorkAccount(CpuLane.Untrusted, One);
        Assert.True(_work.TrySpend(account, 250));

        Assert.False(_work.TrySpend(account, 7));
        Assert.True(_work.TrySpend(account, 6));
    }

    [Fact]
    public async Task TrySpend_ManyThreads_SpendNoMoreThanThereIs()
    {
        var account = new WorkAccount(CpuLane.Untrusted, One);

        var spent = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Spend(account))));

        Assert.Equal(256, spent.Sum());
    }

    private int Spend(WorkAccount account) => Enumerable.Range(0, 2000).TakeWhile(_ => _work.TrySpend(account, 1)).Count();
}
