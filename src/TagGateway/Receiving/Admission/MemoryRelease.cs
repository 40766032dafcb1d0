using System.Runtime.InteropServices;
using TagGateway.Limits;

namespace TagGateway.Receiving.Admission;

/// <summary>Gives memory back to the system after a flood: the runtime and the C library keep what they once had, and without traffic nothing makes them let go.</summary>
internal sealed partial class MemoryRelease(MemoryBudget budget, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>A collection stops all threads for some ten milliseconds.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Less is not worth a collection.</summary>
    private const long LeastBytes = 8 * 1024 * 1024;

    private long _mostBytes;
    private long? _last;

    /// <summary>Looks once.</summary>
    /// <returns>Whether memory was given back: much was held since the last time, and little of it is held now.</returns>
    public bool Look()
    {
        _mostBytes = Math.Max(_mostBytes, budget.TakeMostBytes());
        if (_mostBytes < LeastBytes || budget.Bytes > _mostBytes / 4 || (_last is { } last && time.GetElapsedTime(last) < Pause))
        {
            return false;
        }

        (_mostBytes, _last) = (0, time.GetTimestamp());
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        TrimNative();
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Look();
        }
    }

    private static void TrimNative()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = Trim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library (musl), which has nothing to trim.
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint keep);
}
