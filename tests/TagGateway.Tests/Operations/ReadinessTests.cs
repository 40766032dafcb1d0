using Microsoft.Extensions.Logging.Abstractions;
using TagGateway.Caching;
using TagGateway.Configuration;
using TagGateway.Operations;

namespace TagGateway.Tests.Operations;

public sealed class ReadinessTests : IDisposable
{
    private readonly FakeLifetime _lifetime = new();
    private readonly ReloadState _reload = new();
    private readonly Readiness _readiness;

    private readonly TestMetrics _metrics = new();

    public ReadinessTests() =>
        _readiness = new Readiness(_lifetime, _reload, new RedisHealth(_metrics.Gateway, TimeProvider.System, NullLogger<RedisHealth>.Instance));

    public void Dispose()
    {
        _lifetime.Dispose();
        _metrics.Dispose();
    }

    [Fact]
    public void IsReady_BeforeTheStartIsComplete_IsFalse()
    {
        Assert.False(_readiness.IsReady);
        Assert.Equal("starting\n", _readiness.Describe());
    }

    [Fact]
    public void IsReady_Started_IsTrue()
    {
        _lifetime.Start();

        Assert.True(_readiness.IsReady);
        Assert.Equal("ready\n", _readiness.Describe());
    }

    [Fact]
    public void IsReady_Stopping_IsFalse()
    {
        _lifetime.Start();
        _lifetime.StopApplication();

        Assert.False(_readiness.IsReady);
        Assert.Equal("draining\n", _readiness.Describe());
    }

    [Fact]
    public void IsReady_StoppedWhileStarting_IsFalse()
    {
        _lifetime.StopApplication();

        Assert.False(_readiness.IsReady);
        Assert.Equal("draining\n", _readiness.Describe());
    }

    [Fact]
    public void Describe_FailedReload_IsReadyAndNamesEveryError()
    {
        _lifetime.Start();
        _reload.Errors = [new ConfigurationError("sites.shop.path", "is missing"), new ConfigurationError("", "not\nJSON")];

        Assert.True(_readiness.IsReady);
        Assert.Equal("ready\nconfiguration not reloaded: sites.shop.path: is missing\nconfiguration not reloaded: not\\u000AJSON\n", _readiness.Describe());
    }

    [Fact]
    public void Describe_GeoDatabaseNotTaken_IsReadyAndNamesIt()
    {
        _lifetime.Start();
        _reload.GeoDatabase = new ConfigurationError("geo.database", "/data/geo.mmdb: there is no such file");

        Assert.True(_readiness.IsReady);
        Assert.Equal("ready\ngeo database not up to date: geo.database: /data/geo.mmdb: there is no such file\n", _readiness.Describe());
    }

    [Fact]
    public void Describe_GoodReloadAfterABadOne_ForgetsTheErrors()
    {
        _lifetime.Start();
        _reload.Errors = [new ConfigurationError("urls", "is empty")];

        _reload.Errors = [];

        Assert.Equal("ready\n", _readiness.Describe());
    }
}
