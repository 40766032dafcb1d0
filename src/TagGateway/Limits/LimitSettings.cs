namespace TagGateway.Limits;

/// <summary>The limits in force: what the operator set, else what fits the process's memory and open files.</summary>
/// <param name="Connections">Client connections at one time.</param>
/// <param name="ConnectionsPerClient">Of one client that is no trusted proxy.</param>
/// <param name="StreamsPerConnection">HTTP/2 requests that one connection may have under way.</param>
/// <param name="MemoryBytes">Bytes that all requests under way may hold.</param>
/// <param name="ProgressTimeout">How long a response or an upload may rest because of its client.</param>
/// <param name="OriginConnections">Requests at one time to each site's origin.</param>
/// <param name="RequestsPerVisitor">Null: no limit.</param>
internal sealed record LimitSettings(
    int Connections,
    int ConnectionsPerClient,
    int StreamsPerConnection,
    long MemoryBytes,
    TimeSpan ProgressTimeout,
    int OriginConnections,
    RequestRateOptions? RequestsPerVisitor)
{
    private const long MegaByte = 1024 * 1024;
    private const int DefaultConnections = 10_000;

    /// <summary>What the server holds for an idle connection with TLS.</summary>
    private const int ConnectionBytes = 48 * 1024;

    /// <summary>What the server holds for an HTTP/2 stream whose small response waits for the client: our own limits do not see it any more.</summary>
    private const int StreamBytes = 14 * 1024;

    private const int MostStreams = 100;
    private const int LeastStreams = 32;
    private const int LeastConnectionsPerClient = 32;
    private const int LeastPerOrigin = 4;

    /// <summary>A gateway that needs more in flight has other problems; a flood should not take a large machine's memory.</summary>
    private const long MostDefaultBytes = 1024 * MegaByte;

    /// <summary>The most that one client may have under way of <see cref="OriginConnections"/>.</summary>
    public int OriginConnectionsPerClient => Math.Max(2, OriginConnections / 10);

    /// <summary>The largest body that is held whole, script or page: one of them must not be all that there is room for.</summary>
    public int LargestBody => (int)Math.Min(16 * MegaByte, MemoryBytes / 8);

    /// <param name="options">What the operator wrote, valid.</param>
    /// <param name="memoryBytes">The container's or the machine's memory.</param>
    /// <param name="origins">How many sites have an origin.</param>
    public static LimitSettings Of(LimitOptions options, long memoryBytes, int origins)
    {
        var streams = (int)Math.Clamp(memoryBytes / (4 * MegaByte), LeastStreams, MostStreams);
        var connections = (int)Math.Min(options.Connections ?? Math.Min(DefaultConnections, memoryBytes / ConnectionBytes), OpenFiles.Connections);
        var perClient = Math.Max(LeastConnectionsPerClient, Math.Min(connections / 10, memoryBytes / 4 / (streams * StreamBytes)));
        return new LimitSettings(
            connections,
            (int)Math.Min(options.ConnectionsPerClient ?? perClient, connections),
            streams,
            options.MemoryBytes ?? Math.Clamp(memoryBytes / 4, 4 * MegaByte, MostDefaultBytes),
            options.ProgressTimeout,
            Math.Min(options.OriginConnections, Math.Max(LeastPerOrigin, OpenFiles.Origins / Math.Max(1, origins))),
            options.RequestsPerVisitor);
    }
}
