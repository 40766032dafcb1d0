using TagGateway.Upstream;

namespace TagGateway.Tests.Upstream;

public sealed class RetryBudgetTests
{
    private readonly RetryBudget _budget = new();

    [Fact]
    public void TrySpend_AtTheStart_IsAFew() => Assert.Equal(3, SpendAll());

    [Theory]
    [InlineData(4, 0)]
    [InlineData(5, 1)]
    [InlineData(25, 5)]
    [InlineData(1_000_000, 10)]
    public void TrySpend_AfterFetches_IsAFifthOfThemAndNeverMany(int fetches, int expected)
    {
        SpendAll();

        for (var i = 0; i < fetches; i++)
        {
            _budget.Earn();
        }

        // A fifth in floating point may be a hair less.
        Assert.InRange(SpendAll(), expected - 1, expected);
    }

    private int SpendAll()
    {
        var spent = 0;
        while (spent < 100 && _budget.TrySpend())
        {
            spent++;
        }

        return spent;
    }
}
