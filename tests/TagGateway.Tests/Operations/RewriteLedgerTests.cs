using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using TagGateway.Operations;
using TagGateway.Rewriting;

namespace TagGateway.Tests.Operations;

public sealed class RewriteLedgerTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Add_SeveralTags_AreInOrderWithWhatWasMadeOfThem()
    {
        var ledger = new RewriteLedger(_time);

        ledger.Add("shop", "G-2", new ScriptRewrite(RewriteOutcome.Reduced, RewriteDoubt.HostLeft, "65j1"));
        ledger.Add("shop", "G-1", new ScriptRewrite(RewriteOutcome.Whole, RewriteDoubt.None, "65j1"));
        ledger.Add("blog", "G-2", new ScriptRewrite(RewriteOutcome.Untouched, RewriteDoubt.NoPlace));

        Assert.Equal(
            [
                new RewriteRecord("blog", "G-2", "", RewriteOutcome.Untouched, RewriteDoubt.NoPlace, _time.GetUtcNow()),
                new RewriteRecord("shop", "G-1", "65j1", RewriteOutcome.Whole, RewriteDoubt.None, _time.GetUtcNow()),
                new RewriteRecord("shop", "G-2", "65j1", RewriteOutcome.Reduced, RewriteDoubt.HostLeft, _time.GetUtcNow()),
            ],
            ledger.Records);
    }

    [Fact]
    public void Add_SameTagAgain_IsTheNewest()
    {
        var ledger = new RewriteLedger(_time);
        ledger.Add("shop", "G-1", new ScriptRewrite(RewriteOutcome.Reduced, RewriteDoubt.HostLeft, "65j1"));
        _time.Advance(TimeSpan.FromHours(1));

        ledger.Add("shop", "G-1", new ScriptRewrite(RewriteOutcome.Whole, RewriteDoubt.None, "66a0"));

        Assert.Equal(new RewriteRecord("shop", "G-1", "66a0", RewriteOutcome.Whole, RewriteDoubt.None, _time.GetUtcNow()), Assert.Single(ledger.Records));
    }

    [Fact]
    public void Add_MoreThanItHolds_KeepsTheFirstAndTheirNews()
    {
        var ledger = new RewriteLedger(_time);
        for (var i = 0; i < 5000; i++)
        {
            ledger.Add("shop", i.ToString("d5", CultureInfo.InvariantCulture), default);
        }

        ledger.Add("shop", "00000", new ScriptRewrite(RewriteOutcome.Untouched, RewriteDoubt.TooLarge));

        Assert.Equal(4096, ledger.Records.Count);
        Assert.Equal(RewriteDoubt.TooLarge, ledger.Records[0].Doubt);
    }
}
