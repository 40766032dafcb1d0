using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using TagGateway.Caching;
using TagGateway.Configuration;
using TagGateway.Operations;
using TagGateway.Sites;
using TagGateway.Tests.Caching;
using TagGateway.Tests.Sites;
using TagGateway.Upstream;

namespace TagGateway.Tests.Operations;

public sealed class ReadinessTests : IDisposable
{
    private readonly FakeLifetime _lifetime = new();
    private readonly Shutdown _shutdown;
    private readonly ReloadState _reload = new();
    private readonly Readiness _readiness;

    private readonly TestMetrics _metrics = new();
    private readonly RedisHealth _redis;
    private readonly Site _site = SomeSite.Create(origin: "http://web");
    private readonly OriginHealth _origins;

    public ReadinessTests()
    {
        _shutdown = new Shutdown(SomeSettings.Create(), _lifetime, Options.Create(new HostOptions()), new FakeTimeProvider(), NullLogger<Shutdown>.Instance);
        _redis = SomeRedis.Health(_metrics.Gateway, new FakeTimeProvider());
        _origins = new OriginHealth(SomeSettings.Create([_site]), _metrics.Gateway, new FakeTimeProvider(), NullLogger<OriginHealth>.Instance);
        _readiness = new Readiness(_lifetime, _shutdown, _reload, _redis, _origins);
    }

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
    public void IsReady_ToldToStopAndServingOn_IsFalse()
    {
        _lifetime.Start();

        _ = _shutdown.BeginAsync(isWaited: true);

        Assert.False(_lifetime.ApplicationStopping.IsCancellationRequested);
        Assert.False(_readiness.IsReady);
        Assert.Equal("draining\n", _readiness.Describe());
    }

    [Fact]
    public void Describe_CertificateNotTaken_IsReadyAndNamesIt()
    {
        _lifetime.Start();
        _reload.Certificates = [new ConfigurationError("tls.certificates[1].key", "/certs/b.key: there is no such file")];

        Assert.True(_readiness.IsReady);
        Assert.Equal("ready\nTLS certificate not up to date: tls.certificates[1].key: /certs/b.key: there is no such file\n", _readiness.Describe());
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
    public void Describe_RedisAway_IsReadyAndSaysSo()
    {
        _lifetime.Start();
        _redis.Connecting();

        _redis.WentAway("SocketFailure");

        Assert.True(_readiness.IsReady);
        Assert.Equal("ready\nRedis is away (SocketFailure): scripts are not shared\n", _readiness.Describe());
    }

    [Fact]
    public void Describe_OriginDown_IsReadyAndNamesIt()
    {
        _lifetime.Start();

        for (var i = 0; i < OriginHealth.FailuresUntilDown; i++)
        {
            _origins.Failed(_site, OriginProblem.ConnectionRefused);
        }

        Assert.True(_readiness.IsReady);
        Assert.Equal("ready\norigin of site shop does not answer: connection refused, since 2000-01-01T00:00:00Z\n", _readiness.Describe());
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
