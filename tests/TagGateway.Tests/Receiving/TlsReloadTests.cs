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

/// <summary>Replaced certificates are taken into use; a bad pair changes nothing and is told of once.</summary>
public sealed class TlsReloadTests : IDisposable
{
    private const int InForce = 1020;
    private const int Refused = 1021;
    private const int NotGood = 1022;
    private static readonly SomeCertificate First = SomeCertificate.Create("a.example");
    private static readonly SomeCertificate Second = SomeCertificate.Create("a.example");
    private readonly TempFolder _folder = new();
    private readonly TestMetrics _metrics = new();
    private readonly FakeLogger<TlsReload> _logger = new();
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly ReloadState _state = new();
    private readonly MetricCollector<long> _reloads;
    private readonly OperatorFiles _files;
    private readonly CurrentSettings _current = SomeSettings.Create();

    public TlsReloadTests() => (_reloads, _files) = (_metrics.Collect("taggateway.receiving.certificate_reloads"), SomeFiles.In(_folder.Path));

    public void Dispose()
    {
        _reloads.Dispose();
        _metrics.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Look_NothingChanged_DoesNothing()
    {
        using var reload = Start(First);

        Assert.Equal([ReloadOutcome.Unchanged, ReloadOutcome.Unchanged], Looks(reload, 2));
        Assert.Empty(TestMetrics.Lines(_reloads));
        Assert.Equal([InForce], Logged());
    }

    [Fact]
    public void Look_GoodChange_IsInForceWhenItHasSettled()
    {
        using var reload = Start(First);
        reload.Look();
        Write(Second);

        Assert.Equal([ReloadOutcome.Unsettled], reload.Look());
        Assert.Equal(First.Thumbprint, Served());
        Assert.Equal([ReloadOutcome.Accepted], reload.Look());
        Assert.Equal(Second.Thumbprint, Served());
        Assert.Equal([ReloadOutcome.Unchanged], reload.Look());
        Assert.Equal(["1 outcome=accepted"], TestMetrics.Lines(_reloads));
        Assert.Equal([InForce, InForce], Logged());
    }

    public static TheoryData<string, string, string> BadPairs => new()
    {
        { "", First.Key, "certificate: {0}.crt: holds no certificate" },
        { First.Certificate[..^20], First.Key, "certificate: {0}.crt: is cut short" },
        { Second.Certificate, First.Key, "key: {0}.key: is not the key" },
        { Second.Certificate, "", "key: {0}.key: holds no private key" },
    };

    [Theory]
    [MemberData(nameof(BadPairs))]
    public void Look_BadThenGood_KeepsTheOldMeanwhileAndTellsOnce(string certificate, string key, string problem)
    {
        using var reload = Start(First);
        Write(new SomeCertificate(certificate, key));

        Assert.Equal([ReloadOutcome.Unsettled, ReloadOutcome.Refused, ReloadOutcome.Unchanged, ReloadOutcome.Unchanged], Looks(reload, 4));
        Assert.Equal(First.Thumbprint, Served());
        Assert.StartsWith("tls.certificates[0]." + string.Format(System.Globalization.CultureInfo.InvariantCulture, problem, _folder.At("0")), Assert.Single(_state.Certificates).ToString(), StringComparison.Ordinal);
        Assert.Equal([Refused], Logged(LogLevel.Warning));

        Write(Second);
        Assert.Equal([ReloadOutcome.Unsettled, ReloadOutcome.Accepted], Looks(reload, 2));
        Assert.Equal(Second.Thumbprint, Served());
        Assert.Empty(_state.Certificates);
        Assert.Equal(["1 outcome=refused", "1 outcome=accepted"], TestMetrics.Lines(_reloads));
    }

    [Fact]
    public void Look_CertificateBeforeItsKey_IsNotToldOfWhenTheKeyComesSoon()
    {
        using var reload = Start(First);
        File.WriteAllText(_folder.At("0.crt"), Second.Certificate);
        Assert.Equal([ReloadOutcome.Unsettled], reload.Look());
        File.WriteAllText(_folder.At("0.key"), Second.Key + "\n");

        Assert.Equal([ReloadOutcome.Unsettled, ReloadOutcome.Accepted], Looks(reload, 2));
        Assert.Equal(Second.Thumbprint, Served());
        Assert.Empty(Logged(LogLevel.Warning));
    }

    [Fact]
    public void Look_KeyDeleted_KeepsTheOldAndTellsOnceUntilItIsBack()
    {
        using var reload = Start(First);
        File.Move(_folder.At("0.key"), _folder.At("away"));

        Assert.Equal([ReloadOutcome.Unsettled, ReloadOutcome.Refused, ReloadOutcome.Refused], Looks(reload, 3));
        Assert.EndsWith("there is no such file", Assert.Single(_state.Certificates).Message, StringComparison.Ordinal);
        Assert.Equal([Refused], Logged(LogLevel.Warning));
        Assert.Equal(["1 outcome=refused"], TestMetrics.Lines(_reloads));

        File.Move(_folder.At("away"), _folder.At("0.key"));
        Assert.Equal([ReloadOutcome.Unchanged], reload.Look());
        Assert.Empty(_state.Certificates);
        Assert.Equal(First.Thumbprint, Served());
    }

    [Fact]
    public void Look_SymlinkSwap_IsAChange()
    {
        // As kubelet does it: tls.crt → ..data/tls.crt, ..data → a dated directory. Length and time are the same on purpose.
        WriteVersion("..1", First);
        File.CreateSymbolicLink(_folder.At("..data"), "..1");
        File.CreateSymbolicLink(_folder.At("0.crt"), "..data/tls.crt");
        File.CreateSymbolicLink(_folder.At("0.key"), "..data/tls.key");
        using var reload = Start();
        Assert.Equal([ReloadOutcome.Unchanged], reload.Look());

        WriteVersion("..2", Second);
        File.Delete(_folder.At("..data"));
        File.CreateSymbolicLink(_folder.At("..data"), "..2");
        Directory.Delete(_folder.At("..1"), recursive: true);

        Assert.Equal([ReloadOutcome.Unsettled, ReloadOutcome.Accepted], Looks(reload, 2));
        Assert.Equal(Second.Thumbprint, Served());
    }

    [Fact]
    public void Look_OneBrokenPairOfTwo_TakesTheOther()
    {
        var other = SomeCertificate.Create("b.example");
        using var reload = Start(First, SomeCertificate.Create("b.example"));
        Write(new SomeCertificate("broken", First.Key));
        Write(other, 1);

        Assert.Equal([ReloadOutcome.Unsettled, ReloadOutcome.Unsettled], reload.Look());
        Assert.Equal([ReloadOutcome.Refused, ReloadOutcome.Accepted], reload.Look());
        Assert.Equal(First.Thumbprint, Served("a.example"));
        Assert.Equal(other.Thumbprint, Served("b.example"));
        Assert.Equal("tls.certificates[0].certificate", Assert.Single(_state.Certificates).Path);
    }

    [Fact]
    public void Look_ConfigurationNamesAnother_WatchesThatAndKeepsWhatStays()
    {
        using var reload = Start(First, SomeCertificate.Create("b.example"));
        reload.Look();
        var kept = _current.Value.Tls!.Certificates.Pairs[0];
        Write(SomeCertificate.Create("c.example"), 2);
        Write(new SomeCertificate("broken", "broken"), 1);
        Looks(reload, 2);
        Assert.Equal(2, _state.Certificates.Count);

        Configure(0, 2);
        Assert.Equal([ReloadOutcome.Unchanged, ReloadOutcome.Unchanged], reload.Look());
        Assert.Same(kept, _current.Value.Tls.Certificates.Pairs[0]);
        Assert.Empty(_state.Certificates);

        Configure();
        Assert.Empty(reload.Look());
    }

    [Fact]
    public void Look_ReplacedByAnExpiredOne_IsTakenAndSaidOf()
    {
        using var reload = Start(First);
        Write(SomeCertificate.Create(TimeSpan.FromDays(-1), false, "a.example"));

        Looks(reload, 2);

        Assert.Equal([InForce, InForce, NotGood], Logged());
    }

    [Fact]
    public async Task ExecuteAsync_FilesReplaced_TakesThemWithoutBeingAsked()
    {
        using var remaining = _metrics.Collect("taggateway.receiving.certificate_remaining");
        using var reload = Start(First);
        await reload.StartAsync(TestContext.Current.CancellationToken);
        Write(Second);

        await TestMetrics.CountedAsync(_reloads, 1, _time);

        await reload.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Second.Thumbprint, Served());
        remaining.RecordObservableInstruments();
        Assert.InRange(remaining.LastMeasurement!.Value, 29 * 86_400, 30 * 86_400);
    }

