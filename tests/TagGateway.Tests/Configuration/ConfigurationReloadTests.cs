using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using System.Diagnostics;
using TagGateway.Configuration;
using TagGateway.Operations;
using TagGateway.Tests.Operations;
using TagGateway.Tests.Receiving;

namespace TagGateway.Tests.Configuration;

/// <summary>A changed file takes effect; a bad one changes nothing and is told of once.</summary>
public sealed class ConfigurationReloadTests : IDisposable
{
    private const int Refused = 1902;
    private const int Wrong = 1903;
    private const int Restart = 1904;
    private readonly TempFolder _folder = new();
    private readonly TestMetrics _metrics = new();
    private readonly FakeLogger<ConfigurationReload> _logger = new();
    private readonly FakeTimeProvider _time = new();
    private readonly ReloadState _state = new();
    private readonly MetricCollector<long> _reloads;
    private CurrentSettings? _current;

    public ConfigurationReloadTests() => _reloads = _metrics.Collect("taggateway.configuration.reloads");

    private string PathInForce => _current!.Value.Sites.All[0].Path.Value;

    public void Dispose()
    {
        _reloads.Dispose();
        _metrics.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Look_NothingChanged_DoesNothing()
    {
        using var reload = Start(Config("/one"));

        Assert.Equal(ReloadOutcome.Unchanged, reload.Look());
        Assert.Equal(ReloadOutcome.Unchanged, reload.Look());
        Assert.Empty(_reloads.GetMeasurementSnapshot());
    }

    [Fact]
    public void Look_GoodChange_IsInForceAtOnce()
    {
        using var reload = Start(Config("/one"));
        Write(Config("/second"));

        Assert.Equal(ReloadOutcome.Accepted, reload.Look());
        Assert.Equal("/second", PathInForce);
        Assert.Equal(["accepted"], Outcomes());
        Assert.Equal(ReloadOutcome.Unchanged, reload.Look());
    }

    [Fact]
    public void Look_GoodThenBadThenGood_KeepsTheLastGoodOneMeanwhile()
    {
        using var reload = Start(Config("/one"));
        Write(Config("two").Replace("G-A", "A", StringComparison.Ordinal));

        Assert.Equal(ReloadOutcome.Unsettled, reload.Look());
        Assert.Empty(_state.Errors);
        Assert.Equal(ReloadOutcome.Refused, reload.Look());
        Assert.Equal("/one", PathInForce);
        Assert.Equal(["sites.a.path", "sites.a.tags[0]"], _state.Errors.Select(error => error.Path));
        Assert.Equal([Refused, Wrong, Wrong], Logged(LogLevel.Error));

        Write(Config("/three"));
        Assert.Equal(ReloadOutcome.Accepted, reload.Look());
        Assert.Equal("/three", PathInForce);
        Assert.Empty(_state.Errors);
        Assert.Equal(["refused", "accepted"], Outcomes());
    }

    [Fact]
    public void Look_BadChangeThatStays_IsToldOnceEvenWhenWrittenAgain()
    {
        using var reload = Start(Config("/one"));
        Write("{");
        reload.Look();
        reload.Look();
        File.SetLastWriteTimeUtc(_folder.At("c.json"), DateTime.UnixEpoch.AddDays(1));

        var outcomes = Enumerable.Range(0, 5).Select(_ => reload.Look()).ToList();

        Assert.DoesNotContain(ReloadOutcome.Refused, outcomes);
        Assert.Equal([Refused, Wrong], Logged(LogLevel.Error));
        Assert.Equal(["refused"], Outcomes());
    }

    [Fact]
    public void Look_HalfWrittenFile_IsNotReportedWhenTheRestFollows()
    {
        using var reload = Start(Config("/one"));
        Write(Config("/second")[..20]);

        Assert.Equal(ReloadOutcome.Unsettled, reload.Look());
        Write(Config("/second"));
        Assert.Equal(ReloadOutcome.Accepted, reload.Look());
        Assert.Equal("/second", PathInForce);
        Assert.Empty(Logged(LogLevel.Error));
    }

    [Fact]
    public void Look_FileThatVanishedAndCameBack_KeepsTheLastGoodOne()
    {
        using var reload = Start(Config("/one"));
        File.Delete(_folder.At("c.json"));

        Assert.Equal(ReloadOutcome.Unsettled, reload.Look());
        Assert.Equal(ReloadOutcome.Refused, reload.Look());
        Assert.Equal("/one", PathInForce);
        Assert.EndsWith("there is no such file", Assert.Single(_state.Errors).Message, StringComparison.Ordinal);

        Write(Config("/one"));
        Assert.Equal(ReloadOutcome.Accepted, reload.Look());
        Assert.Empty(_state.Errors);
    }

    [Fact]
    public void Look_DefaultFileVanished_IsNotAConfigurationWithoutAFile()
    {
        _folder.Write(ConfigurationFile.DefaultPath, Config("/one"));
        using var reload = Start(_folder.Input(null, ("TAGGATEWAY_TAG", "G-B"), ("TAGGATEWAY_ORIGIN", "http://x"), ("TAGGATEWAY_SITES__A__PATH", "/two")));
        File.Delete(_folder.At(ConfigurationFile.DefaultPath));

        reload.Look();

        Assert.Equal(ReloadOutcome.Refused, reload.Look());
        Assert.EndsWith("there is no such file", Assert.Single(_state.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Look_SameBytesWrittenAgain_DoesNothing()
    {
        using var reload = Start(Config("/one"));
        reload.Look();
        Write(Config("/one"));
        File.SetLastWriteTimeUtc(_folder.At("c.json"), DateTime.UnixEpoch.AddDays(1));

        Assert.Equal(ReloadOutcome.Unchanged, reload.Look());
        Assert.Empty(_reloads.GetMeasurementSnapshot());
    }

    [Fact]
    public void Look_EnvironmentOverTheFile_StaysOverTheChangedFile()
    {
        _folder.Write("c.json", Config("/one"));
        using var reload = Start(_folder.Input(new ConfigurationFlags { Config = "c.json" }, ("TAGGATEWAY_PATH", "/environment")));
        Write(Config("/second").Replace("G-A", "G-B", StringComparison.Ordinal));

        Assert.Equal(ReloadOutcome.Accepted, reload.Look());
        Assert.Equal("/environment", PathInForce);
        Assert.Equal("G-B", _current!.Value.Sites.All[0].MainTag.ToString());
    }

    [Theory]
    [InlineData("\"urls\": \"http://*:81\"", "urls")]
    [InlineData("\"admin\": { \"url\": \"http://*:82\" }, \"log\": { \"level\": \"debug\" }", "admin.url, log")]
    [InlineData("\"admin\": { \"token\": \"a-token-of-some-length\" }", null)]
    [InlineData("\"geo\": { \"default\": \"US\" }", null)]
    public void Look_ChangeThatNeedsARestart_IsAWarning(string member, string? keys)
    {
        using var reload = Start(Config("/one"));
        Write(Config("/second").Replace("{ \"sites\"", $"{{ {member}, \"sites\"", StringComparison.Ordinal));

        Assert.Equal(ReloadOutcome.Accepted, reload.Look());
        var warnings = _logger.Collector.GetSnapshot().Where(record => record.Id.Id == Restart).Select(record => record.GetStructuredStateValue("Keys"));
        Assert.Equal(keys is null ? [] : [keys], warnings);
    }

    [Fact]
    public void Look_ChangedToken_IsInForceAtOnce()
    {
        using var reload = Start(Config("/one").Replace("{ \"sites\"", "{ \"admin\": { \"token\": \"the-first-of-tokens\" }, \"sites\"", StringComparison.Ordinal));
        Assert.True(_current!.Value.AdminToken!.Matches("the-first-of-tokens"));
        Write(Config("/one").Replace("{ \"sites\"", "{ \"admin\": { \"token\": \"the-other-of-tokens\" }, \"sites\"", StringComparison.Ordinal));

        Assert.Equal(ReloadOutcome.Accepted, reload.Look());
        Assert.True(_current.Value.AdminToken!.Matches("the-other-of-tokens"));
        Assert.False(_current.Value.AdminToken.Matches("the-first-of-tokens"));
    }

    [Fact]
    public void Look_AskedBySignal_LoadsEvenWhatIsTheSame()
    {
        _folder.Write("path", "/one");
        _folder.Write("c.json", Config("/file"));
        using var reload = Start(_folder.Input(new ConfigurationFlags { Config = "c.json" }, ("TAGGATEWAY_PATH_FILE", "path")));
        reload.Look();
        _folder.Write("path", "/second");

        Assert.Equal(ReloadOutcome.Unchanged, reload.Look());
        Assert.Equal(ReloadOutcome.Accepted, reload.Look(isAsked: true));
        Assert.Equal("/second", PathInForce);
    }

    [Fact]
    public void Look_GeoDatabaseChanged_IsTakenAndTheSameOneIsKept()
    {
        WriteGeo("one.mmdb");
        using var reload = Start(Config("/one", "one.mmdb"));
        var first = _current!.Value.Geo.Database;
        Write(Config("/second", "one.mmdb"));
        File.WriteAllText(_folder.At("one.mmdb"), "broken"); // not this reload's concern

        Assert.Equal(ReloadOutcome.Accepted, reload.Look());
        Assert.Same(first, _current.Value.Geo.Database);

        WriteGeo("two.mmdb");
        Write(Config("/second", "two.mmdb"));
        Assert.Equal(ReloadOutcome.Accepted, reload.Look());
        Assert.Equal(_folder.At("two.mmdb"), _current.Value.Geo.Database?.Path);
    }

    [Fact]
    public void Look_GeoDatabaseThatIsNotThereYet_IsRefusedUntilTheFileIsTouchedAgain()
    {
        using var reload = Start(Config("/one"));
        Write(Config("/second", "geo.mmdb"));
        reload.Look();
        Assert.Equal(ReloadOutcome.Refused, reload.Look());
        Assert.Equal("geo.database", Assert.Single(_state.Errors).Path);
        WriteGeo("geo.mmdb");
        File.SetLastWriteTimeUtc(_folder.At("c.json"), DateTime.UnixEpoch.AddDays(1));

        Assert.Equal(ReloadOutcome.Accepted, reload.Look());
        Assert.Equal("/second", PathInForce);
    }

    [Fact]
    public void Look_ConfigMapSwap_IsAChange()
    {
        // As kubelet does it: c.json → ..data/c.json, ..data → a dated directory. Length and time are the same on purpose.
        WriteVersion("..1", Config("/one"));
        File.CreateSymbolicLink(_folder.At("..data"), "..1");
        File.CreateSymbolicLink(_folder.At("c.json"), "..data/c.json");
        using var reload = Start(_folder.Input(new ConfigurationFlags { Config = "c.json" }));
        Assert.Equal(ReloadOutcome.Unchanged, reload.Look());

        WriteVersion("..2", Config("/two"));
        File.Delete(_folder.At("..data"));
        File.CreateSymbolicLink(_folder.At("..data"), "..2");
        Directory.Delete(_folder.At("..1"), recursive: true);

        Assert.Equal(ReloadOutcome.Accepted, reload.Look());
        Assert.Equal("/two", PathInForce);
    }

    [Fact]
    public async Task ExecuteAsync_ASecondLater_LooksByItself()
    {
        using var reload = Start(Config("/one"));
        await reload.StartAsync(TestContext.Current.CancellationToken);
        Write(Config("/second"));

        await ReloadsAsync(1);

        await reload.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal("/second", PathInForce);
    }

    [Fact]
    public async Task ExecuteAsync_HangUpSignal_LoadsAgainAndDoesNotEndTheProgram()
    {
        _folder.Write("path", "/one");
        _folder.Write("c.json", Config("/file"));
        using var reload = Start(_folder.Input(new ConfigurationFlags { Config = "c.json" }, ("TAGGATEWAY_PATH_FILE", "path")));
        await reload.StartAsync(TestContext.Current.CancellationToken);
        Write(Config("/other"));
        await ReloadsAsync(1); // now the signal is listened to
        _folder.Write("path", "/second");

        using (var kill = Process.Start("kill", ["-HUP", $"{Environment.ProcessId}"]))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await ReloadsAsync(2);
        await reload.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal("/second", PathInForce);
    }

    [Fact]
    public async Task StartAsync_WithWarnings_TellsThemAndWhatWasLoaded()
    {
        using var reload = Start(Config("/collect"));

        await reload.StartAsync(TestContext.Current.CancellationToken);
        await reload.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal([1900, 1901, 1901], _logger.Collector.GetSnapshot().Select(record => record.Id.Id));
    }

    private static string Config(string path) => $$"""{ "sites": { "a": { "path": "{{path}}", "tags": ["G-A"] } } }""";

    private static string Config(string path, string database) =>
        Config(path).Replace("{ \"sites\"", $"{{ \"geo\": {{ \"database\": \"{database}\" }}, \"sites\"", StringComparison.Ordinal);

    private void WriteGeo(string name) => File.WriteAllBytes(_folder.At(name), new MmdbWriter().Add("203.0.113.0/24", MmdbWriter.Place("US")).ToBytes());

    private ConfigurationReload Start(string json)
    {
        Write(json);
        return Start(_folder.Input(new ConfigurationFlags { Config = "c.json" }));
    }

    private ConfigurationReload Start(ConfigurationInput input)
    {
        var loaded = ConfigurationLoader.Load(input);
        _current = new CurrentSettings(loaded.Settings!);
        return new ConfigurationReload(input, loaded, _current, _state, _metrics.Gateway, _time, _logger);
    }

    private void Write(string json) => _folder.Write("c.json", json);

    private void WriteVersion(string version, string json) =>
        File.SetLastWriteTimeUtc(_folder.Write($"{version}/c.json", json), DateTime.UnixEpoch.AddDays(1));

    private Task ReloadsAsync(int count) => TestMetrics.CountedAsync(_reloads, count, _time);

    private List<int> Logged(LogLevel level) => [.. _logger.Collector.GetSnapshot().Where(record => record.Level == level).Select(record => record.Id.Id)];

    private List<string?> Outcomes() => [.. _reloads.GetMeasurementSnapshot().Select(measurement => measurement.Tags["outcome"] as string)];
}
