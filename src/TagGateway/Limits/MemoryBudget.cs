using System.Collections.Concurrent;

namespace TagGateway.Limits;

/// <summary>Bounds the bytes that all requests under way hold, so that no client, site or upstream can exhaust the process's memory.
/// What is cached has a limit of its own.</summary>
/// <param name="limits">The limits in force, asked at each use.</param>
internal sealed class MemoryBudget(Func<LimitSettings> limits)
{
    private readonly ConcurrentDictionary<string, ByteShare> _sites = new();
    private long _bytes;
    private long _mostBytes;

    /// <summary>Held at present.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    public LimitSettings Limits => limits();

    /// <summary>The most that one client may hold at present: an eighth of what is free. So one that takes all it can gets a ninth of all, and of twenty
    /// such clients each gets less than the one before, which leaves room for the next (dynamic thresholds, Choudhury and Hahne 1998).</summary>
    public long ClientLimit => (limits().MemoryBytes - Bytes) / 8;

    /// <summary>Whether work of this priority may begin.</summary>
    public bool HasRoomFor(MemoryPriority priority) => Bytes <= LimitOf(priority);

    /// <summary>Takes <paramref name="bytes"/>, to be given back; false, and nothing taken, without room.</summary>
    public bool TryTake(long bytes, MemoryPriority priority)
    {
        var sum = Interlocked.Add(ref _bytes, bytes);
        if (sum > LimitOf(priority))
        {
            Interlocked.Add(ref _bytes, -bytes);
            return false;
        }

        if (sum > Volatile.Read(ref _mostBytes))
        {
            Volatile.Write(ref _mostBytes, sum); // A lost maximum under contention does no harm.
        }

        return true;
    }

    public void Give(long bytes) => Interlocked.Add(ref _bytes, -bytes);

    /// <summary>The most that was held since this was asked before.</summary>
    public long TakeMostBytes() => Interlocked.Exchange(ref _mostBytes, Bytes);

    /// <param name="site">The name of a configured site.</param>
    public ByteShare ShareOf(string site) => _sites.GetOrAdd(site, static _ => new ByteShare());

    private long LimitOf(MemoryPriority priority)
    {
        var all = limits().MemoryBytes;
        return priority switch
        {
            MemoryPriority.UntrustedScript => all / 2,
            MemoryPriority.Script => all / 4 * 3,
            MemoryPriority.Beacon => all / 10 * 9,
            _ => all,
        };
    }
}
