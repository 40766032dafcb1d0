using TagGateway.Limits;

namespace TagGateway.Tests.Limits;

/// <summary>Limits for tests.</summary>
internal static class SomeLimits
{
    public const long MegaByte = 1024 * 1024;

    /// <summary>As the gateway would choose them on a machine of 1 GiB.</summary>
    public static LimitSettings Settings(LimitOptions? options = null, long memoryBytes = 1024 * MegaByte, int origins = 1) => LimitSettings.Of(options ?? new LimitOptions(), memoryBytes, origins);

    /// <param name="bytes">All that requests may hold.</param>
    public static MemoryBudget Budget(long bytes = 64 * MegaByte)
    {
        var settings = Settings() with { MemoryBytes = bytes };
        return new MemoryBudget(() => settings);
    }

    /// <summary>A request's memory, of a budget of its own.</summary>
    public static MemoryLease Lease() => new(Budget(), client: null);
}
