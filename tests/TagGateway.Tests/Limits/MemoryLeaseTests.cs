using TagGateway.Limits;

namespace TagGateway.Tests.Limits;

public sealed class MemoryLeaseTests
{
    private const long All = 64 * SomeLimits.MegaByte;
    private readonly MemoryBudget _budget = SomeLimits.Budget(All);

    [Fact]
    public void TryTake_MoreThanTheBudget_TakesNothing()
    {
        using var lease = new MemoryLease(_budget, client: null);

        Assert.True(lease.TryTake(All));
        Assert.False(lease.TryTake(1));
        Assert.Equal(All, _budget.Bytes);
    }

    [Fact]
    public void Dispose_Twice_GivesBackOnce()
    {
        var client = new ClientShare();
        var lease = new MemoryLease(_budget, client).ForSite("shop", isOnlySite: false);
        Assert.True(lease.TryTake(1000));
        lease.Give(400);
        Assert.Equal((600, 600, 600), (_budget.Bytes, client.Memory.Bytes, _budget.ShareOf("shop").Bytes));

        lease.Dispose();
        lease.Dispose();

        Assert.Equal((0, 0, 0), (_budget.Bytes, client.Memory.Bytes, _budget.ShareOf("shop").Bytes));
    }

    [Fact]
    public void TryTake_OneClient_GetsAQuarterAndLeavesTheRest()
    {
        var client = new ClientShare();
        using var first = new MemoryLease(_budget, client);
        using var second = new MemoryLease(_budget, client);
        using var other = new MemoryLease(_budget, new ClientShare());

        Assert.True(first.TryTake(All / 4));

        Assert.False(second.TryTake(1));
        Assert.True(second.TryTakeBeyondShare(1));
        Assert.True(other.TryTake(All / 4));
        Assert.Equal((All / 2) + 1, _budget.Bytes);
    }

    [Fact]
    public void TryTake_OneOfSeveralSites_GetsHalf()
    {
        using var lease = new MemoryLease(_budget, client: null).ForSite("shop", isOnlySite: false);
        using var other = new MemoryLease(_budget, client: null).ForSite("blog", isOnlySite: false);

        Assert.True(lease.TryTake(All / 2));

        Assert.False(lease.TryTake(1));
        Assert.True(other.TryTake(All / 2));
    }

    [Fact]
    public void TryTake_TheOnlySite_GetsAll()
    {
        using var lease = new MemoryLease(_budget, client: null).ForSite("shop", isOnlySite: true);

        Assert.True(lease.TryTake(All));
    }

    [Fact]
    public void HasRoom_BudgetFillsUp_RefusesInTheOrderOfPriority()
    {
        using var holder = new MemoryLease(_budget, client: null);
        var order = new List<MemoryPriority>();
        for (var held = 0L; held < All && holder.TryTake(All / 100); held += All / 100)
        {
            order.AddRange(Enum.GetValues<MemoryPriority>().Where(priority => !_budget.HasRoomFor(priority) && !order.Contains(priority)));
        }

        Assert.Equal([MemoryPriority.UntrustedScript, MemoryPriority.Script, MemoryPriority.Beacon], order);
    }

    [Fact]
    public void TakeUpTo_ClientHoldsLittle_GetsWhatItWants()
    {
        using var lease = new MemoryLease(_budget, new ClientShare());

        Assert.Equal(64 * 1024, lease.TakeUpTo(64 * 1024, 8 * 1024));
        Assert.Equal(64 * 1024, _budget.Bytes);
    }

    [Fact]
    public void TakeUpTo_ClientHoldsMuch_GetsTheLeastAndIsCounted()
    {
        var client = new ClientShare();
        using var first = new MemoryLease(_budget, client);
        Assert.True(first.TryTake(All / 8));
        using var second = new MemoryLease(_budget, client);

        Assert.Equal(8 * 1024, second.TakeUpTo(64 * 1024, 8 * 1024));
        Assert.Equal((All / 8) + (8 * 1024), client.Memory.Bytes);
    }

    [Fact]
    public void TakeMostBytes_AfterAPeak_TellsItOnce()
    {
        using (var lease = new MemoryLease(_budget, client: null))
        {
            Assert.True(lease.TryTake(5000));
        }

        Assert.Equal((5000, 0), (_budget.TakeMostBytes(), _budget.TakeMostBytes()));
    }

    [Fact]
    public async Task Leases_OfManyThreads_LeaveNothingBehind()
    {
        var shares = new ClientShares();
        await Parallel.ForEachAsync(Enumerable.Range(0, 4000), TestContext.Current.CancellationToken, (i, _) =>
        {
            var key = ClientKey.Of(new System.Net.IPAddress(i % 7));
            using (var lease = new MemoryLease(_budget, shares.Acquire(key)).ForSite("shop", isOnlySite: false))
            {
                lease.TryTake(i);
                lease.TakeUpTo(2 * i, i / 2);
            }

            shares.Release(key);
            return ValueTask.CompletedTask;
        });

        Assert.Equal((0, 0, 0), (_budget.Bytes, _budget.ShareOf("shop").Bytes, shares.Count));
    }
}
