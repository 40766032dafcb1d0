using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TagGateway.Tests.Operations;
using TagGateway.Tests.Sites;
using TagGateway.Upstream;

namespace TagGateway.Tests.Upstream;

public sealed class OriginDeadlineTests : IDisposable
{
    private static readonly TimeSpan Almost = TimeSpan.FromSeconds(59); // of the minute that sites for tests have
    private readonly TestMetrics _metrics = new();
    private readonly FakeTimeProvider _time = new();
    private readonly OriginDeadline _deadline;

    public OriginDeadlineTests()
    {
        var site = SomeSite.Create(origin: "http://web");
        var health = new OriginHealth(SomeSettings.Create([site]), _metrics.Gateway, _time, NullLogger<OriginHealth>.Instance);
        _deadline = new OriginDeadline(site, health, _time);
    }

    public void Dispose()
    {
        _deadline.Dispose();
        _metrics.Dispose();
    }

    [Fact]
    public void HasPassed_NoHeaders_AfterTheTime()
    {
        _time.Advance(Almost);
        var before = _deadline.HasPassed;
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.False(before);
        Assert.True(_deadline.HasPassed);
    }

    [Fact]
    public void HasPassed_HeadersCame_Never()
    {
        _deadline.Meet();
        _deadline.Restart(); // an upload that goes on
        _time.Advance(TimeSpan.FromDays(1));

        Assert.False(_deadline.HasPassed);
    }

    [Fact]
    public void HasPassed_VisitorIsWaitedFor_NotMeanwhile()
    {
        _deadline.Pause();
        _time.Advance(TimeSpan.FromHours(1));
        var meanwhile = _deadline.HasPassed;
        _deadline.Restart();
        _time.Advance(Almost);
        var almost = _deadline.HasPassed;
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.False(meanwhile);
        Assert.False(almost);
        Assert.True(_deadline.HasPassed);
    }
}
