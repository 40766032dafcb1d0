using TagGateway.Caching;

namespace TagGateway.Tests.Caching;

public sealed class LifetimesTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    [Theory]
    [InlineData("Cache-Control: max-age=900", "00:15:00", "01:00:00", "1.00:00:00")]
    [InlineData("Cache-Control: max-age=901", "00:15:00", "01:00:00", "1.00:00:00")]
    [InlineData("Cache-Control: max-age=60", "00:01:00", "01:00:00", "1.00:00:00")]
    [InlineData("Cache-Control: max-age=0", "00:00:00", "01:00:00", "1.00:00:00")]
    [InlineData("", "00:15:00", "01:00:00", "1.00:00:00")]
    [InlineData("Cache-Control: stale-while-revalidate=60, stale-if-error=120", "00:15:00", "00:01:00", "00:02:00")]
    [InlineData("Cache-Control: stale-while-revalidate=99999999, stale-if-error=99999999", "00:15:00", "01:00:00", "1.00:00:00")]
    [InlineData("Cache-Control: max-age=60, must-revalidate", "00:01:00", "00:00:00", "00:00:00")]
    [InlineData("Cache-Control: max-age=60, must-revalidate, stale-if-error=60", "00:01:00", "00:00:00", "00:00:00")]
    [InlineData("Cache-Control: s-maxage=60", "00:01:00", "00:00:00", "00:00:00")]
    [InlineData("Cache-Control: no-cache, max-age=60, stale-while-revalidate=60", "00:00:00", "00:00:00", "00:00:00")]
    public void Of_RulesAndPolicy_AreTheShorter(string headers, string fresh, string whileRevalidate, string ifError)
    {
        var policy = new CachePolicy(TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromDays(1));

        var lifetimes = Lifetimes.Of(EntryRules.Read(SomeEntry.Headers(headers)), policy);

        Assert.Equal(new Lifetimes(TimeSpan.Parse(fresh), TimeSpan.Parse(whileRevalidate), TimeSpan.Parse(ifError)), lifetimes);
    }

    /// <summary>Both sides of each border, to the tick.</summary>
    [Theory]
    [InlineData(10, 20, 100)]
    [InlineData(10, 100, 20)]
    [InlineData(10, 0, 100)]
    [InlineData(10, 100, 0)]
    [InlineData(10, 50, 50)]
    [InlineData(10, 0, 0)]
    [InlineData(0, 20, 100)]
    [InlineData(0, 0, 0)]
    public void StateAt_EveryBorder_ChangesThere(int freshSeconds, int whileRevalidateSeconds, int ifErrorSeconds)
    {
        var (fresh, whileRevalidate, ifError) = (TimeSpan.FromSeconds(freshSeconds), TimeSpan.FromSeconds(whileRevalidateSeconds), TimeSpan.FromSeconds(ifErrorSeconds));
        var lifetimes = new Lifetimes(fresh, whileRevalidate, ifError);

        foreach (var border in new[] { TimeSpan.Zero, fresh, fresh + whileRevalidate, fresh + ifError })
        {
            foreach (var age in new[] { border - Tick, border, border + Tick })
            {
                var expected = age < fresh ? EntryState.Fresh
                    : age < fresh + whileRevalidate ? EntryState.StaleWhileRevalidate
                    : age < fresh + ifError ? EntryState.StaleIfError
                    : EntryState.Expired;
                Assert.Equal(expected, lifetimes.StateAt(age));
            }
        }

        Assert.Equal(EntryState.Expired, lifetimes.StateAt(lifetimes.End));
        Assert.Equal(EntryState.Expired, lifetimes.StateAt(TimeSpan.MaxValue));
        Assert.True(lifetimes.End == TimeSpan.Zero || lifetimes.StateAt(lifetimes.End - Tick) != EntryState.Expired);
    }
}
