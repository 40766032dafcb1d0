using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using TagGateway.Operations;

namespace TagGateway.Configuration;

/// <summary>Puts a changed configuration file into force without a restart: looks once a second, and at once on SIGHUP. A bad change
/// changes nothing but what <c>/readyz</c>, log and metrics tell.</summary>
internal sealed class ConfigurationReload(
    ConfigurationInput input,
    LoadedConfiguration initial,
    CurrentSettings current,
    ReloadState state,
    GatewayMetrics metrics,
    TimeProvider time,
    ILogger<ConfigurationReload> logger) : FileLook(time)
{
    /// <summary>Kestrel and the log are set up once.</summary>
    private static readonly string[] RestartKeys = ["urls", "admin.url", "log"];

    // The default file, once found, is watched even while it is away.
    private readonly ConfigurationInput _input = input with { Flags = input.Flags with { Config = initial.FilePath } };
    private readonly LoadedConfiguration _atStart = initial;
    private readonly Lock _look = new();
    private LoadedConfiguration _lastJudged = initial;
    private LoadedConfiguration _inForce = initial;
    private FileStamp? _judged = initial.Stamp;
    private FileStamp? _suspect;
    private volatile bool _isAsked;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        logger.ConfigurationLoaded(_atStart.Settings?.Sites.All.Count ?? 0, _atStart.FilePath ?? "environment and command line");
        foreach (var warning in _atStart.Warnings)
        {
            logger.ConfigurationWarning(warning);
        }

        return base.StartAsync(cancellationToken);
    }

    /// <summary>Looks at the file once. A good change is taken at once; a bad one may be half-written, and is only reported when it
    /// is still the same at the next look.</summary>
    /// <param name="isAsked">By SIGHUP: load and judge even what seems to be the same; values from other files may have changed.</param>
    public ReloadOutcome Look(bool isAsked = false)
    {
        lock (_look)
        {
            if (_atStart.FilePath is null)
            {
                return ReloadOutcome.Unchanged;
            }

            var files = _input.OpenFiles();
            var stamp = files.StampOf(_atStart.FilePath);
            if (stamp == _judged && !isAsked)
            {
                return ReloadOutcome.Unchanged;
            }

            var loaded = ConfigurationLoader.Load(_input, current.Value);
            var mayBeHalf = loaded.Settings is null && stamp != _suspect && !isAsked;
            _suspect = stamp;
            if (mayBeHalf || files.StampOf(_atStart.FilePath) != stamp)
            {
                return ReloadOutcome.Unsettled;
            }

            // A file that does not answer may do so later without a new stamp.
            _judged = loaded.HasHung ? null : stamp;
            // The files that it names may have been put right meanwhile.
            var isSame = loaded.Fingerprint == _lastJudged.Fingerprint && loaded.Errors.SequenceEqual(_lastJudged.Errors) && !isAsked;
            _lastJudged = loaded;
            return isSame ? ReloadOutcome.Unchanged : Judge(loaded);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_atStart.FilePath is null)
        {
            return; // nothing to reload: a hang-up ends the program as it does any other
        }

        using var hangUp = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            _isAsked = true;
        });
        await base.ExecuteAsync(stoppingToken);
    }

    protected override void LookOnce()
    {
        var isAsked = _isAsked;
        _isAsked = false;
        Look(isAsked);
    }

    protected override void Tell(Exception fault) => logger.LookFailed(fault);

    private ReloadOutcome Judge(LoadedConfiguration loaded)
    {
        metrics.ConfigurationReloaded(loaded.Settings is not null);
        state.Errors = loaded.Errors;
        if (loaded.Settings is null)
        {
            logger.ChangeRefused(loaded.Errors.Count);
            foreach (var error in loaded.Errors)
            {
                logger.ConfigurationWrong(error);
            }

            return ReloadOutcome.Refused;
        }

        current.Value = loaded.Settings;
        logger.ConfigurationLoaded(loaded.Settings.Sites.All.Count, _atStart.FilePath ?? "");
        foreach (var warning in loaded.Warnings.Except(_inForce.Warnings))
        {
            logger.ConfigurationWarning(warning);
        }

        _inForce = loaded;
        TellOfRestart(loaded.Options);
        return ReloadOutcome.Accepted;
    }

    private void TellOfRestart(GatewayOptions options)
    {
        var (atStart, now) = (Tree(_atStart.Options), Tree(options));
        var changed = RestartKeys.Where(key => !JsonNode.DeepEquals(Value(atStart, key), Value(now, key))).ToList();
        if (changed.Count > 0)
        {
            logger.NeedsRestart(string.Join(", ", changed));
        }
    }

    private static JsonNode? Value(JsonNode? tree, string path) => path.Split('.').Aggregate(tree, (node, key) => node?[key]);

    private static JsonNode? Tree(GatewayOptions options) => JsonSerializer.SerializeToNode(options, GatewayJson.Default.GatewayOptions);
}
