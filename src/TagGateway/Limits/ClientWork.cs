namespace TagGateway.Limits;

/// <summary>Limits what each client may cause of work that costs much more than its request, by a token bucket for each lane. A client is one of a fixed number of
/// slots, by a hash that is seeded anew in each process: addresses cost no memory, and nobody can choose whose slot to share. (The partitions of
/// System.Threading.RateLimiting are kept for every address, and swept by a timer that never rests.)</summary>
internal sealed class ClientWork(TimeProvider time)
{
    /// <summary>Units: a unit stands for some 3 ms of a core, and is what one more fetch of a script costs.</summary>
    public const int Fetch = 1;

    /// <summary>A stored script filled for another host or region, or in another content encoding.</summary>
    public const int Variant = 2;

    /// <summary>Rewriting so many bytes costs one unit, and less than that none beside <see cref="Fetch"/>.</summary>
    private const int RewrittenBytes = 64 * 1024;

    /// <summary>A debugging session asks for 10 to 20 scripts with each page, all of them new: a page has to come whole, and the next one soon after.</summary>
    private const int UntrustedBurst = 256;
    private const int UntrustedPerSecond = 16;

    /// <summary>All visitors behind one address together, after a restart.</summary>
    private const int OrdinaryBurst = 1024;
    private const int OrdinaryPerSecond = 32;

    private const int Slots = 16 * 1024;

    private readonly Lazy<TokenBuckets> _untrusted = new(() => new TokenBuckets(Slots, UntrustedBurst, UntrustedPerSecond, time));
    private readonly Lazy<TokenBuckets> _ordinary = new(() => new TokenBuckets(Slots, OrdinaryBurst, OrdinaryPerSecond, time));

    /// <summary>What rewriting a script costs.</summary>
    /// <param name="bytes">Its length, not encoded.</param>
    public static int Rewrite(int bytes) => bytes / RewrittenBytes;

    /// <summary>Charges the work to its client; false, and nothing charged, when the client has had its share.</summary>
    public bool TrySpend(WorkAccount account, int units) => account switch
    {
        { Client: null } or { Lane: CpuLane.Plain } => true,
        { Lane: CpuLane.Ordinary, Client: { } client } => _ordinary.Value.TrySpend(client, units),
        { Client: { } client } => _untrusted.Value.TrySpend(client, units),
    };
}
