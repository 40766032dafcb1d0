namespace TagGateway.Limits;

/// <summary>On whose account CPU-heavy work is done.</summary>
/// <param name="Lane">In which it waits for its turn.</param>
/// <param name="Client">Who caused it; null: nobody that can be told apart from others, and nothing is charged.</param>
internal readonly record struct WorkAccount(CpuLane Lane, ClientKey? Client)
{
    /// <summary>The gateway's own.</summary>
    public static readonly WorkAccount Own = new(CpuLane.Plain, null);
}
