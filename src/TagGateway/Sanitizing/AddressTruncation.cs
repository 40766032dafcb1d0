using System.Net;
using System.Net.Sockets;

namespace TagGateway.Sanitizing;

/// <summary>Cuts an address to its network.</summary>
internal static class AddressTruncation
{
    private const int IPv4Bits = 24;
    private const int IPv6Bits = 48;

    /// <summary>/24 of IPv4, /48 of IPv6: what is left names no household.</summary>
    public static IPAddress Truncate(IPAddress address) =>
        Mask(address, address.AddressFamily == AddressFamily.InterNetwork ? IPv4Bits : IPv6Bits);

    /// <summary>The address with all but its first <paramref name="bits"/> bits cleared.</summary>
    public static IPAddress Mask(IPAddress address, int bits)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            var keep = Math.Clamp(bits - (i * 8), 0, 8);
            bytes[i] &= (byte)(0xff << (8 - keep));
        }

        return new IPAddress(bytes);
    }
}
