using System.Collections.Frozen;
using System.Net;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace TagGateway.Sanitizing;

/// <summary>Writes the headers of a request to Google: those on the allow-list as they came, then the gateway's own. Nothing else leaves:
/// no Authorization, no site cookie, no tracing header, no <c>X-Forwarded-*</c> or <c>X-Gtg-*</c> of a visitor.</summary>
internal static class RequestSanitizer
{
    /// <summary>Google's contract §4.2; conditionals for scripts; what the fetch standard adds to a tag's requests.
    /// Ranges only for scripts of the site's own tags (<see cref="ApplyRange"/>).</summary>
    private static readonly FrozenSet<string> Allowed = new[]
    {
        HeaderNames.Accept, HeaderNames.AcceptLanguage, HeaderNames.UserAgent, HeaderNames.Origin, HeaderNames.DNT, "Sec-GPC",
        HeaderNames.CacheControl, HeaderNames.Pragma,
        HeaderNames.IfMatch, HeaderNames.IfNoneMatch, HeaderNames.IfModifiedSince, HeaderNames.IfUnmodifiedSince,
        HeaderNames.AccessControlRequestMethod, HeaderNames.AccessControlRequestHeaders,
        "Service-Worker", "X-Gtm-Server-Preview", "Attribution-Reporting-Eligible", "Attribution-Reporting-Support",
        ContentType, ContentEncoding, ContentMd5,
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Fetch metadata, the user agent's client hints (not those of screen and device), and the service worker's words for the page.</summary>
    private static readonly string[] AllowedPrefixes = ["Sec-Fetch-", "Sec-CH-UA", "X-Effective-"];

    private const string ContentType = "Content-Type";
    private const string ContentEncoding = "Content-Encoding";
    private const string ContentMd5 = "Content-MD5";

    /// <param name="source">The visitor's headers.</param>
    /// <param name="request">The request to Google, its URI and content set.</param>
    /// <param name="policy">What of the visitor may be told.</param>
    /// <param name="address">The visitor's address; null when unknown.</param>
    /// <param name="region">As Google's contract spells it; empty when unknown.</param>
    public static void Apply(IHeaderDictionary source, HttpRequestMessage request, VisitorPolicy policy, IPAddress? address, string region)
    {
        var nominated = ConnectionHeader.Nominated(source.Connection);
        foreach (var (name, values) in source)
        {
            if (MayForward(name) && (nominated is null || !nominated.Contains(name)))
            {
                Add(request, name, values);
            }
        }

        if (request.Content is not null)
        {
            request.Content.Headers.ContentLength = source.ContentLength;
        }

        AddAcceptEncoding(source, request);
        AddCookies(source, request, policy.Cookies);
        AddReferer(source, request, policy.Referer);
        AddVisitor(request, policy.Ip, address, region);
    }

    /// <summary>Passes on that a part is asked for. Only of what is known to be the site's own script: a part of an answer cannot be judged.</summary>
    public static void ApplyRange(IHeaderDictionary source, HttpRequestMessage request)
    {
        foreach (var name in (ReadOnlySpan<string>)[HeaderNames.Range, HeaderNames.IfRange])
        {
            if (source.TryGetValue(name, out var values))
            {
                Add(request, name, values);
            }
        }
    }

    public static bool MayForward(string name)
    {
        if (Allowed.Contains(name))
        {
            return true;
        }

        foreach (var prefix in AllowedPrefixes)
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static void Add(HttpRequestMessage request, string name, StringValues values)
    {
        if (name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase))
        {
            request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }
        else if (values.Count == 1)
        {
            request.Headers.TryAddWithoutValidation(name, values[0]);
        }
        else
        {
            request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }
    }

    /// <summary>Narrowed to what the gateway can read back: the tag ids in a script answer are checked on its way.</summary>
    private static void AddAcceptEncoding(IHeaderDictionary source, HttpRequestMessage request)
    {
        var accepted = AcceptedCodings.Parse(source.AcceptEncoding);
        var encodings = (accepted.Gzip > 0, accepted.Brotli > 0) switch
        {
            (true, true) => "gzip, br",
            (true, false) => "gzip",
            (false, true) => "br",
            _ => null,
        };
        if (encodings is not null)
        {
            request.Headers.TryAddWithoutValidation(HeaderNames.AcceptEncoding, encodings);
        }
    }

    private static void AddCookies(IHeaderDictionary source, HttpRequestMessage request, CookieAllowList allowed)
    {
        string? kept = null;
        foreach (var line in source.Cookie)
        {
            // HTTP/2 may split the cookies over several lines; towards HTTP/1.1 they are one again (RFC 9113 §8.2.3).
            var part = line is null ? null : allowed.Filter(line);
            kept = kept is null || part is null ? part ?? kept : $"{kept}; {part}";
        }

        if (kept is not null)
        {
            request.Headers.TryAddWithoutValidation(HeaderNames.Cookie, kept);
        }
    }

    private static void AddReferer(IHeaderDictionary source, HttpRequestMessage request, RefererPolicy policy)
    {
        var referer = source.Referer.Count == 1 ? source.Referer[0] : null;
        var sent = policy == RefererPolicy.Full ? referer : OriginOf(referer);
        if (sent is not null)
        {
            request.Headers.TryAddWithoutValidation(HeaderNames.Referer, sent);
        }
    }

    /// <summary><c>https://www.shop.example/cart?x=1</c> → <c>https://www.shop.example/</c>, as browsers cut it (strict-origin-when-cross-origin);
    /// null for what is no http address, so that nothing else gets out by this header.</summary>
    private static string? OriginOf(string? referer)
    {
        var host = referer is null ? 0
            : referer.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? 8
            : referer.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? 7 : 0;
        if (host == 0)
        {
            return null;
        }

        var end = referer.AsSpan(host).IndexOfAny("/?#\\");
        var authority = end < 0 ? referer.AsSpan(host) : referer.AsSpan(host, end);
        var at = authority.LastIndexOf('@');
        authority = authority[(at + 1)..];
        return authority.Length == 0 ? null : $"{referer.AsSpan(0, host)}{authority}/";
    }

    private static void AddVisitor(HttpRequestMessage request, VisitorIp policy, IPAddress? address, string region)
    {
        if (address is not null && policy != VisitorIp.Hide)
        {
            var told = policy == VisitorIp.Truncate ? AddressTruncation.Truncate(address) : address;
            request.Headers.TryAddWithoutValidation("X-Forwarded-For", told.ToString());
        }

        if (region.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("X-Forwarded-CountryRegion", region);
        }
    }
}
