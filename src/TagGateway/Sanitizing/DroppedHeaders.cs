using System.Collections.Frozen;
using Microsoft.Net.Http.Headers;

namespace TagGateway.Sanitizing;

/// <summary>Names the response headers of Google's that must not reach the client, because they act on more than the response that carries them. A deny-list and
/// no allow-list: Google's contract wants responses back unchanged (§3), among them headers whose names come and go with its products (debug headers,
/// attribution, consent). So that it does not age with each new name, families are dropped whole, by the beginning or the end of the name.</summary>
internal static class DroppedHeaders
{
    /// <summary>They act on one connection (RFC 9110 §7.6.1).</summary>
    private static readonly string[] OfTheConnection =
    [
        HeaderNames.Connection, HeaderNames.KeepAlive, HeaderNames.ProxyConnection, HeaderNames.ProxyAuthenticate, HeaderNames.ProxyAuthorization,
        "Proxy-Authentication-Info", HeaderNames.TE, HeaderNames.Trailer, HeaderNames.TransferEncoding, HeaderNames.Upgrade,
    ];

    /// <summary>They act on the site's whole origin in the browser: transport, reporting, alternative services, stored data, authentication, sessions, permissions,
    /// what is loaded ahead or taken for the same; and those that lead the browser or its tools elsewhere.</summary>
    private static readonly string[] OfTheOrigin =
    [
        HeaderNames.StrictTransportSecurity, "Public-Key-Pins", "Expect-CT", HeaderNames.AltSvc, "Clear-Site-Data",
        "NEL", "Report-To", "Reporting-Endpoints", "Accept-CH", "Accept-CH-Lifetime", "Critical-CH", "Origin-Agent-Cluster", "Origin-Trial",
        HeaderNames.WWWAuthenticate, "Authentication-Info", "Set-Login", "IdP-SignIn-Status", "Use-As-Dictionary",
        "Permissions-Policy", "Feature-Policy", "Document-Policy", "Require-Document-Policy", "X-Permitted-Cross-Domain-Policies",
        "Speculation-Rules", "Supports-Loading-Mode", "No-Vary-Search", "Shared-Storage-Write", "Observe-Browsing-Topics",
        HeaderNames.Link, "Refresh", "SourceMap", "X-SourceMap",
    ];

    /// <summary>They give orders to a cache or proxy in front: which file to send, where to ask instead, what to keep for how long, and what to forget.</summary>
    private static readonly string[] OfAProxy =
    [
        "Cache-Tag", "Cache-Tags", "X-Cache-Tag", "X-Cache-Tags", "Cache-Groups", "Cache-Group-Invalidation", "Key", "XKey", "X-Key", "Variants", "Variant-Key", "X-TTL", "X-ESI",
    ];

    private static readonly FrozenSet<string> Names =
        OfTheConnection.Concat(OfTheOrigin).Concat(OfAProxy).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>By their first letter: nginx, Apache, lighttpd, Perlbal, LiteSpeed, Hiawatha, Varnish, Envoy; the CDNs and hosting platforms (RFC 9213 has
    /// <c>CDN-Cache-Control</c>, Edge Architecture the <c>Surrogate-</c> ones); device-bound sessions in browsers.</summary>
    private static readonly FrozenDictionary<char, string[]> Prefixes = new[]
    {
        "X-Accel-", "X-Sendfile", "X-LIGHTTPD-", "X-Reproxy-", "X-LiteSpeed-", "X-Hiawatha-", "X-Varnish-", "X-VC-", "X-Envoy-", "X-Middleware-", "X-Vercel-", "X-Akamai-",
        "Surrogate-", "Edge-", "CDN-", "CF-", "Cloudflare-", "Fastly-", "Akamai-", "Netlify-", "Vercel-", "Fly-",
        "Secure-Session-", "Sec-Session-",
    }.GroupBy(prefix => LetterOf(prefix)).ToFrozenDictionary(group => group.Key, group => group.ToArray());

    /// <summary>Of policies that only report, to wherever they say.</summary>
    private const string ReportOnly = "-Report-Only";

    /// <summary>Of what targets a single cache (RFC 9213 §2), whatever that cache calls itself.</summary>
    private const string TargetedCacheControl = "-Cache-Control";

    /// <param name="name">Of any case; not empty.</param>
    public static bool Contains(string name) =>
        Names.Contains(name) || HasPrefix(name)
        || name.EndsWith(ReportOnly, StringComparison.OrdinalIgnoreCase) || name.EndsWith(TargetedCacheControl, StringComparison.OrdinalIgnoreCase);

    private static bool HasPrefix(string name)
    {
        if (Prefixes.TryGetValue(LetterOf(name), out var prefixes))
        {
            foreach (var prefix in prefixes)
            {
                if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static char LetterOf(string name) => char.ToLowerInvariant(name[0]);
}
