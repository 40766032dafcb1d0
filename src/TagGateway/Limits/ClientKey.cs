using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace TagGateway.Limits;

/// <summary>Whom a share belongs to: an IPv4 address, or an IPv6 network of 64 bits, since that is the least that one subscriber has.
/// The default value stands for a peer without an address (a Unix socket).</summary>
internal readonly record struct ClientKey
{
    private const int AddressBytes = 16;
    private readonly ulong _prefix;
    private readonly AddressFamily _family;

    private ClientKey(ulong prefix, AddressFamily family) => (_prefix, _family) = (prefix, family);

    /// <param name="address">IPv4 may come in its mapped form; null: none.</param>
    public static ClientKey Of(IPAddress? address)
    {
        Span<byte> bytes = stackalloc byte[AddressBytes];
        if (address is null || !address.TryWriteBytes(bytes, out _))
        {
            return default;
        }

        return address.AddressFamily == AddressFamily.InterNetwork ? new ClientKey(BinaryPrimitives.ReadUInt32BigEndian(bytes), AddressFamily.InterNetwork)
            : address.IsIPv4MappedToIPv6 ? new ClientKey(BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]), AddressFamily.InterNetwork)
            : new ClientKey(BinaryPrimitives.ReadUInt64BigEndian(bytes), AddressFamily.InterNetworkV6);
    }
}
