using System.Net;
using System.Net.Sockets;
using MaxMind.Db;
using TagGateway.Configuration;

namespace TagGateway.Receiving;

/// <summary>One reading of a MaxMind-format database, held in memory: lookups go on whatever becomes of the file. Nobody closes it, for a lookup
/// may be under way in any request; it goes when the last reference has gone.</summary>
internal sealed class GeoFile
{
    private const int FormatVersion = 2;
    private const int MaxDescriptionBytes = 128 * 1024;
    private const long MaxBytes = 1024L * 1024 * 1024;

    /// <summary>A database without a country in so many records holds none.</summary>
    private const int MaxProbes = 100_000;

    /// <summary>A visitor's hits come one after another: this many visitors at a time cost one lookup each.</summary>
    private const int RememberedVisitors = 4096;

    private static readonly byte[] Mark = [0xAB, 0xCD, 0xEF, .. "MaxMind.com"u8];

    private readonly Reader _reader;
    private readonly Found?[] _remembered = new Found?[RememberedVisitors];
    private volatile bool _isDamaged;

    private GeoFile(Reader reader, FileStamp stamp) => (_reader, Stamp) = (reader, stamp);

    /// <summary>Closing it under a lookup would end the program; here no lookup holds it.</summary>
    ~GeoFile() => _reader.Dispose();

    /// <summary>Of the file, taken before it was read: equal as long as nobody has written since.</summary>
    public FileStamp Stamp { get; }

    /// <summary>A lookup met a record that cannot be read.</summary>
    public bool IsDamaged => _isDamaged;

    /// <summary>As its maker calls it: <c>GeoLite2-City</c>.</summary>
    public string Kind => _reader.Metadata.DatabaseType;

    /// <summary>When it was made, UTC.</summary>
    public DateTime Built => _reader.Metadata.BuildDate;

    /// <summary>Never throws: what cannot be read, does not answer, is damaged or holds no countries is a problem.</summary>
    /// <param name="path">Absolute.</param>
    /// <param name="files">Reads it.</param>
    public static GeoReading Read(string path, OperatorFiles files)
    {
        if (!files.TryRun(path, null, () => FileStamp.Of(path), out var stamp, out var problem))
        {
            return new GeoReading(null, problem, false);
        }

        if (stamp is { Target: not null, Length: 0 or > MaxBytes })
        {
            return new GeoReading(null, stamp.Length == 0 ? "is empty" : $"is larger than {MaxBytes / 1024 / 1024} MB: that is no geo database", true);
        }

        if (!files.TryRun(path, stamp, () => Open(path), out var opened, out problem) || opened.Stream is not { } stream)
        {
            return new GeoReading(null, problem ?? opened.Problem, false);
        }

        return files.TryRun(path, stamp, () => Read(stream, stamp), out var reading, out problem, isLarge: true)
            ? reading
            : new GeoReading(null, problem, false);
    }

    private static (FileStream? Stream, string? Problem) Open(string path)
    {
        try
        {
            // Whoever writes it is not held up, and a file that is written over cannot take the ground from under a lookup: the reader copies it.
            return (new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete), null);
        }
        catch (Exception e) when (FileProblem.Describe(path, e) is { } problem)
        {
            return (null, problem);
        }
    }

    /// <param name="opened">Closed here.</param>
    /// <param name="stamp">The file's, from before it was opened.</param>
    private static GeoReading Read(FileStream opened, FileStamp stamp)
    {
        Reader? reader = null;
        try
        {
            using var stream = opened;
            if (!HasEnd(stream))
            {
                return new GeoReading(null, "is no MaxMind-format database, or is cut short: its end is missing", true);
            }

            reader = new Reader(stream);
            if (FindProblem(reader) is not { } problem)
            {
                return new GeoReading(new GeoFile(reader, stamp), null, true);
            }

            reader.Dispose();
            return new GeoReading(null, problem, true);
        }
        catch (Exception e)
        {
            // A damaged file makes the reader throw whatever its bytes lead to.
            reader?.Dispose();
            return new GeoReading(null, $"is not a whole MaxMind-format database with countries: {e.Message}", true);
        }
    }

    /// <summary>Unknown for what the database does not have, as private addresses, and for a damaged record. Never throws.</summary>
    /// <param name="address">IPv4 never in its mapped form.</param>
    public Region Find(IPAddress address)
    {
        ref var slot = ref _remembered[(uint)address.GetHashCode() % RememberedVisitors];
        var found = Volatile.Read(ref slot);
        if (found is null || !found.Address.Equals(address))
        {
            found = new Found(address, LookUp(address));
            Volatile.Write(ref slot, found);
        }

        return found.Region;
    }

    private Region LookUp(IPAddress address)
    {
        // The reader would take the front of an IPv6 address for an IPv4 address.
        if (_reader.Metadata.IPVersion == 4 && address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return default;
        }

        try
        {
            var region = _reader.Find<GeoRecord>(address)?.ToRegion() ?? default;
            GC.KeepAlive(this);
            return region;
        }
        catch (Exception)
        {
            // As above; to the visitor it is a place that the database does not have.
            _isDamaged = true;
            return default;
        }
    }

    /// <summary>Whether it ends as the format wants: the description of the database, of 128 KB at most, begins with this mark. A reader that
    /// does not find it never gives back the memory it has taken.</summary>
    private static bool HasEnd(FileStream stream)
    {
        var tail = new byte[Math.Min(stream.Length, MaxDescriptionBytes)];
        stream.Seek(-tail.Length, SeekOrigin.End);
        stream.ReadExactly(tail);
        stream.Position = 0;
        return tail.AsSpan().LastIndexOf(Mark) >= 0;
    }

    private static string? FindProblem(Reader reader)
    {
        var metadata = reader.Metadata;
        if (metadata.BinaryFormatMajorVersion != FormatVersion)
        {
            return $"is of version {metadata.BinaryFormatMajorVersion} of the MaxMind format: version {FormatVersion} can be read";
        }

        // A record out of many places is not met again here: nothing to keep.
        return reader.FindAll<GeoRecord>(cacheSize: 1).Take(MaxProbes).Any(node => node.Data.ToRegion().IsKnown)
            ? null
            : $"holds no countries: it is a database of another kind ({metadata.DatabaseType}); City or Country is needed";
    }

    private sealed record Found(IPAddress Address, Region Region);
}
