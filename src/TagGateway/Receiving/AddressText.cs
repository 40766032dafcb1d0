using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace TagGateway.Receiving;

/// <summary>Reads a bare address as people and proxies write it. <see cref="IPAddress"/> alone also takes <c>1</c>, <c>0x7f.0.0.1</c> and
/// <c>010.0.0.1</c> (octal: 8.0.0.1), and whoever is believed must not depend on that.</summary>
internal static class AddressText
{
    /// <summary>False for anything but four decimal numbers or an IPv6 address without zone; an IPv4 address in its mapped form is returned as IPv4.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        if (text.Contains('%') || !IPAddress.TryParse(text, out var parsed)
            || (parsed.AddressFamily == AddressFamily.InterNetwork && !IsWrittenPlainly(parsed, text)))
        {
            return false;
        }

        address = Plain(parsed);
        return true;
    }

    /// <summary>IPv4 out of its mapped form, IPv6 without its zone, which means nothing elsewhere.</summary>
    [return: NotNullIfNotNull(nameof(address))]
    public static IPAddress? Plain(IPAddress? address) => address switch
    {
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4(),
        { AddressFamily: AddressFamily.InterNetworkV6, ScopeId: not 0 } => new IPAddress(address.GetAddressBytes()),
        _ => address,
    };

    private static bool IsWrittenPlainly(IPAddress address, ReadOnlySpan<char> text)
    {
        Span<char> plain = stackalloc char["255.255.255.255".Length];
        return address.TryFormat(plain, out var length) && text.SequenceEqual(plain[..length]);
    }
}
