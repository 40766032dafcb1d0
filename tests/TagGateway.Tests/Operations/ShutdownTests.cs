using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using TagGateway.Configuration;
using TagGateway.Operations;
using TagGateway.Tests.Configuration;
using TagGateway.Tests.Sites;

namespace TagGateway.Tests.Operations;

/// <summary>Told to stop, the gateway says so at once and serves on for the delay.</summary>
public sealed class ShutdownTests : IDisposable
{
    private const int Draining = 1802;
    private readonly FakeLifetime _lifetime = new();
    private readonly FakeTimeProvider _time = new();
    private readonly FakeLogger<Shutdown> _logger = new();
    private readonly HostOptions _host = new();
    private readonly CurrentSettings _settings = SomeSettings.Create();
    private readonly Shutdown _shutdown;

    public ShutdownTests() => _shutdown = new Shutdown(_settings, _lifetime, Options.Create(_host), _time, _logger);

    private bool IsStopping => _lifetime.ApplicationStopping.IsCancellationRequested;

    public void Dispose() => _lifetime.Dispose();

    [Fact]
    public async Task BeginAsync_WithTheDelay_SaysSoAtOnceAndStopsAfterIt()
    {
        _settings.Value = _settings.Value with { Shutdown = new ShutdownOptions { Delay = TimeSpan.FromSeconds(8), Timeout = TimeSpan.FromSeconds(70) } };
        Assert.False(_shutdown.HasBegun);

        var begun = _shutdown.BeginAsync(isWaited: true);

        Assert.True(_shutdown.HasBegun);
        Assert.Equal(TimeSpan.FromSeconds(70), _host.ShutdownTimeout);
        _time.Advance(TimeSpan.FromSeconds(7.9));
        Assert.False(IsStopping);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(await begun);
        Assert.True(IsStopping);
        Assert.Equal([Draining], _logger.Collector.GetSnapshot().Select(record => record.Id.Id));
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 8)]
    public async Task BeginAsync_WithoutADelay_StopsAtOnce(bool isWaited, int delay)
    {
        _settings.Value = _settings.Value with { Shutdown = new ShutdownOptions { Delay = TimeSpan.FromSeconds(delay) } };

        Assert.True(await _shutdown.BeginAsync(isWaited));

        Assert.True(IsStopping);
        Assert.Empty(_logger.Collector.GetSnapshot());
    }

    [Fact]
    public async Task BeginAsync_Again_IsFalseAndChangesNothing()
    {
        var begun = _shutdown.BeginAsync(isWaited: true);

        Assert.False(await _shutdown.BeginAsync(isWaited: false));

        Assert.False(IsStopping);
        _lifetime.StopApplication();
        Assert.True(await begun);
    }

    [Fact]
    public void HasBegun_StoppedFromInside_IsTrue()
    {
        _lifetime.StopApplication();

        Assert.True(_shutdown.HasBegun);
    }

    [Theory]
    [InlineData("{}", 5, 20)]
    [InlineData("""{ "delay": "00:00:00", "timeout": "00:01:00" }""", 0, 60)]
    public void Load_Shutdown_IsRead(string shutdown, int delay, int timeout)
    {
        using var folder = new TempFolder();

        var read = folder.LoadFile($$"""{ "sites": { "a": { "path": "/f807", "tags": ["G-A"] } }, "shutdown": {{shutdown}} }""").Settings!.Shutdown;

        Assert.Equal((delay, timeout), (read.Delay.TotalSeconds, read.Timeout.TotalSeconds));
    }

    [Theory]
    [InlineData("""{ "delay": "00:10:01" }""", "shutdown.delay: must be 00:00:00 to 00:10:00, not 00:10:01")]
    [InlineData("""{ "timeout": "00:00:00" }""", "shutdown.timeout: must be 00:00:01 to 01:00:00, not 00:00:00")]
    public void Load_OutOfRange_IsAnError(string shutdown, string expected)
    {
        using var folder = new TempFolder();

        var loaded = folder.LoadFile($$"""{ "sites": { "a": { "path": "/f807", "tags": ["G-A"] } }, "shutdown": {{shutdown}} }""");

        Assert.Equal(expected, Assert.Single(loaded.Errors).ToString());
    }
}
