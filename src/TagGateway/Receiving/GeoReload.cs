using TagGateway.Configuration;
using TagGateway.Operations;

namespace TagGateway.Receiving;

/// <summary>Takes a replaced geo database into use without a restart: looks once a second. A bad one changes nothing but what <c>/readyz</c>,
/// log and metrics tell.</summary>
internal sealed class GeoReload(
    CurrentSettings settings, ReloadState state, OperatorFiles files, GatewayMetrics metrics, TimeProvider time, ILogger<GeoReload> logger) : FileLook(time)
{
    private GeoDatabase? _watched;
    private readonly SettledChange<FileStamp> _change = new();

    /// <summary>Looks at the file once.</summary>
    public ReloadOutcome Look()
    {
        Watch(settings.Value.Geo.Database);
        if (_watched is not { } database)
        {
            return ReloadOutcome.Unchanged;
        }

        var stamp = files.StampOf(database.Path);
        if (stamp == database.File.Stamp)
        {
            Tell(database, database.File.IsDamaged ? "is damaged: some records cannot be read, and their visitors are not found" : null);
        }

        if (_change.Ask(stamp, database.File.Stamp) is { } outcome)
        {
            return outcome;
        }

        var reading = GeoFile.Read(database.Path, files);
        return files.StampOf(database.Path) == stamp ? Judge(database, stamp, reading) : ReloadOutcome.Unsettled;
    }

    protected override void LookOnce() => Look();

    protected override void Tell(Exception fault) => logger.DatabaseLookFailed(fault);

    private void Watch(GeoDatabase? database)
    {
        if (database == _watched)
        {
            return;
        }

        var hadAnother = _watched is not null;
        _watched = database;
        _change.Forget();
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
            _change.Refuse(stamp, reading.IsSeen);
            if (Tell(database, reading.Problem))
            {
                metrics.GeoDatabaseReloaded(accepted: false);
            }

            return ReloadOutcome.Refused;
        }

        database.File = reading.File;
        _change.Forget();
        state.GeoDatabase = null;
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
        if (error is null && state.GeoDatabase is not null)
        {
            logger.DatabaseUpToDateAgain(database.Path);
        }

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
