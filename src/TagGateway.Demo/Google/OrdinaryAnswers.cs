using System.Text;

namespace TagGateway.Demo.Google;

/// <summary>What Google's ordinary hosts answer; none of them knows anything of measurement paths or of headers that tell the visitor.</summary>
internal sealed class OrdinaryAnswers(TagScripts scripts)
{
    /// <summary>Cookies that belong to Google's own domains, and one to the answering host itself.</summary>
    private const string AdvertisingCookie = "IDE=synthetic-advertising-id; Expires=Tue, 19 Jan 2038 03:14:07 GMT; Path=/; Domain=.doubleclick.net; Secure; HttpOnly; SameSite=None";
    private const string TestCookie = "test_cookie=CheckForPermission; Max-Age=900; Path=/; Domain=.doubleclick.net; Secure; HttpOnly; SameSite=None";
    private const string PartitionedCookie = "receive_click=1; Max-Age=7776000; Path=/pagead; Secure; HttpOnly; SameSite=None; Partitioned";

    private static readonly byte[] WorkerPage = EmbeddedFile.Read("Google/sw_iframe.html");
    private static readonly byte[] Worker = EmbeddedFile.Read("Google/sw.js");
    private static readonly CompressedScript Legacy = new(EmbeddedFile.Read("Google/Legacy/analytics.js"));
    private static readonly byte[] Debugger = EmbeddedFile.Read("Google/Legacy/bootstrap.js");
    private static readonly string RemarketingScript = EmbeddedFile.ReadText("Google/Remarketing/viewthroughconversion.js");

    /// <summary>Of a route to an ordinary host; 404 where that host has nothing.</summary>
    public GoogleAnswer Answer(GoogleRoute route, RecordedRequest request, GoogleScenario scenario)
    {
        var answer = route.Endpoint is not { } endpoint ? GoogleAnswer.Text(404, "not found")
            : request.Method is "OPTIONS" ? Preflight(request)
            : Answer(endpoint, route, request, scenario);
        return request.Host.Contains("doubleclick.net", StringComparison.OrdinalIgnoreCase) && route.Endpoint is not null
            ? answer.With([new("Set-Cookie", AdvertisingCookie), new("Set-Cookie", TestCookie), new("P3P", "policyref=\"https://googleads.g.doubleclick.net/pagead/gcn_p3p_.xml\", CP=\"CURa ADMa DEVa TAIo PSAo PSDo OUR IND UNI PUR INT DEM STA PRE COM NAV OTC NOI DSP COR\"")])
            : answer;
    }

    private GoogleAnswer Answer(GoogleEndpoint endpoint, GoogleRoute route, RecordedRequest request, GoogleScenario scenario) => endpoint.Answer switch
    {
        EndpointAnswer.TagScript => scripts.Answer(route, request, scenario),
        EndpointAnswer.LegacyScript => TagScripts.Answer(Legacy, request, "public, max-age=7200"),
        EndpointAnswer.DebugScript => new(200, [new("Content-Type", "text/javascript; charset=UTF-8"), new("Cache-Control", HitAnswer.NoStore)], Debugger),
        EndpointAnswer.WorkerFile => WorkerFile(route),
        EndpointAnswer.Collect when RichAnswer.IsAskedFor(route) && scenario.RichAnswers => RichAnswer.OfHit(request),
        EndpointAnswer.Collect => HitAnswer.NoContent(request),
        EndpointAnswer.Conversion when scenario.RichAnswers => RichAnswer.OfConversion(request),
        EndpointAnswer.Pixel or EndpointAnswer.Conversion => HitAnswer.Pixel(request),
        EndpointAnswer.RegionalPixel => RegionalPixel(request, scenario),
        EndpointAnswer.RemarketingScript => Remarketing(route, request, scenario),
        EndpointAnswer.LegacyVerdict => LegacyVerdict(request, scenario),
        EndpointAnswer.PartitionedCookie => HitAnswer.NoContent(request).With([new("Set-Cookie", PartitionedCookie)]),
        EndpointAnswer.Html => Html(request),
        EndpointAnswer.Geo => Geo(request, scenario),
        _ => throw new InvalidOperationException($"{endpoint.Answer} has no answer."),
    };

    /// <summary>A worker whose messages go on to other origins needs leave for its own headers.</summary>
    private static GoogleAnswer Preflight(RecordedRequest request) => HitAnswer.NoContent(request).With(
    [
        new("Access-Control-Allow-Methods", "GET, POST, OPTIONS"),
        new("Access-Control-Allow-Headers", request.Header("Access-Control-Request-Headers") ?? "content-type"),
    ]);

    private static GoogleAnswer WorkerFile(GoogleRoute route)
    {
        var isPage = route.SubPath.EndsWith(".html", StringComparison.Ordinal);
        return new(200,
        [
            new("Content-Type", isPage ? "text/html; charset=UTF-8" : "application/javascript; charset=UTF-8"),
            new("Cache-Control", "public, max-age=31536000"),
            new("Cross-Origin-Resource-Policy", "cross-origin"),
            new("Server", "Google Tag Manager"),
        ], isPage ? WorkerPage : Worker);
    }

    private static GoogleAnswer RegionalPixel(RecordedRequest request, GoogleScenario scenario)
    {
        var there = $"www.{scenario.RedirectDomain}";
        return scenario.RedirectDomain.Length > 0 && !request.Host.Split(':')[0].Equals(there, StringComparison.OrdinalIgnoreCase)
            ? HitAnswer.Redirect(request, $"https://{there}{request.RawTarget}")
            : HitAnswer.Pixel(request);
    }

    /// <summary>The asker's own domain of Google gets a pixel as well as the common one.</summary>
    private static GoogleAnswer Remarketing(GoogleRoute route, RecordedRequest request, GoogleScenario scenario) =>
        HitAnswer.Text(request, "text/javascript; charset=UTF-8", RemarketingScript
            .Replace("{account}", route.SubPath.TrimEnd('/').Split('/')[^1], StringComparison.Ordinal)
            .Replace("{domain}", DomainOf(scenario), StringComparison.Ordinal));

    /// <summary><c>2</c>: ask DoubleClick. <c>1g</c> and a country's ending: also show a pixel of that Google.</summary>
    private static GoogleAnswer LegacyVerdict(RecordedRequest request, GoogleScenario scenario) => HitAnswer.Text(
        request,
        "text/plain",
        request.Host.StartsWith("stats.", StringComparison.OrdinalIgnoreCase) ? "1g" + DomainOf(scenario)["google.".Length..] : "2");

    private static GoogleAnswer Html(RecordedRequest request) =>
        HitAnswer.Text(request, "text/html; charset=UTF-8", "<!doctype html><html><head><title></title></head><body></body></html>\n");

    private static GoogleAnswer Geo(RecordedRequest request, GoogleScenario scenario)
    {
        var body = Encoding.UTF8.GetBytes(TagBlob.Geo(VisitorGeo.Parse(scenario.AskerRegion), scenario, isFirstParty: false));
        return HitAnswer.Text(request, "application/json; charset=UTF-8", "") with { Body = body };
    }

    private static string DomainOf(GoogleScenario scenario) => GoogleDomains.Of(VisitorGeo.Parse(scenario.AskerRegion)?.Country);
}
