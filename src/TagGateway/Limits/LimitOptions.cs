using System.ComponentModel;
using TagGateway.Configuration;

namespace TagGateway.Limits;

/// <summary>What clients may take of the process, as the operator writes it; <see cref="LimitSettings"/> is what it becomes.</summary>
internal sealed class LimitOptions
{
    [Description("The most client connections at one time; near it the longest idle ones are closed first. 16 to 1000000; default 10000, less where memory or the limit of open files (ulimit -n) is small.")]
    [NumberRange(16, 1_000_000)]
    public int? Connections { get; set; }

    [Description("The most connections of one client address (IPv6: of one /64), proxies in trustedProxies excepted; beyond it the client's own idle ones are closed first. 1 to 1000000; default a tenth of connections, less where memory is small.")]
    [NumberRange(1, 1_000_000)]
    public int? ConnectionsPerClient { get; set; }

    [Description("The most bytes that all requests under way may hold: bodies that are held whole, buffers, and a fixed amount for each request. Beside cache.memoryBytes. One client gets at most an eighth of what is free, one site of several at most half. 4 MiB to 64 GiB; default a quarter of the container's or the machine's memory, at most 1 GiB.")]
    [NumberRange(4 * 1024 * 1024, 64L * 1024 * 1024 * 1024)]
    public long? MemoryBytes { get; set; }

    [Description("How long a response or an upload may make no progress because the client takes or sends nothing; then it is reset. 00:00:01 to 01:00:00, default 00:00:30.")]
    [DurationRange("00:00:01", "01:00:00")]
    public TimeSpan ProgressTimeout { get; set; } = TimeSpan.FromSeconds(30);

    [Description("The most requests at one time that each site's origin gets; one client gets at most a tenth. Further ones wait up to 10 s, then 503. WebSockets do not count. 1 to 100000; default 1000, less where the limit of open files is small.")]
    [NumberRange(1, 100_000)]
    public int OriginConnections { get; set; } = 1000;

    [Description("How many requests on the measurement path one visitor's address (IPv6: one /64) may send; beyond it 429. Default: no limit.")]
    public RequestRateOptions? RequestsPerVisitor { get; set; }
}
