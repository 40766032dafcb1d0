using System.Runtime.InteropServices;

namespace TagGateway.Limits;

/// <summary>The C library's heap, which compression and TLS use. The calls do nothing where the library is another than glibc.</summary>
internal static partial class NativeHeap
{
    /// <summary>M_ARENA_MAX of glibc's mallopt.</summary>
    private const int MostArenas = -8;

    /// <summary>Limits the heap to as many arenas as there are processors. Usual are eight times as many; each reserves 64 MB of addresses, and what is free
    /// in one serves no other. To be called before other threads are busy.</summary>
    public static void LimitArenas() => Try(() => Set(MostArenas, Math.Max(2, Environment.ProcessorCount)));

    /// <summary>Gives what is free back to the system.</summary>
    public static void Trim() => Try(() => Trim(0));

    private static void Try(Func<int> call)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            call();
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library (musl), which has no such heaps.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int Set(int parameter, int value);

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint keep);
}
