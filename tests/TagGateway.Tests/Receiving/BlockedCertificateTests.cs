using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using TagGateway.Configuration;
using TagGateway.Operations;
using TagGateway.Receiving;
using TagGateway.Tests.Configuration;
using TagGateway.Tests.Operations;
using TagGateway.Tests.Sites;

namespace TagGateway.Tests.Receiving;

/// <summary>A certificate whose path blocks keeps no other from its renewal, is told of once when it begins and once when it ends.</summary>
public sealed class BlockedCertificateTests : IDisposable
{
    private const int InForce = 1020;
    private const int Refused = 1021;
    private const int UpToDateAgain = 1025;
    private static readonly SomeCertificate First = SomeCertificate.Create("a.example");
    private static readonly SomeCertificate Second = SomeCertificate.Create("a.example");
    private static readonly SomeCertificate Other = SomeCertificate.Create("b.example");
    private readonly TempFolder _folder = new();
    private readonly TestMetrics _metrics = new();
    private readonly FakeLogger<TlsReload> _logger = new();
    private readonly ReloadState _state = new();
    private readonly FileAttempts _attempts = new(TimeSpan.FromSeconds(2));
    private readonly CurrentSettings _current = SomeSettings.Create();

    public void Dispose()
    {
        _metrics.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("certificate", "0.crt")]
    [InlineData("key", "0.key")]
    public async Task Look_FileBecomesAPipe_TakesTheOtherPairAndNamesIt(string key, string file)
    {
        using var reload = Start();
        reload.Look();
        Fifo.Replace(_folder.At(file));
        Other.Write(_folder.At("1.crt"), _folder.At("1.key"));

        await Until.HoldsAsync(() => reload.Look()[1] == ReloadOutcome.Accepted, "the other pair is taken");
        await Until.HoldsAsync(() => reload.Look()[0] == ReloadOutcome.Refused, "the first is refused");

        Assert.Equal(Other.Thumbprint, Served("b.example"));
        Assert.Equal(First.Thumbprint, Served("a.example"));
        Assert.Equal(
            $"tls.certificates[0].{key}: {_folder.At(file)}: cannot be read: no answer for 2 s (a pipe that nothing writes to, or a mount that hangs?)",
            Assert.Single(_state.Certificates).ToString());
        Assert.Equal(1, _attempts.Running);
    }

    [Fact]
    public async Task Look_PipeIsReplacedByAnotherPair_TakesItAndTellsOnce()
    {
        using var reload = Start();
        Fifo.Replace(_folder.At("0.crt"));
        await Until.HoldsAsync(() => reload.Look()[0] == ReloadOutcome.Refused, "the pair is refused");
        reload.Look();

        Fifo.ReplaceByFile(_folder.At("0.key"), Second.Key);
        Fifo.ReplaceByFile(_folder.At("0.crt"), Second.Certificate);
        await Until.HoldsAsync(() => reload.Look()[0] == ReloadOutcome.Accepted, "the new pair is taken");

        Assert.Equal(Second.Thumbprint, Served("a.example"));
        Assert.Empty(_state.Certificates);
        Assert.Equal([InForce, InForce, Refused, InForce], Logged());
    }

    [Fact]
    public async Task Look_PipeIsReplacedByTheSameFile_TellsThatItIsUpToDateAgain()
    {
        using var reload = Start();
        File.Move(_folder.At("0.crt"), _folder.At("away"));
        Fifo.Create(_folder.At("0.crt"));
        await Until.HoldsAsync(() => reload.Look()[0] == ReloadOutcome.Refused, "the pair is refused");

        File.Move(_folder.At("away"), _folder.At("0.crt"), overwrite: true);
        await Until.HoldsAsync(() => reload.Look()[0] == ReloadOutcome.Unchanged && _state.Certificates.Count == 0, "nothing is wrong any more");

        Assert.Equal([InForce, InForce, Refused, UpToDateAgain], Logged());
    }

    [Fact]
    public async Task StopAsync_WhileAFileBlocks_WaitsForNothing()
    {
        using var reload = Start(new FileAttempts(TimeSpan.FromDays(1)));
        Fifo.Replace(_folder.At("0.crt"));
        reload.Look(); // it has changed; the next look reads it
        await reload.StartAsync(TestContext.Current.CancellationToken);

        await reload.StopAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Empty(_state.Certificates);
    }

    private TlsReload Start(FileAttempts? attempts = null)
    {
        First.Write(_folder.At("0.crt"), _folder.At("0.key"));
        SomeCertificate.Create("b.example").Write(_folder.At("1.crt"), _folder.At("1.key"));
        var errors = new ConfigurationErrors();
        var options = new TlsOptions { Certificates = [.. Enumerable.Range(0, 2).Select(pair => new CertificateOptions { Certificate = $"{pair}.crt", Key = $"{pair}.key" })] };
        _current.Value = _current.Value with { Tls = TlsSettings.Parse(options, SomeFiles.In(_folder.Path), null, errors) };
        Assert.Empty(errors.All);
        return new TlsReload(_current, _state, new OperatorFiles(attempts ?? _attempts, _folder.Path), _metrics.Gateway, new FakeTimeProvider(TimeProvider.System.GetUtcNow()), _logger);
    }

    private string Served(string name) => _current.Value.Tls!.Certificates.Find(name).Context.TargetCertificate.Thumbprint;

    private List<int> Logged() => [.. _logger.Collector.GetSnapshot().Select(record => record.Id.Id)];
}
