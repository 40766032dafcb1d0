using System.Buffers;
using System.Net;

namespace TagGateway.Html;

/// <summary>The source expressions of a content security policy against addresses of the page's own origin (CSP3 §2.3.1, §6.7.2). Where browsers are more
/// generous than the standard, the standard is followed.</summary>
internal static class SourceExpression
{
    private static readonly SearchValues<char> Base64 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_");

    /// <summary><c>'nonce-…'</c>; null for any other, and for one that is not base64.</summary>
    public static string? NonceOf(string source)
    {
        const string Start = "'nonce-";
        return source.StartsWith(Start, StringComparison.OrdinalIgnoreCase) && source.EndsWith('\'') && source.Length > Start.Length + 1 && source[Start.Length..^1] is var value && IsBase64(value)
            ? value : null;
    }

    public static bool IsHash(string source) =>
        source.EndsWith('\'')
        && (source.StartsWith("'sha256-", StringComparison.OrdinalIgnoreCase) || source.StartsWith("'sha384-", StringComparison.OrdinalIgnoreCase) || source.StartsWith("'sha512-", StringComparison.OrdinalIgnoreCase))
        && IsBase64(source.AsSpan(8)[..^1]);

    /// <summary>One of them matches an address of the page's own origin.</summary>
    /// <param name="origin">Null: not known; then <c>'self'</c> and <c>*</c> alone match.</param>
    /// <param name="path">Of the address.</param>
    public static bool AnyMatches(string[] sources, string? origin, string path)
    {
        foreach (var source in sources)
        {
            if (source == "*" || source.Equals("'self'", StringComparison.OrdinalIgnoreCase) || (origin is not null && MatchesAddress(source, origin, path)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool MatchesAddress(ReadOnlySpan<char> source, string origin, string path)
    {
        if (source.StartsWith('\'') || !PageUrl.TrySplit(origin, out var ownScheme, out var authority, out _))
        {
            return false;
        }

        var schemeEnd = source.IndexOf("://");
        var isSchemeOnly = schemeEnd < 0 && source.EndsWith(':');
        var scheme = isSchemeOnly ? source[..^1] : schemeEnd < 0 ? ownScheme : source[..schemeEnd];
        if (!MatchesScheme(scheme, ownScheme) || isSchemeOnly)
        {
            return isSchemeOnly && MatchesScheme(scheme, ownScheme);
        }

        var rest = schemeEnd < 0 ? source : source[(schemeEnd + 3)..];
        var slash = rest.IndexOf('/');
        var (host, port) = Split(slash < 0 ? rest : rest[..slash]);
        var (ownHost, ownPort) = Split(authority);
        return MatchesHost(host, ownHost) && MatchesPort(port, ownPort, ownScheme) && (slash < 0 || MatchesPath(rest[slash..], path));
    }

    private static bool MatchesScheme(ReadOnlySpan<char> scheme, ReadOnlySpan<char> own) =>
        scheme.Equals(own, StringComparison.OrdinalIgnoreCase)
        || (own.Equals("https", StringComparison.OrdinalIgnoreCase) && (scheme.Equals("http", StringComparison.OrdinalIgnoreCase) || scheme.Equals("wss", StringComparison.OrdinalIgnoreCase)))
        || scheme.Equals("ws", StringComparison.OrdinalIgnoreCase);

    /// <summary><c>*.shop.example</c> is not <c>shop.example</c>. Addresses by number match by no host, but this machine's.</summary>
    private static bool MatchesHost(ReadOnlySpan<char> host, ReadOnlySpan<char> own) =>
        host is "*"
        || (host.StartsWith("*.", StringComparison.Ordinal) ? own.EndsWith(host[1..], StringComparison.OrdinalIgnoreCase)
            : host.Equals(own, StringComparison.OrdinalIgnoreCase) && (host is "127.0.0.1" || (!host.StartsWith('[') && !IPAddress.TryParse(host, out _))));

    private static bool MatchesPort(ReadOnlySpan<char> port, ReadOnlySpan<char> own, ReadOnlySpan<char> scheme)
    {
        var usual = scheme.Equals("http", StringComparison.OrdinalIgnoreCase) ? "80" : "443";
        return port is "*" || (port.IsEmpty ? usual : port).SequenceEqual(own.IsEmpty ? usual : own);
    }

    /// <summary>A path that ends with a slash is a folder, any other is a whole path.</summary>
    private static bool MatchesPath(ReadOnlySpan<char> pattern, string path)
    {
        var end = pattern.IndexOfAny('?', '#');
        var wanted = Uri.UnescapeDataString((end < 0 ? pattern : pattern[..end]).ToString());
        return wanted.EndsWith('/') ? path.StartsWith(wanted, StringComparison.Ordinal) : path == wanted;
    }

    /// <summary>Behind the last colon stands a port, but inside an IPv6 address.</summary>
    private static HostAndPort Split(ReadOnlySpan<char> authority)
    {
        var colon = authority.LastIndexOf(':');
        return colon < 0 || authority[colon..].Contains(']') ? new HostAndPort(authority, default) : new HostAndPort(authority[..colon], authority[(colon + 1)..]);
    }

    private static bool IsBase64(ReadOnlySpan<char> value)
    {
        var text = value.TrimEnd('=');
        return text.Length > 0 && value.Length - text.Length <= 2 && !text.ContainsAnyExcept(Base64);
    }

    private readonly ref struct HostAndPort(ReadOnlySpan<char> host, ReadOnlySpan<char> port)
    {
        private readonly ReadOnlySpan<char> _host = host;
        private readonly ReadOnlySpan<char> _port = port;

        public void Deconstruct(out ReadOnlySpan<char> host, out ReadOnlySpan<char> port)
        {
            host = _host;
            port = _port;
        }
    }
}
