using System.Collections.Frozen;

namespace TagGateway.Pages;

/// <summary>Names the request headers in which a proxy or CDN in front tells where a request came from: the client's address, its place, the host, scheme and URL that
/// it asked for, its certificate. Websites believe them, so only a trusted proxy may send them.</summary>
internal static class ProxyClaims
{
    private const string CgiPrefix = "HTTP-";

    private static readonly string[] Addresses =
    [
        "Forwarded", "X-Forwarded", "Forwarded-For", "X-Forward-For", "X-Real-IP", "Real-IP", "True-Client-IP", "X-True-Client-IP", "X-True-IP", "Client-IP", "X-Client-IP",
        "Cluster-Client-IP", "X-Cluster-Client-IP", "X-ProxyUser-IP", "Proxy-Client-IP", "WL-Proxy-Client-IP", "Remote-Addr", "X-Remote-Addr", "X-Remote-IP", "X-Originating-IP",
        "X-Source-IP", "X-Custom-IP-Authorization", "Fastly-Client-IP", "Fastly-Temp-XFF", "Fly-Client-IP", "X-Azure-ClientIP", "X-Azure-SocketIP", "X-Vercel-Forwarded-For",
        "X-Vercel-Proxied-For", "X-NF-Client-Connection-IP", "DO-Connecting-IP", "EO-Connecting-IP", "EO-Client-IP", "Incap-Client-IP", "X-Sucuri-ClientIP", "X-Akamai-Client-IP", "Ali-CDN-Real-IP",
        "CDN-Src-IP", "CDN-Client-IP", "CDN-Real-IP", "AR-Real-IP",
    ];

    private static readonly string[] Places =
    [
        "CF-Region", "CF-Region-Code", "CF-Metro-Code", "CF-Postal-Code", "CF-Timezone", "CDN-RequestCountryCode", "CDN-RequestStateCode", "Fly-Region", "X-NF-Geo", "X-Sucuri-Country",
        "X-Client-Geo-Location",
    ];

    /// <summary>IIS and Symfony take the URL of a request from such a header, others its host or scheme.</summary>
    private static readonly string[] Requests =
    [
        "X-Rewrite-URL", "X-Host", "X-HTTP-Host-Override", "X-HTTP-DestinationURL", "X-Script-Name", "X-Replaced-Path", "X-Scheme", "X-URL-Scheme", "X-HTTPS", "X-ARR-SSL", "WL-Proxy-SSL", "Front-End-HTTPS",
        "Fastly-SSL", "Fastly-Orig-Host", "CF-Visitor", "Client-Cert", "Client-Cert-Chain",
    ];

    private static readonly FrozenSet<string> Names = Addresses.Concat(Places).Concat(Requests).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Families of which every member is such a claim.</summary>
    private static readonly string[] Prefixes =
    [
        "X-Forwarded-", "X-Original-", "X-Envoy-", "X-Geo-", "X-GeoIP-", "X-Gclb-", "X-AppEngine-", "X-Vercel-IP-", "CF-Connecting-", "CF-Pseudo-", "CF-IP", "CloudFront-", "Fly-Forwarded-",
    ];

    /// <summary>The name that a website may take the header for: CGI and WSGI write '_' for '-', and programs that know their variables look for
    /// <c>HTTP_CLIENT_IP</c> among headers too.</summary>
    public static string PlainName(string name)
    {
        var plain = name.Contains('_', StringComparison.Ordinal) ? name.Replace('_', '-') : name;
        return plain.StartsWith(CgiPrefix, StringComparison.OrdinalIgnoreCase) ? plain[CgiPrefix.Length..] : plain;
    }

    /// <param name="name">As <see cref="PlainName"/> has it.</param>
    public static bool Contains(string name)
    {
        if (Names.Contains(name))
        {
            return true;
        }

        foreach (var prefix in Prefixes)
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
