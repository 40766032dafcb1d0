using System.Net;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using TagGateway.Configuration;
using TagGateway.Operations;
using TagGateway.Receiving;
using TagGateway.Tests.Configuration;
using TagGateway.Tests.Operations;
using TagGateway.Tests.Sites;

namespace TagGateway.Tests.Receiving;

/// <summary>A replaced database is taken into use; a bad one changes nothing and is told of once.</summary>
public sealed class GeoReloadTests : IDisposable
{
    private const int InForce = 1010;
    private const int Refused = 1011;
    private static readonly IPAddress Visitor = IPAddress.Parse("203.0.113.9");
    private readonly TempFolder _folder = new();
    private readonly TestMetrics _metrics = new();
    private readonly FakeLogger<GeoReload> _logger = new();
    private readonly FakeTimeProvider _time = new();
    private readonly ReloadState _state = new();
    private readonly MetricCollector<long> _reloads;
    private CurrentSettings? _current;

    public GeoReloadTests() => _reloads = _metrics.Collect("taggateway.receiving.geo_reloads");

    private string RegionNow => _current!.Value.Geo.Find(Visitor, null).ToString();

    private string GeoPath => _folder.At("geo.mmdb");

    public void Dispose()
    {
        _reloads.Dispose();
        _metrics.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Look_NothingChanged_DoesNothing()
    {
        using var reload = Start(Database("US", "CA"));
        var file = _current!.Value.Geo.Database!.File;

        Assert.Equal([ReloadOutcome.Unchanged, ReloadOutcome.Unchanged], Looks(reload, 2));
        Assert.Same(file, _current.Value.Geo.Database.File);
        Assert.Empty(TestMetrics.Lines(_reloads));
        Assert.Equal([InForce], Logged());
    }

    [Fact]
    public void Look_GoodChange_IsInForceWhenItHasSettled()
    {
        using var reload = Start(Database("US", "CA"));
        Assert.Equal("US-CA", RegionNow);
        Write(Database("DE", "BE"));

        Assert.Equal(ReloadOutcome.Unsettled, reload.Look());
        Assert.Equal("US-CA", RegionNow);
        Assert.Equal(ReloadOutcome.Accepted, reload.Look());
        Assert.Equal("DE-BE", RegionNow);
        Assert.Equal(ReloadOutcome.Unchanged, reload.Look());
        Assert.Equal(["1 outcome=accepted"], TestMetrics.Lines(_reloads));
    }

    public static TheoryData<string, byte[]> BadFiles => new()
    {
        { "is empty", [] },
        { "is no MaxMind-format database", "garbage"u8.ToArray() },
        { "is not a whole MaxMind-format database", Database("DE", "BE")[..^20] },
        { "holds no countries", new MmdbWriter("GeoLite2-ASN").Add("8.8.8.0/24", new Dictionary<string, object> { ["autonomous_system_number"] = 15169u }).ToBytes() },
    };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public void Look_BadThenGood_KeepsTheOldMeanwhileAndTellsOnce(string problem, byte[] content)
    {
        using var reload = Start(Database("US", "CA"));
        Write(content);

        Assert.Equal([ReloadOutcome.Unsettled, ReloadOutcome.Refused, ReloadOutcome.Unchanged, ReloadOutcome.Unchanged], Looks(reload, 4));
        Assert.Equal("US-CA", RegionNow);
        Assert.StartsWith($"geo.database: {GeoPath}: {problem}", _state.GeoDatabase?.ToString(), StringComparison.Ordinal);
        Assert.Equal([Refused], Logged(LogLevel.Warning));

        Write(Database("DE", "BE"));
        Assert.Equal([ReloadOutcome.Unsettled, ReloadOutcome.Accepted], Looks(reload, 2));
        Assert.Equal("DE-BE", RegionNow);
        Assert.Null(_state.GeoDatabase);
        Assert.Equal(["1 outcome=refused", "1 outcome=accepted"], TestMetrics.Lines(_reloads));
    }

    [Fact]
    public void Look_Deleted_KeepsTheOldAndTellsOnceUntilItIsBack()
    {
        using var reload = Start(Database("US", "CA"));
        File.Move(GeoPath, _folder.At("away"));

        Assert.Equal([ReloadOutcome.Unsettled, ReloadOutcome.Refused, ReloadOutcome.Refused], Looks(reload, 3));
        Assert.Equal("US-CA", RegionNow);
        Assert.EndsWith("there is no such file", _state.GeoDatabase?.Message, StringComparison.Ordinal);
        Assert.Equal([Refused], Logged(LogLevel.Warning));
        Assert.Equal(["1 outcome=refused"], TestMetrics.Lines(_reloads));

        File.Move(_folder.At("away"), GeoPath);
        Assert.Equal(ReloadOutcome.Unchanged, reload.Look());
        Assert.Null(_state.GeoDatabase);
    }

    [Fact]
    public void Look_FileBeingWritten_IsNotTakenHalfNorToldOf()
    {
        using var reload = Start(Database("US", "CA"));
        var content = Database("DE", "BE");
        for (var written = 0; written < content.Length; written += 200)
        {
            Write(content[..written]);
            Assert.Equal(ReloadOutcome.Unsettled, reload.Look());
        }

        Write(content);
        Assert.Equal([ReloadOutcome.Unsettled, ReloadOutcome.Accepted], Looks(reload, 2));
        Assert.Empty(Logged(LogLevel.Warning));
    }

    [Fact]
    public void Look_SymlinkSwap_IsAChange()
    {
        // As kubelet does it: geo.mmdb → ..data/geo.mmdb, ..data → a dated directory. Length and time are the same on purpose.
        WriteVersion("..1", Database("US", "CA"));
        File.CreateSymbolicLink(_folder.At("..data"), "..1");
        File.CreateSymbolicLink(GeoPath, "..data/geo.mmdb");
        using var reload = Start();
        Assert.Equal(ReloadOutcome.Unchanged, reload.Look());

        WriteVersion("..2", Database("US", "NY"));
        File.Delete(_folder.At("..data"));
        File.CreateSymbolicLink(_folder.At("..data"), "..2");
        Directory.Delete(_folder.At("..1"), recursive: true);

        Assert.Equal([ReloadOutcome.Unsettled, ReloadOutcome.Accepted], Looks(reload, 2));
        Assert.Equal("US-NY", RegionNow);
    }

    [Fact]
    public void Look_ConfigurationNamesAnother_WatchesThat()
    {
        using var reload = Start(Database("US", "CA"));
        Write("garbage"u8.ToArray());
        Looks(reload, 2);
        Assert.NotNull(_state.GeoDatabase);
        File.WriteAllBytes(_folder.At("other.mmdb"), Database("FR", "IDF"));
        _current!.Value = SomeSettings.Create(database: _folder.At("other.mmdb")).Value;

        Assert.Equal(ReloadOutcome.Unchanged, reload.Look());
        Assert.Equal("FR-IDF", RegionNow);
        Assert.Null(_state.GeoDatabase);

        _current.Value = SomeSettings.Create().Value;
        Assert.Equal(ReloadOutcome.Unchanged, reload.Look());
        Assert.Equal("", RegionNow);
    }

    [Fact]
    public void Look_RecordThatCouldNotBeRead_IsToldOnce()
    {
        using var reload = Start(new MmdbWriter().Add("8.8.8.0/24", MmdbWriter.Place("US")).Add("203.0.113.0/24", new Dictionary<string, object> { ["country"] = 5u }).ToBytes());
        Assert.Equal("", RegionNow);

        Looks(reload, 3);

        Assert.Contains("is damaged", _state.GeoDatabase?.Message, StringComparison.Ordinal);
        Assert.Equal([Refused], Logged(LogLevel.Warning));
        Assert.DoesNotContain(_logger.Collector.GetSnapshot(), record => record.Message.Contains($"{Visitor}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ExecuteAsync_ReplacedWhileVisitorsAreLookedUp_NoLookupFails()
    {
        using var reload = Start(Database("US", "CA"));
        await reload.StartAsync(TestContext.Current.CancellationToken);
        using var stop = new CancellationTokenSource();
        var visitors = Enumerable.Range(0, 2).Select(seed => Task.Run(() => LookUp(seed, stop.Token), TestContext.Current.CancellationToken)).ToList();

        for (var round = 1; round <= 10; round++)
        {
            Write(Database("US", round % 2 == 0 ? "CA" : "NY"));
            File.SetLastWriteTimeUtc(GeoPath, DateTime.UnixEpoch.AddDays(round));
            await ReloadsAsync(round);
            GC.Collect();
        }

        await stop.CancelAsync();
        var found = await Task.WhenAll(visitors);
        await reload.StopAsync(TestContext.Current.CancellationToken);
        Assert.All(found, regions => Assert.Equal(["US-CA", "US-NY"], regions.Order()));
        Assert.Empty(Logged(LogLevel.Warning));
    }

    private static byte[] Database(string country, string subdivision) =>
        new MmdbWriter().Add("203.0.113.0/24", MmdbWriter.Place(country, subdivision)).Add("2001:db8::/32", MmdbWriter.Place(country, subdivision)).ToBytes();

    /// <summary>Every region found for visitors of one network, most of them for the first time.</summary>
    private HashSet<string> LookUp(int seed, CancellationToken stop)
    {
        var (random, found, address) = (new Random(seed), new HashSet<string>(), IPAddress.Parse("2001:db8::").GetAddressBytes());
        while (!stop.IsCancellationRequested)
        {
            random.NextBytes(address.AsSpan(4));
            found.Add(_current!.Value.Geo.Find(new IPAddress(address), null).ToString());
        }

        return found;
    }

    private GeoReload Start(byte[] content)
    {
        Write(content);
        return Start();
    }

    private GeoReload Start()
    {
        _current = SomeSettings.Create(database: GeoPath);
        return new GeoReload(_current, _state, SomeFiles.In(), _metrics.Gateway, _time, _logger);
    }

    private static IEnumerable<ReloadOutcome> Looks(GeoReload reload, int count) => [.. Enumerable.Range(0, count).Select(_ => reload.Look())];

    private void Write(byte[] content) => File.WriteAllBytes(GeoPath, content);

    private void WriteVersion(string version, byte[] content)
    {
        Directory.CreateDirectory(_folder.At(version));
        File.WriteAllBytes(_folder.At($"{version}/geo.mmdb"), content);
        File.SetLastWriteTimeUtc(_folder.At($"{version}/geo.mmdb"), DateTime.UnixEpoch.AddDays(1));
    }

    private Task ReloadsAsync(int count) => TestMetrics.CountedAsync(_reloads, count, _time);

    private List<int> Logged(LogLevel? level = null) =>
        [.. _logger.Collector.GetSnapshot().Where(record => level is null || record.Level == level).Select(record => record.Id.Id)];
}
