using System.Globalization;
using System.Net;
using System.Net.Sockets;
using TagGateway.Receiving;
using TagGateway.Sanitizing;

namespace TagGateway.Pages;

/// <summary>Tells the website the truth about where a request came from. A trusted proxy's words are kept and added to; a visitor's own are replaced.</summary>
internal static class ForwardedHeaders
{
    private const string For = "X-Forwarded-For";
    private const string Host = "X-Forwarded-Host";
    private const string Proto = "X-Forwarded-Proto";
    private const string Port = "X-Forwarded-Port";

    /// <summary>RFC 7239; written only where a trusted proxy in front writes it: its chain would be wrong without us.</summary>
    private const string Forwarded = "Forwarded";

    private static readonly string[] Own = [For, Host, Proto, Port, Forwarded];

    /// <summary>Before they are copied: HttpRequestHeaders and HttpContentHeaders each throw at a name of the other's. What the gateway says
    /// itself nobody can nominate away.</summary>
    public static void RemoveNominated(IHeaderDictionary headers)
    {
        if (ConnectionHeader.Nominated(headers.Connection) is { } nominated)
        {
            nominated.ExceptWith(Own);
            foreach (var name in nominated)
            {
                headers.Remove(name);
            }
        }
    }

    /// <summary>Removes what a proxy in front would tell of the client, unless a trusted proxy does. With '_' nobody is believed: a proxy in front replaces
    /// the proper name only, and CGI and WSGI take the two for one.</summary>
    public static void RemoveClaims(IHeaderDictionary headers, Visitor visitor)
    {
        List<string>? claims = null;
        foreach (var (name, _) in headers)
        {
            if ((!visitor.IsViaTrustedProxy || name.Contains('_', StringComparison.Ordinal)) && IsClaim(ProxyClaims.PlainName(name), visitor))
            {
                (claims ??= []).Add(name);
            }
        }

        foreach (var name in claims ?? [])
        {
            headers.Remove(name);
        }
    }

    /// <param name="context">The visitor's request.</param>
    /// <param name="request">What is sent to the website, with the visitor's headers in it.</param>
    /// <param name="visitor">Who sent it.</param>
    public static void Set(HttpContext context, HttpRequestMessage request, Visitor visitor)
    {
        var source = context.Request.Headers;
        var peer = AddressText.Plain(context.Connection.RemoteIpAddress);
        var told = visitor.IsViaTrustedProxy ? source : null;
        var proto = Told(told, Proto) ?? context.Request.Scheme;
        var host = Told(told, Host) ?? context.Request.Host.Value;
        Set(request, For, told is null ? peer?.ToString() : string.Join(", ", told[For].Append(peer?.ToString()).Where(part => !string.IsNullOrEmpty(part))));
        Set(request, Proto, proto);
        Set(request, Host, host);
        Set(request, Port, Told(told, Port) ?? PortOf(proto, host));
        if (Told(told, Forwarded) is { } chain)
        {
            Set(request, Forwarded, $"{chain}, {Hop(context.Request, peer)}");
        }
    }

    /// <summary>The one that the visitor's browser has in its address bar.</summary>
    private static string PortOf(string proto, string? host) =>
        new HostString(First(host ?? "")).Port is { } port ? port.ToString(CultureInfo.InvariantCulture)
        : First(proto).Equals("https", StringComparison.OrdinalIgnoreCase) ? "443" : "80";

    /// <summary>The visitor's own hop: further proxies add theirs behind it.</summary>
    private static string First(string chain) => chain.IndexOf(',', StringComparison.Ordinal) is var end and >= 0 ? chain[..end].Trim() : chain;

    /// <summary>The peer as RFC 7239 §4 has it: <c>for=192.0.2.43;host="a.example:80";proto=http</c>, IPv6 in brackets and quotes.</summary>
    private static string Hop(HttpRequest request, IPAddress? peer)
    {
        var address = peer switch
        {
            null => "unknown",
            { AddressFamily: AddressFamily.InterNetworkV6 } => $"\"[{peer}]\"",
            _ => peer.ToString(),
        };
        var host = request.Host.Value is { Length: > 0 } name && name.AsSpan().IndexOfAny('"', '\\') < 0 ? $";host=\"{name}\"" : "";
        return $"for={address}{host};proto={request.Scheme}";
    }

    private static string? Told(IHeaderDictionary? headers, string name) =>
        headers is not null && headers.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text ? text : null;

    private static bool IsClaim(string name, Visitor visitor) => ProxyClaims.Contains(name) || visitor.IsGeoHeader(name);

    private static void Set(HttpRequestMessage request, string name, string? value)
    {
        request.Headers.Remove(name);
        if (!string.IsNullOrEmpty(value))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
