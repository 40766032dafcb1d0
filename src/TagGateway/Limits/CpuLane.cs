namespace TagGateway.Limits;

/// <summary>By whom CPU-heavy work may be caused, most trusted first. Each has a queue of its own, so that none waits behind many pieces of another.</summary>
internal enum CpuLane
{
    /// <summary>What a site itself decides: its tags as pages ask for them, on its own hosts.</summary>
    Plain,

    /// <summary>With parameters that tags use themselves; their values are whatever a client writes.</summary>
    Ordinary,

    /// <summary>Anything that a client can make up.</summary>
    Untrusted,
}
