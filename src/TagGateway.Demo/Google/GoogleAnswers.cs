using System.Text;

namespace TagGateway.Demo.Google;

/// <summary>What Google answers to each kind of request by the contract; scripts come from <see cref="TagScripts"/>, the rest of Google is
/// <see cref="OrdinaryAnswers"/>.</summary>
internal sealed class GoogleAnswers(TagScripts scripts)
{
    private readonly OrdinaryAnswers _ordinary = new(scripts);
    private static readonly byte[] WorkerPage = EmbeddedFile.Read("Google/sw_iframe.html");
    private static readonly byte[] Worker = EmbeddedFile.Read("Google/sw.js");

    public GoogleAnswer Answer(GoogleRoute route, RecordedRequest request, GoogleScenario scenario) => route.Kind switch
    {
        _ when route.IsOrdinary => _ordinary.Answer(route, request, scenario),
        RequestKind.Refused => route.Refusal!, // a refused route always carries its answer
        RequestKind.Health => Health(route, request),
        RequestKind.Script => scripts.Answer(route, request, scenario),
        RequestKind.Hit => Hit(route, request, scenario),
        RequestKind.Telemetry => Telemetry(route),
        RequestKind.SetCookie => SetCookie(route),
        RequestKind.ServiceWorker => ServiceWorker(route),
        _ => GoogleAnswer.Text(404, "not found"),
    };

    private static GoogleAnswer Health(GoogleRoute route, RecordedRequest request) =>
        route.SubPath.Length > 0 || (RawQuery.Find(route.Query, "validate_geo") is "healthy" && VisitorGeo.Read(request) is not null)
            ? GoogleAnswer.Text(200, "ok")
            : GoogleAnswer.Text(500, "geo missing");

    private static GoogleAnswer Hit(GoogleRoute route, RecordedRequest request, GoogleScenario scenario)
    {
        if (route.SubPath is "g/measurement/conversion" && request.Method is "POST")
        {
            return HitAnswer.Redirect(request, $"https://www.google.com/measurement/conversion?{route.Query}");
        }

        return scenario.RichAnswers && RichAnswer.IsAskedFor(route) ? RichAnswer.OfHit(request) : HitAnswer.NoContent(request);
    }

    private static GoogleAnswer Telemetry(GoogleRoute route) => route.SubPath is "a"
        ? new(200, [new("Content-Type", "image/gif")], Encoding.Latin1.GetBytes("GIF89a\x01\0\x01\0\0\0\0;"))
        : new(204, [new("Content-Type", "text/plain"), new("Cache-Control", HitAnswer.NoStore)], default);

    /// <summary>One Set-Cookie line for each name in the query; names that would break the line are left out.</summary>
    private static GoogleAnswer SetCookie(GoogleRoute route)
    {
        var path = "/";
        var attributes = "";
        var cookies = new List<KeyValuePair<string, string>>();
        foreach (var pair in RawQuery.Pairs(route.Query))
        {
            switch (pair.Key)
            {
                case "p":
                    path = pair.Value;
                    break;
                case "ce":
                    attributes += $"; Max-Age={pair.Value}";
                    break;
                case "d":
                    // "auto:host" leaves the domain out: the cookie stays with the site's own host.
                    attributes += pair.Value.StartsWith("auto", StringComparison.Ordinal) ? "" : $"; Domain={pair.Value}";
                    break;
                default:
                    cookies.Add(pair);
                    break;
            }
        }

        return new(204,
        [
            new("Content-Type", "text/plain"),
            new("Cache-Control", HitAnswer.NoStore),
            .. cookies.Select(cookie => $"{cookie.Key}={cookie.Value}; Path={path}{attributes}; HttpOnly; SameSite=Lax")
                .Where(line => line.All(c => c is >= ' ' and <= '~')).Select(line => new HeaderLine("Set-Cookie", line)),
        ], default);
    }

    private static GoogleAnswer ServiceWorker(GoogleRoute route)
    {
        var isPage = route.SubPath.EndsWith(".html", StringComparison.Ordinal);
        return new(200,
        [
            new("Content-Type", isPage ? "text/html; charset=UTF-8" : "application/javascript; charset=UTF-8"),
            new("Cache-Control", "public, max-age=31536000"),
            new("Service-Worker-Allowed", $"{route.MeasurementPath}_/service_worker"),
            new("Cross-Origin-Resource-Policy", "cross-origin"),
        ], isPage ? WorkerPage : Worker);
    }
}
