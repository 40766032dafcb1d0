using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using TagGateway.Configuration;
using TagGateway.Operations;
using TagGateway.Tests.Operations;
using TagGateway.Tests.Receiving;

namespace TagGateway.Tests.Configuration;

/// <summary>A file that blocks is named while it does, told of once, and taken when it answers again.</summary>
public sealed class BlockedReloadTests : IDisposable
{
    private const int Loaded = 1900;
    private const string NoAnswer = "no answer for 2 s";

    /// <summary>Long enough for a file that does answer, on any machine.</summary>
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(2);
    private const string ErrorPage = "\"origin\": \"http://127.0.0.1:1\", \"errorPage\": \"blocks\"";
    private readonly TempFolder _folder = new();
    private readonly TestMetrics _metrics = new();
    private readonly FakeLogger<ConfigurationReload> _logger = new();
    private readonly ReloadState _state = new();
    private CurrentSettings? _current;

    private string PathInForce => _current!.Value.Sites.All[0].Path.Value;

    public void Dispose()
    {
        _metrics.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Look_ConfigurationBecomesAPipe_IsNamedAndTheNextFileTaken()
    {
        using var reload = Start();
        Fifo.Replace(_folder.At("c.json"));

        await RefusedAsync(reload, "");
        Assert.Equal("/one", PathInForce);

        Fifo.ReplaceByFile(_folder.At("c.json"), Config("/second"));
        await AcceptedAsync(reload);
        Assert.Equal("/second", PathInForce);
    }

    [Fact]
    public async Task Look_ConfigurationIsAPipeThatIsWrittenToLate_IsTaken()
    {
        using var reload = Start();
        Fifo.Replace(_folder.At("c.json"));
        await RefusedAsync(reload, "");

        await Fifo.WriteAsync(_folder.At("c.json"), Config("/second"));

        await AcceptedAsync(reload);
        Assert.Equal("/second", PathInForce);
        Assert.Equal(ReloadOutcome.Unchanged, reload.Look());
    }

    [Theory]
    [InlineData(ErrorPage, "", "sites.a.errorPage")]
    [InlineData("", "\"tls\": { \"certificates\": [ { \"certificate\": \"blocks\", \"key\": \"key\" } ] }", "tls.certificates[0].certificate")]
    [InlineData("", "\"tls\": { \"certificates\": [ { \"certificate\": \"key\", \"key\": \"blocks\" } ] }", "tls.certificates[0].key")]
    public async Task Look_ConfigurationNamesAPipe_IsRefusedUntilTheFileIsThereWithoutAnotherChange(string site, string root, string key)
    {
        using var reload = Start();
        var pair = SomeCertificate.Create("a.example");
        _folder.Write("key", pair.Certificate + pair.Key);
        Fifo.Create(_folder.At("blocks"));
        _folder.Write("c.json", Config("/second", site, root));

        await RefusedAsync(reload, key);
        Fifo.ReplaceByFile(_folder.At("blocks"), pair.Certificate + pair.Key);

        await AcceptedAsync(reload);
        Assert.Equal("/second", PathInForce);
    }

    [Theory]
    [InlineData("TAGGATEWAY_ADMIN__TOKEN_FILE", "a-token-of-some-length")]
    [InlineData("TAGGATEWAY_SITES__A__PATH_FILE", "/second")]
    public async Task Look_ValueBecomesAPipe_IsRefusedUntilTheFileIsThereAgain(string variable, string value)
    {
        _folder.Write("value", value);
        using var reload = Start(variable);
        Fifo.Replace(_folder.At("value"));

        await Until.HoldsAsync(() => reload.Look(isAsked: true) == ReloadOutcome.Refused, "it is refused");
        Assert.Contains(NoAnswer, Assert.Single(_state.Errors).Message, StringComparison.Ordinal);
        Fifo.ReplaceByFile(_folder.At("value"), value);

        await AcceptedAsync(reload);
        Assert.Empty(_state.Errors);
    }

    [Fact]
    public void Look_ConfigurationCameThroughAPipe_IsNotReadAgain()
    {
        Fifo.Create(_folder.At("c.json"));
        _ = Fifo.WriteAsync(_folder.At("c.json"), Config("/one"));
        var attempts = new FileAttempts();
        using var reload = Start(attempts);

        Assert.Equal([ReloadOutcome.Unchanged, ReloadOutcome.Unchanged], [reload.Look(), reload.Look()]);
        Assert.Equal(0, attempts.Running);
        Assert.Empty(_state.Errors);
    }

    [Theory]
    [InlineData("c.json", "")]
    [InlineData("blocks", "sites.a.errorPage")]
    public void Load_Pipe_IsAnErrorWithItsPlace(string pipe, string key)
    {
        _folder.Write("c.json", Config("/one", ErrorPage));
        _folder.Write("blocks", "<p>Sorry</p>");
        Fifo.Replace(_folder.At(pipe));

        var loaded = ConfigurationLoader.Load(Input(new FileAttempts(Short)));

        Assert.Null(loaded.Settings);
        Assert.True(loaded.HasHung);
        var error = loaded.Errors.Single(error => error.Path == key);
        Assert.Contains(NoAnswer, error.Message, StringComparison.Ordinal);
    }

    /// <param name="path">The measurement path.</param>
    /// <param name="site">Further members of the site.</param>
    /// <param name="root">Further members of the whole.</param>
    private static string Config(string path, string site = "", string root = "")
    {
        var (siteComma, rootComma) = (site.Length > 0 ? "," : "", root.Length > 0 ? "," : "");
        return $$"""{ "sites": { "a": { "path": "{{path}}", "tags": ["G-A"]{{siteComma}}{{site}} } }{{rootComma}}{{root}} }""";
    }

    private ConfigurationReload Start(string? variable = null) => Start(new FileAttempts(Short), variable);

    /// <summary>Loads without a hurry, and looks with the deadline of <paramref name="attempts"/>.</summary>
    private ConfigurationReload Start(FileAttempts attempts, string? variable = null)
    {
        if (!File.Exists(_folder.At("c.json")))
        {
            _folder.Write("c.json", Config("/one"));
        }

        var loaded = ConfigurationLoader.Load(Input(new FileAttempts(), variable));
        _current = new CurrentSettings(loaded.Settings!); // it is good
        return new ConfigurationReload(Input(attempts, variable), loaded, _current, _state, _metrics.Gateway, new FakeTimeProvider(), _logger);
    }

    private ConfigurationInput Input(FileAttempts attempts, string? variable = null) =>
        _folder.Input(new ConfigurationFlags { Config = "c.json" }, variable is null ? [] : [(variable, "value")]) with { Attempts = attempts };

    private async Task RefusedAsync(ConfigurationReload reload, string key)
    {
        await Until.HoldsAsync(() => reload.Look() == ReloadOutcome.Refused, "it is refused");
        for (var again = 0; again < 5; again++)
        {
            Assert.Equal(ReloadOutcome.Unchanged, reload.Look());
        }

        var error = Assert.Single(_state.Errors);
        Assert.Equal(key, error.Path);
        Assert.Contains(NoAnswer, error.Message, StringComparison.Ordinal);
        Assert.Single(_logger.Collector.GetSnapshot(), record => record.Message.Contains(NoAnswer, StringComparison.Ordinal));
    }

    private async Task AcceptedAsync(ConfigurationReload reload)
    {
        await Until.HoldsAsync(() => reload.Look() == ReloadOutcome.Accepted, "it is accepted");
        Assert.Empty(_state.Errors);
        Assert.Single(_logger.Collector.GetSnapshot(), record => record.Id.Id == Loaded);
    }
}
