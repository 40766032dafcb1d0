using System.Net;
using TagGateway.Configuration;

namespace TagGateway.Receiving;

/// <summary>The database that <c>geo.database</c> names: the same object as long as the setting stays, whatever file it holds.</summary>
/// <param name="path">Absolute.</param>
/// <param name="file">What it holds first.</param>
internal sealed class GeoDatabase(string path, GeoFile file)
{
    /// <summary>Where it stands in the configuration.</summary>
    public const string Key = "geo.database";

    private volatile GeoFile _file = file;

    public string Path => path;

    /// <summary>Replaced whole; lookups under way end in the one they began in.</summary>
    public GeoFile File
    {
        get => _file;
        set => _file = value;
    }

    /// <summary>Unknown for what the database does not have.</summary>
    /// <param name="address">IPv4 never in its mapped form.</param>
    public Region Find(IPAddress address) => _file.Find(address);

    /// <summary>Null when there is none, or when <paramref name="errors"/> tells what is wrong with it.</summary>
    /// <param name="path">The setting.</param>
    /// <param name="files">Reads it.</param>
    /// <param name="open">The one in force: taken as it is when it is this one.</param>
    /// <param name="errors">Gets what is wrong.</param>
    public static GeoDatabase? Open(string? path, OperatorFiles files, GeoDatabase? open, ConfigurationErrors errors)
    {
        if (path is null)
        {
            return null;
        }

        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            errors.Add(Key, "is not the name of a file");
            return null;
        }

        var absolute = files.FullPath(path);
        if (absolute == open?.Path)
        {
            return open;
        }

        var reading = GeoFile.Read(absolute, files);
        if (reading.File is null)
        {
            errors.Add(Key, $"{absolute}: {reading.Problem}");
            return null;
        }

        return new GeoDatabase(absolute, reading.File);
    }
}
