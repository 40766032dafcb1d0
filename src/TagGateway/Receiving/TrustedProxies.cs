using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using TagGateway.Sanitizing;

namespace TagGateway.Receiving;

/// <summary>The proxies whose <c>X-Forwarded-*</c> and geo headers are believed.</summary>
internal sealed class TrustedProxies(IReadOnlyList<IPNetwork> networks)
{
    public static readonly TrustedProxies None = new([]);

    private const int IPv4Bits = 32;
    private const int IPv6Bits = 128;

    /// <summary>An address (<c>10.0.0.1</c>, <c>::1</c>) or a network in CIDR form (<c>10.0.0.0/8</c>), host bits ignored.</summary>
    public static bool TryParseNetwork([NotNullWhen(true)] string? text, out IPNetwork network)
    {
        network = default;
        var (address, bits) = (text ?? "").Split('/') switch
        {
            [var only] => (only, null),
            [var left, var right] => (left, right),
            _ => ("", null),
        };
        if (!AddressText.TryParse(address, out var parsed))
        {
            return false;
        }

        // A network of IPv4 in its mapped form counts its bits from the front of the longer address.
        var width = parsed.AddressFamily == AddressFamily.InterNetwork ? IPv4Bits : IPv6Bits;
        var offset = width == IPv4Bits && address.Contains(':', StringComparison.Ordinal) ? IPv6Bits - IPv4Bits : 0;
        var length = width;
        if (bits is not null && (!int.TryParse(bits, NumberStyles.None, null, out length) || (length -= offset) < 0 || length > width))
        {
            return false;
        }

        network = new IPNetwork(AddressTruncation.Mask(parsed, length), length);
        return true;
    }

    /// <summary>False for null (a Unix socket has no address).</summary>
    public bool Contains(IPAddress? address)
    {
        if (address is null || networks.Count == 0)
        {
            return false;
        }

        var plain = AddressText.Plain(address);
        foreach (var network in networks)
        {
            if (network.Contains(plain))
            {
                return true;
            }
        }

        return false;
    }
}
