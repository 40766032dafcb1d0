using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TagGateway.Caching;

/// <summary>Opens files that live in memory and have no name (memfd_create(2), Linux 3.17).</summary>
internal static partial class MemoryFile
{
    /// <summary>MFD_CLOEXEC: no child process inherits it.</summary>
    private const uint CloseOnExec = 1;

    /// <returns>False where the system has no such files, forbids them, or has no more.</returns>
    /// <param name="file">Empty; the caller's to close.</param>
    public static bool TryCreate([NotNullWhen(true)] out SafeFileHandle? file)
    {
        try
        {
            var descriptor = Create("taggateway", CloseOnExec);
            file = descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            file = null;
        }

        return file is not null;
    }

    [LibraryImport("libc", EntryPoint = "memfd_create", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Create(string name, uint flags);
}
