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
        if (!IPAddress.TryParse(address, out var parsed) || address.Contains('%', StringComparison.Ordinal)
            || (parsed.AddressFamily == AddressFamily.InterNetwork && address.Count(c => c == '.') != 3))
        {
            return false;
        }

        var width = parsed.GetAddressBytes().Length * 8;
        var length = width;
        if (bits is not null && (!int.TryParse(bits, NumberStyles.None, null, out length) || length > width))
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

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
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