    private TlsReload Start(params SomeCertificate[] certificates)
    {
        for (var i = 0; i < certificates.Length; i++)
        {
            Write(certificates[i], i);
        }

        Configure([.. Enumerable.Range(0, Math.Max(1, certificates.Length))]);
        return new TlsReload(_current, _state, _files, _metrics.Gateway, _time, _logger);
    }

    /// <summary>Names these pairs and no others, as a changed configuration does.</summary>
    private void Configure(params int[] pairs)
    {
        var errors = new ConfigurationErrors();
        var options = new TlsOptions { Certificates = [.. pairs.Select(pair => new CertificateOptions { Certificate = $"{pair}.crt", Key = $"{pair}.key" })] };
        var tls = TlsSettings.Parse(options, _files, _current.Value.Tls, errors);
        Assert.Empty(errors.All);
        _current.Value = _current.Value with { Tls = tls };
    }

    private string Served(string name = "a.example") => _current.Value.Tls!.Certificates.Find(name).Context.TargetCertificate.Thumbprint;

    private static IEnumerable<ReloadOutcome> Looks(TlsReload reload, int count) => [.. Enumerable.Range(0, count).Select(_ => reload.Look()[0])];

    private void Write(SomeCertificate pair, int number = 0) => pair.Write(_folder.At($"{number}.crt"), _folder.At($"{number}.key"));

    private void WriteVersion(string version, SomeCertificate pair)
    {
        Directory.CreateDirectory(_folder.At(version));
        pair.Write(_folder.At($"{version}/tls.crt"), _folder.At($"{version}/tls.key"));
        foreach (var name in new[] { "tls.crt", "tls.key" })
        {
            File.SetLastWriteTimeUtc(_folder.At($"{version}/{name}"), DateTime.UnixEpoch.AddDays(1));
        }
    }

    private List<int> Logged(LogLevel? level = null) =>
        [.. _logger.Collector.GetSnapshot().Where(record => level is null || record.Level == level).Select(record => record.Id.Id)];
}
