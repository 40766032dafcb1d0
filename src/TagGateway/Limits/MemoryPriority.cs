namespace TagGateway.Limits;

/// <summary>In which order work is refused when the memory budget fills up, first to last.</summary>
internal enum MemoryPriority
{
    /// <summary>Scripts asked for as no tag asks: anybody can make them up.</summary>
    UntrustedScript,

    Script,
    Beacon,
    Page,
}
