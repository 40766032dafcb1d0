using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TagGateway.Responding;

/// <summary>The two ways of sending that the platform's sockets do not offer (Linux). Neither waits: the socket must be non-blocking.</summary>
internal static unsafe partial class SocketCalls
{
    /// <summary>MSG_NOSIGNAL, and MSG_MORE: the bytes wait for those that follow, to share a packet.</summary>
    private const int MoreFollows = 0x4000 | 0x8000;

    /// <returns>How many of <paramref name="bytes"/> the kernel took; negative when none, whatever the reason.</returns>
    public static int SendMore(SafeSocketHandle socket, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* first = bytes)
        {
            return (int)Send(socket, first, (nuint)bytes.Length, MoreFollows);
        }
    }

    /// <summary>Has the kernel send from a file, without a copy.</summary>
    /// <param name="socket">To which.</param>
    /// <param name="file">Must not change any more: it is read while the packets leave.</param>
    /// <param name="offset">Where in the file to begin.</param>
    /// <param name="count">At most so many bytes.</param>
    /// <returns>How many the kernel took; negative when none, whatever the reason.</returns>
    public static int SendFile(SafeSocketHandle socket, SafeFileHandle file, int offset, int count)
    {
        long position = offset;
        return (int)SendFile(socket, file, &position, (nuint)count);
    }

    [LibraryImport("libc", EntryPoint = "send")]
    private static partial nint Send(SafeSocketHandle socket, byte* bytes, nuint count, int flags);

    [LibraryImport("libc", EntryPoint = "sendfile64")]
    private static partial nint SendFile(SafeSocketHandle socket, SafeFileHandle file, long* offset, nuint count);
}
