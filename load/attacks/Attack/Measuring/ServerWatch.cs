namespace TagGateway.Attacks.Measuring;

/// <summary>Looks at a server while it is attacked: how much it uses at the start, at most, and at the end.</summary>
/// <param name="process">The server.</param>
/// <param name="log">The file it logs to.</param>
/// <param name="ports">Where it listens.</param>
/// <param name="upstreamPort">Where it connects to.</param>
internal sealed class ServerWatch(ServerProcess process, string log, IReadOnlyCollection<int> ports, int upstreamPort)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    public async Task<Figures> RunAsync(CancellationToken stop)
    {
        var (first, cpuBefore, logBefore) = (Look(), process.CpuSeconds, LogBytes());
        var (peak, last, cpu) = (first, first, cpuBefore);
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (process.IsAlive && await timer.WaitForNextTickAsync(stop))
            {
                last = Look();
                peak = peak.Max(last);
                cpu = Math.Max(cpu, process.CpuSeconds);
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the attack.
        }

        return new Figures()
            .Add("alive", process.IsAlive ? 1 : 0)
            .Add("memory.first", first.Memory / 1024).Add("memory.peak", peak.Memory / 1024).Add("memory.last", last.Memory / 1024)
            .Add("descriptors.peak", peak.Descriptors).Add("descriptors.last", last.Descriptors)
            .Add("clients.peak", peak.Clients).Add("clients.last", last.Clients)
            .Add("upstream.peak", peak.Upstream).Add("upstream.last", last.Upstream)
            .Add("cpu", cpu - cpuBefore)
            .Add("log", LogBytes() - logBefore);
    }

    private Use Look()
    {
        var (clients, upstream) = TcpTable.Count(ports, upstreamPort);
        return new Use(process.MemoryKilobytes, process.Descriptors, clients, upstream);
    }

    private long LogBytes() => new FileInfo(log) is { Exists: true } file ? file.Length : 0;

    private readonly record struct Use(long Memory, int Descriptors, int Clients, int Upstream)
    {
        public Use Max(Use other) => new(
            Math.Max(Memory, other.Memory),
            Math.Max(Descriptors, other.Descriptors),
            Math.Max(Clients, other.Clients),
            Math.Max(Upstream, other.Upstream));
    }
}
