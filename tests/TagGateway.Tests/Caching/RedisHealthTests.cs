using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using TagGateway.Caching;
using TagGateway.Tests.Operations;

namespace TagGateway.Tests.Caching;

public sealed class RedisHealthTests : IDisposable
{
    private readonly TestMetrics _metrics = new();
    private readonly FakeTimeProvider _time = new();
    private readonly FakeLogger<RedisHealth> _logger = new();
    private readonly RedisHealth _health;

    public RedisHealthTests() => _health = new RedisHealth(_metrics.Gateway, _time, _logger);

    public void Dispose() => _metrics.Dispose();

    [Fact]
    public void State_NothingConfigured_IsOffAndNoProblem()
    {
        _health.WentAway("late word of a former connection");

        Assert.Equal(RedisState.Off, _health.State);
        Assert.False(_health.IsAnswering);
        Assert.Null(_health.Problem);
    }

    [Fact]
    public void State_AwayAndBackOverAndOver_IsToldOnceEach()
    {
        _health.Connecting();
        _health.Answered();
        for (var i = 0; i < 3; i++)
        {
            _health.WentAway("SocketFailure");
            _health.WentAway("SocketFailure");
            Assert.False(_health.IsAnswering);
            _health.Answered();
            _health.Answered();
        }

        Assert.Equal([1700, 1701, 1700, 1701, 1700, 1701, 1700], Told());
        Assert.Null(_health.Problem);
    }

    [Fact]
    public void State_FullOverAndOver_IsToldOnceInAWhile()
    {
        _health.Connecting();
        _health.Answered();
        for (var i = 0; i < 100; i++)
        {
            _health.Refused("OOM");
            _health.Took();
            _health.Answered();
        }

        Assert.Equal((RedisState.ReadOnly, true), (_health.State, _health.IsAnswering));
        _time.Advance(TimeSpan.FromSeconds(30));
        _health.Took();

        Assert.Equal(RedisState.Up, _health.State);
        Assert.Equal([1700, 1702, 1703], Told());
    }

    [Fact]
    public void State_Changed_IsCountedAsOneOfAll()
    {
        using var collector = _metrics.Collect("taggateway.caching.redis");
        _health.Connecting();

        _health.Answered();

        var last = collector.GetMeasurementSnapshot().TakeLast(Enum.GetValues<RedisState>().Length);
        Assert.Equal("up", Assert.Single(last, measurement => measurement.Value == 1).Tags["state"]);
    }

    private IEnumerable<int> Told() => _logger.Collector.GetSnapshot().Select(record => record.Id.Id);
}
