using System.Globalization;

namespace TagGateway.Attacks.Measuring;

/// <summary>Counts connections of this machine (Linux, <c>/proc/net/tcp</c>; sockets of IPv6 that speak IPv4 are in the other file).</summary>
internal static class TcpTable
{
    private const string Established = "01";
    private static readonly string[] Files = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <param name="localPorts">Those of a server: counts its clients.</param>
    /// <param name="remotePort">Of another server: counts who has connected to it.</param>
    public static (int Local, int Remote) Count(IReadOnlyCollection<int> localPorts, int remotePort)
    {
        var (local, remote) = (0, 0);
        foreach (var line in Files.Where(File.Exists).SelectMany(File.ReadLines))
        {
            // "  0: 0100007F:1F90 0200007F:C350 01 …"
            var fields = line.Split(' ', 5, StringSplitOptions.RemoveEmptyEntries);
            if (fields is [_, var from, var to, Established, ..])
            {
                local += localPorts.Contains(PortOf(from)) ? 1 : 0;
                remote += PortOf(to) == remotePort ? 1 : 0;
            }
        }

        return (local, remote);
    }

    private static int PortOf(string address) => int.Parse(address.AsSpan(address.LastIndexOf(':') + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
