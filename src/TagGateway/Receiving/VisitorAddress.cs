using System.Diagnostics.CodeAnalysis;
using System.Net;
using Microsoft.Extensions.Primitives;

namespace TagGateway.Receiving;

/// <summary>Finds the visitor's address behind trusted proxies: <c>X-Forwarded-For</c> is walked from the right, the first hop
/// that is not trusted is the visitor. What stands further left is hearsay.</summary>
internal static class VisitorAddress
{
    /// <summary>More hops than any real chain has; the rest is not looked at.</summary>
    private const int MaxHops = 32;

    /// <param name="peer">The other end of the connection; null for a Unix socket.</param>
    /// <param name="forwardedFor">All lines of <c>X-Forwarded-For</c>, in their order.</param>
    /// <param name="trusted">Whom to believe.</param>
    /// <returns>The peer when it is not trusted, or when its entry is garbage; the leftmost hop when all are trusted.</returns>
    public static IPAddress? Find(IPAddress? peer, StringValues forwardedFor, TrustedProxies trusted)
    {
        var current = AddressText.Plain(peer);
        if (forwardedFor.Count == 0 || !trusted.Contains(current))
        {
            return current;
        }

        var hops = 0;
        for (var line = forwardedFor.Count - 1; line >= 0; line--)
        {
            var rest = forwardedFor[line].AsSpan();
            while (rest.Length > 0 && hops++ < MaxHops)
            {
                var comma = rest.LastIndexOf(',');
                var entry = rest[(comma + 1)..].Trim();
                rest = comma < 0 ? [] : rest[..comma];
                if (!TryParse(entry, out var address))
                {
                    return current;
                }

                current = address;
                if (!trusted.Contains(address))
                {
                    return current;
                }
            }
        }

        return current;
    }

    /// <summary>An entry as proxies write them: <c>1.2.3.4</c>, <c>1.2.3.4:80</c>, <c>2001:db8::1</c>, <c>[2001:db8::1]:80</c>, quoted or not,
    /// with or without a zone id. False for names, <c>unknown</c>, <c>_hidden</c> and shortened IPv4.</summary>
    public static bool TryParse(ReadOnlySpan<char> entry, [NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        var text = entry.Trim().Trim('"');
        if (text.StartsWith('['))
        {
            var end = text.IndexOf(']');
            if (end < 0 || !IsPortOrNothing(text[(end + 1)..]))
            {
                return false;
            }

            text = text[1..end];
        }
        else if (text.Count(':') == 1)
        {
            var colon = text.IndexOf(':');
            if (!IsPortOrNothing(text[colon..]))
            {
                return false;
            }

            text = text[..colon];
        }

        var zone = text.IndexOf('%');
        text = zone < 0 ? text : text[..zone];
        return AddressText.TryParse(text, out address);
    }

    private static bool IsPortOrNothing(ReadOnlySpan<char> text) =>
        text.Length == 0 || (text[0] == ':' && text.Length is > 1 and <= 6 && !text[1..].ContainsAnyExceptInRange('0', '9'));
}
