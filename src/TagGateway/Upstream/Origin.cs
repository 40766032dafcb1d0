using System.Diagnostics.CodeAnalysis;

namespace TagGateway.Upstream;

/// <summary>The website behind the gateway.</summary>
/// <param name="Prefix">Scheme, host and port without a trailing slash: <c>http://127.0.0.1:3000</c>.</param>
/// <param name="Host">Sent as Host instead of the visitor's; null: the visitor's.</param>
/// <param name="IsHttp2Only"><c>h2c://</c>: HTTP/2 without TLS, known beforehand.</param>
internal sealed record Origin(string Prefix, string? Host, bool IsHttp2Only)
{
    /// <summary>Host and port, always with one: <c>web.example:443</c>, <c>[::1]:3000</c>.</summary>
    public string Authority { get; } = AuthorityOf(new Uri(Prefix));

    /// <summary><c>http://</c>, <c>https://</c> or <c>h2c://</c>, a host and an optional port; nothing behind it.</summary>
    public static bool TryParse(string? text, string? host, [NotNullWhen(true)] out Origin? origin)
    {
        origin = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https" or "h2c")
            || uri is not { PathAndQuery: "/" or "", Fragment: "", UserInfo: "", Host.Length: > 0 })
        {
            return false;
        }

        var http2 = uri.Scheme == "h2c";
        var port = uri.IsDefaultPort || uri.Port < 0 ? "" : $":{uri.Port}";
        origin = new Origin($"{(http2 ? "http" : uri.Scheme)}://{uri.Host}{port}", host, http2);
        return true;
    }

    /// <summary>As <see cref="Authority"/>, of what is dialled for it.</summary>
    /// <param name="host">In ASCII, IPv6 without brackets.</param>
    /// <param name="port">Never left out.</param>
    public static string AuthorityOf(string host, int port) => host.Contains(':', StringComparison.Ordinal) ? $"[{host}]:{port}" : $"{host}:{port}";

    private static string AuthorityOf(Uri uri) => AuthorityOf(uri.IdnHost.Trim('[', ']'), uri.Port);
}
