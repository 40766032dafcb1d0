using System.Text;

namespace TagGateway.Demo.Google;

/// <summary>The answers that hits get, with the headers seen at Google: also those that only concern the host they were sent by.</summary>
internal static class HitAnswer
{
    public const string NoStore = "no-cache, no-store, must-revalidate";
    private static readonly byte[] Gif = Encoding.Latin1.GetBytes("GIF89a\x01\0\x01\0\x80\0\0\xff\xff\xff\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;");

    /// <summary>204 as GA4's collection answers; the asker's origin may read it.</summary>
    public static GoogleAnswer NoContent(RecordedRequest request) => new(204, [.. Headers("text/plain", request)], default);

    /// <summary>200 with an image of one pixel.</summary>
    public static GoogleAnswer Pixel(RecordedRequest request) => new(200, [.. Headers("image/gif", request)], Gif);

    /// <summary>200 with this text.</summary>
    public static GoogleAnswer Text(RecordedRequest request, string type, string text) =>
        new(200, [.. Headers(type, request)], Encoding.UTF8.GetBytes(text));

    /// <summary>302 to another address of Google.</summary>
    public static GoogleAnswer Redirect(RecordedRequest request, string location) =>
        new(302, [.. Headers("text/html; charset=UTF-8", request), new("Location", location)], default);

    private static IEnumerable<HeaderLine> Headers(string type, RecordedRequest request)
    {
        yield return new("Content-Type", type);
        yield return new("Cache-Control", NoStore);
        yield return new("Pragma", "no-cache");
        yield return new("Expires", "Fri, 01 Jan 1990 00:00:00 GMT");
        yield return new("Cross-Origin-Resource-Policy", "cross-origin");
        yield return new("Content-Security-Policy-Report-Only", "script-src 'none'; form-action 'none'; report-uri https://csp.withgoogle.com/csp/scaffolding");
        yield return new("Server", "Golfe2");
        yield return new("Alt-Svc", "h3=\":443\"; ma=2592000,h3-29=\":443\"; ma=2592000");
        yield return new("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
        yield return new("NEL", "{\"report_to\":\"scaffolding\",\"max_age\":2592000}");
        yield return new("Report-To", "{\"group\":\"scaffolding\",\"max_age\":2592000,\"endpoints\":[{\"url\":\"https://csp.withgoogle.com/csp/report-to/scaffolding\"}]}");
        if (request.Header("Origin") is { } origin)
        {
            yield return new("Access-Control-Allow-Origin", origin);
            yield return new("Access-Control-Allow-Credentials", "true");
        }
    }
}
