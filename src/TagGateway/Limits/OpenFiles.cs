using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TagGateway.Limits;

/// <summary>The process's limit of open files (RLIMIT_NOFILE), and how it is divided, so that none of its users can take what another needs.
/// Fixed when the process starts.</summary>
internal static partial class OpenFiles
{
    /// <summary>For the runtime, the libraries, the listeners, administration, Redis, and files that are read.</summary>
    private const int Reserved = 72;

    /// <summary>Just-in-time compiled the runtime keeps each assembly's file open.</summary>
    private const int ReservedForAssemblies = 160;

    private const int LeastShared = 56;

    private const int NumberOfFiles = 7;

    /// <summary>Where the system tells no limit, or none at all.</summary>
    private const int Unlimited = 1024 * 1024;

    /// <summary>Below this the shares would be too small to serve a website.</summary>
    public static int LeastLimit => LeastShared + ReservedInAll;

    /// <summary>The limit in force: the soft limit, raised to the hard one.</summary>
    public static int Limit { get; } = Raise();

    /// <summary>Client connections.</summary>
    public static int Connections => Shared / 2;

    /// <summary>Connections to all origins together.</summary>
    public static int Origins => Shared / 4;

    /// <summary>Connections to Google.</summary>
    public static int Upstream => Shared / 8;

    /// <summary>Stored bodies that are files in memory.</summary>
    public static int StoredBodies => Shared / 8;

    private static int Shared => Math.Max(Limit, LeastLimit) - ReservedInAll;

    private static int ReservedInAll => Reserved + (RuntimeFeature.IsDynamicCodeSupported ? ReservedForAssemblies : 0);

    private static int Raise()
    {
        if (!OperatingSystem.IsLinux() || GetLimit(NumberOfFiles, out var limit) != 0)
        {
            return Unlimited;
        }

        if (limit.Soft < limit.Hard)
        {
            var raised = limit with { Soft = limit.Hard };
            limit = SetLimit(NumberOfFiles, raised) == 0 ? raised : limit;
        }

        return (int)Math.Min(limit.Soft, Unlimited);
    }

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetLimit(int resource, out ResourceLimit limit);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, in ResourceLimit limit);

    /// <summary><c>struct rlimit</c> of 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct ResourceLimit(ulong Soft, ulong Hard);
}
