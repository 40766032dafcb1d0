using TagGateway.Configuration;
using TagGateway.Operations;

namespace TagGateway.Receiving;

/// <summary>Takes a replaced geo database into use without a restart: looks once a second. A bad one changes nothing but what <c>/readyz</c>,
/// log and metrics tell.</summary>
internal sealed class GeoReload(
    CurrentSettings settings, ReloadState state, GatewayMetrics metrics, TimeProvider time, ILogger<GeoReload> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private GeoDatabase? _watched;
    private FileStamp? _suspect;
    private FileStamp? _refused;

    /// <summary>Looks at the file once. A change is judged when it is still the same at the next look: until then somebody may be writing.</summary>
    public ReloadOutcome Look()
    {
        Watch(settings.Value.Geo.Database);
        if (_watched is not { } database)
        {
            return ReloadOutcome.Unchanged;
        }

        var stamp = FileStamp.Of(database.Path);
        if (stamp == database.File.Stamp)
        {
            (_suspect, _refused) = (null, null);
            Tell(database, database.File.IsDamaged ? "is damaged: some records cannot be read, and their visitors are not found" : null);
            return ReloadOutcome.Unchanged;
        }

        if (stamp == _refused)
        {
            return ReloadOutcome.Unchanged;
        }

        if (stamp != _suspect)
        {
            _suspect = stamp;
            return ReloadOutcome.Unsettled;
        }

        var reading = GeoFile.Read(database.Path);
        return FileStamp.Of(database.Path) == stamp ? Judge(database, stamp, reading) : ReloadOutcome.Unsettled;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            LookSafely();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>The site comes first: whatever goes wrong here must not end the gateway.</summary>
    private void LookSafely()
    {
        try
        {
            Look();
        }
        catch (Exception e)
        {
            logger.DatabaseLookFailed(e);
        }
    }

    private void Watch(GeoDatabase? database)
    {
        if (database == _watched)
        {
            return;
        }

        var hadAnother = _watched is not null;
        (_watched, _suspect, _refused) = (database, null, null);
        if (database is not null)
        {
            logger.DatabaseInForce(database.File.Kind, database.File.Built);
        }

        if (hadAnother)
        {
            state.GeoDatabase = null;
            LetGoOfTheOld();
        }
    }

    private ReloadOutcome Judge(GeoDatabase database, FileStamp stamp, GeoReading reading)
    {
        if (reading.File is null)
        {
            // What could not even be opened may become readable without a new stamp: it is tried again.
            _refused = reading.IsSeen ? stamp : null;
            if (Tell(database, reading.Problem))
            {
                metrics.GeoDatabaseReloaded(accepted: false);
            }

            return ReloadOutcome.Refused;
        }

        database.File = reading.File;
        (_suspect, _refused) = (null, null);
        Tell(database, null);
        metrics.GeoDatabaseReloaded(accepted: true);
        logger.DatabaseInForce(reading.File.Kind, reading.File.Built);
        LetGoOfTheOld();
        return ReloadOutcome.Accepted;
    }

    /// <summary>True for a problem that was not told before.</summary>
    private bool Tell(GeoDatabase database, string? problem)
    {
        var error = problem is null ? null : new ConfigurationError(GeoDatabase.Key, $"{database.Path}: {problem}");
        var isNew = error is not null && error != state.GeoDatabase;
        state.GeoDatabase = error;
        if (isNew)
        {
            logger.DatabaseRefused(error!); // there is one
        }

        return isNew;
    }

    /// <summary>The collector does not see how large a database is, and might leave the old one for hours.</summary>
    private static void LetGoOfTheOld() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
}
