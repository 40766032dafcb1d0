using System.Collections.Frozen;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace TagGateway.Sanitizing;

/// <summary>Copies the headers of Google's answer to the browser, less what Google must not decide for the site's own origin.</summary>
internal static class ResponseSanitizer
{
    /// <summary>Hop-by-hop headers (RFC 9110 §7.6.1), and those that act on the whole origin: transport, reporting, alternative
    /// services, stored data, authentication, sessions; and the one that leads the browser elsewhere.</summary>
    private static readonly FrozenSet<string> Dropped = new[]
    {
        HeaderNames.Connection, HeaderNames.KeepAlive, HeaderNames.ProxyConnection, HeaderNames.ProxyAuthenticate, HeaderNames.ProxyAuthorization,
        "Proxy-Authentication-Info",
        HeaderNames.TE, HeaderNames.Trailer, HeaderNames.TransferEncoding, HeaderNames.Upgrade,
        HeaderNames.StrictTransportSecurity, "Public-Key-Pins", "Public-Key-Pins-Report-Only", "Expect-CT", HeaderNames.AltSvc,
        "Clear-Site-Data", "NEL", "Report-To", "Reporting-Endpoints", HeaderNames.ContentSecurityPolicyReportOnly, "Accept-CH", "Critical-CH", "Origin-Agent-Cluster",
        HeaderNames.WWWAuthenticate, "Authentication-Info", "Set-Login", "Secure-Session-Registration", "Sec-Session-Registration", "Use-As-Dictionary", "Refresh",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Types that no browser makes a page of that could run anything. Whatever is not among them might be one.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Inert = new[]
    {
        "image/gif", "image/png", "image/jpeg", "image/webp", "image/avif", "image/bmp", "image/x-icon", "image/vnd.microsoft.icon",
        "text/plain", "text/css", "text/event-stream", "application/json", "application/octet-stream",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    private const string Nothing = "sandbox; default-src 'none'";
    private const string ImagesOnly = "sandbox; default-src 'none'; img-src *; frame-src *";
    private const string PlainText = "text/plain";

    /// <param name="answer">Google's.</param>
    /// <param name="target">The browser's response headers.</param>
    /// <param name="rules">What the answer may do.</param>
    public static void Copy(HttpResponseMessage answer, IHeaderDictionary target, AnswerRules rules)
    {
        var nominated = answer.Headers.NonValidated.TryGetValues(HeaderNames.Connection, out var connection)
            ? ConnectionHeader.Nominated(new StringValues([.. connection]))
            : null;
        Copy(answer.Headers, target, rules.CookieHost, nominated);
        Copy(answer.Content.Headers, target, rules.CookieHost, nominated);
        // With chunks beside it the length is a lie that HttpClient has looked through (RFC 9112 §6.3), and the browser would not.
        if ((int)answer.StatusCode is 204 or 205 or 304 or < 200 || answer.Headers.TransferEncodingChunked == true)
        {
            target.Remove(HeaderNames.ContentLength);
        }

        // Without it a browser runs as a script whatever is not an image: only what says JavaScript may, and that is checked.
        target.XContentTypeOptions = "nosniff";
        var runs = rules.Document == DocumentRule.Runs && answer.StatusCode == HttpStatusCode.OK && NameOf(target.ContentType).Equals("text/html", StringComparison.OrdinalIgnoreCase);
        // Of what is no page that could run anything none is needed; of whatever else there may be one.
        if (!runs && (int)answer.StatusCode is not (204 or 205 or 304 or < 200) && !IsInert(target.ContentType))
        {
            target.ContentSecurityPolicy = rules.Document == DocumentRule.Images ? ImagesOnly : Nothing;
        }

        if (!rules.MayRun && JavaScriptType.Is(target.ContentType.ToString()))
        {
            target.ContentType = PlainText;
        }
    }

    private static void Copy(HttpHeaders source, IHeaderDictionary target, string? host, HashSet<string>? nominated)
    {
        foreach (var (name, values) in source.NonValidated)
        {
            if (Dropped.Contains(name) || (nominated is not null && nominated.Contains(name)))
            {
                continue;
            }

            var isCookie = name.Equals(HeaderNames.SetCookie, StringComparison.OrdinalIgnoreCase);
            foreach (var value in values)
            {
                var kept = !isCookie ? value : host is null ? null : SetCookieFilter.Filter(value, host);
                // A control character would make the server refuse the whole answer.
                if (kept is not null && !HeaderSyntax.HasControlCharacter(kept))
                {
                    target[name] = StringValues.Concat(target[name], kept);
                }
            }
        }
    }

    private static bool IsInert(StringValues type) => NameOf(type) is { Length: > 0 } name && (Inert.Contains(name) || JavaScriptType.Is(name));

    /// <summary>Empty unless it is exactly one type: of several browsers take the last (Fetch Standard §2.2.2).</summary>
    private static ReadOnlySpan<char> NameOf(StringValues type)
    {
        var text = type.Count == 1 ? type[0].AsSpan() : [];
        var end = text.IndexOf(';');
        return text.Contains(',') ? [] : (end < 0 ? text : text[..end]).Trim();
    }
}
