namespace TagGateway.Limits;

/// <summary>The memory that the process may use.</summary>
internal static class ProcessMemory
{
    /// <summary>Three quarters of the container's limit (cgroup), as the runtime's garbage collector takes for itself; without one the machine's memory.</summary>
    public static long AvailableBytes { get; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
}
