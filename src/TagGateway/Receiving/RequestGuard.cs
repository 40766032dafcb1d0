using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using TagGateway.Sanitizing;

namespace TagGateway.Receiving;

/// <summary>Refuses requests that smell of smuggling, and malformed ones. Kestrel refuses most by itself; these are the ones it lets through
/// (measured with MDA2AV/Http11Probe and with raw HTTP/2 frames on Kestrel 10).</summary>
internal static class RequestGuard
{
    /// <summary>Where Kestrel puts Content-Length when Transfer-Encoding stands beside it.</summary>
    private const string HiddenContentLength = "X-Content-Length";

    public static RequestRefusal Check(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsTrace(request.Method) || (HttpMethods.IsConnect(request.Method) && !IsExtendedConnect(context)) || IsMisspelled(request.Method))
        {
            return RequestRefusal.Method;
        }

        if (!HostRule.IsMet(request))
        {
            return RequestRefusal.Host;
        }

        var isHttp2 = HttpProtocol.IsHttp2(request.Protocol);
        foreach (var (name, values) in request.Headers)
        {
            // HTTP/2 pseudo headers stand in the collection too.
            if (!HeaderSyntax.IsToken(name.AsSpan(name.StartsWith(':') ? 1 : 0)))
            {
                return RequestRefusal.HeaderName;
            }

            if (name.Contains('_', StringComparison.Ordinal) && IsFramingHeader(name.Replace('_', '-')))
            {
                return RequestRefusal.Framing;
            }

            if (isHttp2 && Http2Fields.IsConnectionSpecific(name, values))
            {
                return RequestRefusal.ConnectionHeader;
            }

            foreach (var value in values)
            {
                if (HeaderSyntax.HasControlCharacter(value) || (isHttp2 && Http2Fields.IsPadded(value)))
                {
                    return RequestRefusal.HeaderValue;
                }
            }
        }

        return IsAmbiguouslyFramed(request) ? RequestRefusal.Framing : RequestRefusal.None;
    }

    /// <summary>CONNECT with a <c>:protocol</c>: how WebSockets start over HTTP/2 (RFC 8441).</summary>
    public static bool IsExtendedConnect(HttpContext context) =>
        context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true };

    /// <summary>Methods are case-sensitive (RFC 9110 §9.1): Kestrel takes <c>head</c> for an unknown one, HttpClient for HEAD, and the two then
    /// wait for different bodies.</summary>
    private static bool IsMisspelled(string method) => !method.Equals(HttpMethods.GetCanonicalizedValue(method), StringComparison.Ordinal);

    /// <summary>Also whatever is not plainly "chunked": a coding taken off here and not named on would change the body.</summary>
    private static bool IsAmbiguouslyFramed(HttpRequest request)
    {
        var encoding = request.Headers.TransferEncoding;
        return encoding.Count > 0
            && (encoding.Count > 1
                || !"chunked".Equals(encoding[0], StringComparison.OrdinalIgnoreCase)
                || request.Protocol == HttpProtocol.Http10
                || request.Headers.ContainsKey(HiddenContentLength)
                || request.ContentLength is not null);
    }

    private static bool IsFramingHeader(string name) =>
        name.Equals(HeaderNames.ContentLength, StringComparison.OrdinalIgnoreCase)
        || name.Equals(HeaderNames.TransferEncoding, StringComparison.OrdinalIgnoreCase);
}
