using Microsoft.Net.Http.Headers;
using TagGateway.Routes;
using TagGateway.Sanitizing;
using TagGateway.Sites;

namespace TagGateway.Upstream;

/// <summary>The headers of Google's answer on their way to the visitor, by what was asked.</summary>
internal static class AnswerHeaders
{
    /// <summary>What describes the bytes that came, and not those that a rewriting has made of them.</summary>
    private static readonly string[] OfTheBytes =
    [
        HeaderNames.ContentEncoding, HeaderNames.ContentLength, HeaderNames.ETag, HeaderNames.ContentMD5, HeaderNames.AcceptRanges,
        "Digest", "Content-Digest", "Repr-Digest",
    ];

    public static void Copy(HttpContext context, MeasurementTarget target, HttpResponseMessage answer)
    {
        var headers = context.Response.Headers;
        ResponseSanitizer.Copy(answer, headers, RulesOf(target.Site, target.Route, target.SubPath, context.Request.Host.Host));
        if (target.Site.IsFull && headers.Location.Count > 0)
        {
            // Browsers follow two that are the same.
            headers.Location = headers.Location.Select(location => RedirectAddress.Of(location ?? "", target.Route, target.Site.Path.Value)).ToArray();
        }

        if (WorkerScope(target) is { } scope)
        {
            headers[ResponseSanitizer.ServiceWorkerAllowed] = scope;
        }
    }

    /// <summary>After a rewriting.</summary>
    /// <param name="headers">The visitor's answer's.</param>
    /// <param name="length">The new one; null while it is not known.</param>
    public static void FitNewBody(IHeaderDictionary headers, long? length)
    {
        foreach (var name in OfTheBytes)
        {
            headers.Remove(name);
        }

        headers.ContentLength = length;
    }

    /// <param name="site">Whose origin.</param>
    /// <param name="route">Where it was asked for; null: Google's tag gateway.</param>
    /// <param name="subPath">What follows the measurement path.</param>
    /// <param name="host">The visitor's, whose cookies the tag gateway may set. No other host of Google's would ever have set one.</param>
    public static AnswerRules RulesOf(Site site, GoogleRoute? route, ReadOnlySpan<char> subPath, string host) => route?.Kind switch
    {
        null => new AnswerRules(host, IsWorkerPage(subPath) ? DocumentRule.Runs : DocumentRule.Sandboxed, MeasurementPath: site.Path.Value),
        RouteKind.Script or RouteKind.ScriptAnswer or RouteKind.Worker => new AnswerRules(null),
        RouteKind.WorkerPage => new AnswerRules(null, DocumentRule.Runs, MayRun: false),
        RouteKind.NoScriptPage => new AnswerRules(null, DocumentRule.Images, MayRun: false),
        _ => new AnswerRules(null, MayRun: false),
    };

    /// <summary>The worker's scope lies above its file's folder, and the browser asks whether it may (Service Workers §6.1.1). Null for anything but a worker of
    /// Google's ordinary hosts.</summary>
    public static string? WorkerScope(MeasurementTarget target) =>
        target.Route?.Kind != RouteKind.Worker ? null
        : target.NamesItsHost ? $"{target.Site.Path}/-/{target.Route.Host}/static/service_worker"
        : $"{target.Site.Path}{ResponseSanitizer.WorkerFolder}";

    private static bool IsWorkerPage(ReadOnlySpan<char> subPath) =>
        subPath.StartsWith($"{ResponseSanitizer.WorkerFolder}/", StringComparison.Ordinal) && subPath.EndsWith("/sw_iframe.html", StringComparison.Ordinal);
}
