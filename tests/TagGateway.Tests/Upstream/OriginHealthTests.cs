using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using TagGateway.Configuration;
using TagGateway.Sites;
using TagGateway.Tests.Operations;
using TagGateway.Tests.Sites;
using TagGateway.Upstream;

namespace TagGateway.Tests.Upstream;

public sealed class OriginHealthTests : IDisposable
{
    private readonly FakeLogger<OriginHealth> _logger = new();
    private readonly TestMetrics _metrics = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));
    private readonly Site _shop = SomeSite.Create(origin: "http://web");
    private readonly CurrentSettings _settings;
    private readonly OriginHealth _health;

    public OriginHealthTests()
    {
        _settings = SomeSettings.Create([_shop, SomeSite.Create("tags", path: "/x1")]);
        _health = new OriginHealth(_settings, _metrics.Gateway, _time, _logger);
    }

    public void Dispose() => _metrics.Dispose();

    [Fact]
    public void Failed_OnceAndTwice_IsNoOutage()
    {
        _health.Failed(_shop, OriginProblem.TimedOut);
        _health.Failed(_shop, OriginProblem.TimedOut);

        Assert.Empty(_health.Problems);
        Assert.Equal(["1 site=shop"], Gauge());
        Assert.Equal(0, _logger.Collector.Count);
    }

    [Fact]
    public void Failed_InARow_IsNamedSinceTheFirstWithTheLastReason()
    {
        _health.Failed(_shop, OriginProblem.TimedOut);
        _time.Advance(TimeSpan.FromMinutes(1));
        for (var i = 0; i < 5; i++)
        {
            _health.Failed(_shop, OriginProblem.ConnectionRefused);
        }

        Assert.Equal(["origin of site shop does not answer: connection refused, since 2026-03-04T05:06:07Z"], _health.Problems);
        Assert.Equal(["0 site=shop"], Gauge());
        Assert.Equal([1501], _logger.Collector.GetSnapshot().Select(record => record.Id.Id));
    }

    [Fact]
    public void Answered_AfterAnOutage_ClearsIt()
    {
        FailThrice();

        _health.Answered(_shop);
        _health.Failed(_shop, OriginProblem.TimedOut);

        Assert.Empty(_health.Problems);
        Assert.Equal(["1 site=shop"], Gauge());
        Assert.Equal([1501, 1502], _logger.Collector.GetSnapshot().Select(record => record.Id.Id));
    }

    [Fact]
    public void Answered_Between_StartsTheCountAnew()
    {
        _health.Failed(_shop, OriginProblem.TimedOut);
        _health.Failed(_shop, OriginProblem.TimedOut);
        _health.Answered(_shop);
        _health.Failed(_shop, OriginProblem.TimedOut);

        Assert.Empty(_health.Problems);
    }

    [Fact]
    public void Problems_ReloadNamesAnotherOriginOrNone_AreForgotten()
    {
        FailThrice();

        _settings.Value = SomeSettings.Create([SomeSite.Create(origin: "http://web2")]).Value;

        Assert.Empty(_health.Problems);
        Assert.Equal(["1 site=shop"], Gauge());
    }

    private void FailThrice()
    {
        for (var i = 0; i < OriginHealth.FailuresUntilDown; i++)
        {
            _health.Failed(_shop, OriginProblem.CertificateRefused);
        }
    }

    private List<string> Gauge()
    {
        using var collector = _metrics.Collect("taggateway.pages.origin_up");
        collector.RecordObservableInstruments();
        return [.. TestMetrics.Lines(collector)];
    }
}
