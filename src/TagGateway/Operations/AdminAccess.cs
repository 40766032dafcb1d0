using System.Net;
using TagGateway.Receiving;

namespace TagGateway.Operations;

/// <summary>Who may use <c>/api/*</c> on the administration port: who has the token when one is configured; else the programs and people of
/// this machine, but no page that one of its browsers shows and no stranger whom one of its proxies lets through.</summary>
internal static class AdminAccess
{
    private const string Scheme = "Bearer ";
    private static readonly string[] ProxyHeaders = ["Forwarded", "Via", "X-Real-IP", "X-Client-IP", "True-Client-IP", "CF-Connecting-IP"];

    /// <param name="context">A request of the administration port.</param>
    /// <param name="token">The one in force; null: none is configured. Asked for on loopback too.</param>
    public static AdminVerdict Judge(HttpContext context, AdminToken? token)
    {
        if (token is not null)
        {
            // No page can send this header here without asking first (CORS), and it is never answered.
            return HasToken(context.Request, token) ? AdminVerdict.Granted : AdminVerdict.WrongToken;
        }

        return !IsLoopback(context.Connection.RemoteIpAddress) || !IsLoopback(context.Connection.LocalIpAddress) ? AdminVerdict.NotLoopback
            : context.Request.Headers.Any(header => IsOfAProxy(header.Key)) ? AdminVerdict.Proxied
            : !IsThisMachine(context.Request.Host.Host) ? AdminVerdict.ForeignHost
            : !IsOwnOrigin(context.Request) ? AdminVerdict.ForeignOrigin
            : AdminVerdict.Granted;
    }

    /// <summary>RFC 6750 §2.1; the scheme's case does not count (RFC 9110 §11.1).</summary>
    private static bool HasToken(HttpRequest request, AdminToken token) =>
        request.Headers.Authorization is [{ } credentials]
        && credentials.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && token.Matches(credentials[Scheme.Length..].Trim(' '));

    /// <summary>False for a connection without addresses.</summary>
    private static bool IsLoopback(IPAddress? address) => AddressText.Plain(address) is { } plain && IPAddress.IsLoopback(plain);

    private static bool IsOfAProxy(string header) =>
        header.StartsWith("X-Forwarded", StringComparison.OrdinalIgnoreCase) || ProxyHeaders.Contains(header, StringComparer.OrdinalIgnoreCase);

    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (AddressText.TryParse(host is ['[', .. var inner, ']'] ? inner : host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>True without a browser's headers. "same-site" is not enough: every port of this machine is one site.</summary>
    private static bool IsOwnOrigin(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"] is [] or ["same-origin" or "none"]
        && (request.Headers.Origin is [] || (request.Headers.Origin is [{ } origin] && origin.Equals($"http://{request.Host.Value}", StringComparison.OrdinalIgnoreCase)));
}
