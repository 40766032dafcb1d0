using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TagGateway.Demo.Google;

namespace TagGateway.Demo.Shop;

/// <summary>Streams to the live panel what the stand-in receives, and says what was kept back on the way.</summary>
internal static class PanelFeed
{
    private const int Replayed = 40;

    /// <summary>The shop's own cookies: every visitor of the shop has both, so a hit without them has lost them on the way.</summary>
    private static readonly string[] SiteCookies = [DemoShop.SessionCookie, DemoShop.ThemeCookie];

    /// <summary>The last requests first, then each as it comes, until the browser goes.</summary>
    public static async Task SendAsync(HttpContext context, Recorder recorder, CancellationToken cancellationToken)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        await using var coming = recorder.ListenAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        var next = coming.MoveNextAsync();
        await context.Response.WriteAsync(": connected\n\n", cancellationToken);
        foreach (var request in recorder.Requests.TakeLast(Replayed))
        {
            await WriteAsync(context, request, cancellationToken);
        }

        await context.Response.Body.FlushAsync(cancellationToken);
        while (await next)
        {
            await WriteAsync(context, coming.Current, cancellationToken);
            await context.Response.Body.FlushAsync(cancellationToken);
            next = coming.MoveNextAsync();
        }
    }

    public static PanelHit Describe(RecordedRequest request)
    {
        var cookies = CookiesOf(request);
        return new()
        {
            Number = request.Number,
            At = request.At,
            Kind = request.Kind.ToString(),
            Method = request.Method,
            Host = request.Host,
            Path = request.RawTarget.Split('?')[0],
            SubPath = request.SubPath,
            Query = request.Obscured ? request.Query : "",
            Obscured = request.Obscured,
            Events = [.. request.Events.Select(each => new PanelEvent(each.Name, [.. each.Parameters.Select(pair => new PanelPair(pair.Key, pair.Value))]))],
            Headers = [.. request.Headers.Select(line => new PanelPair(line.Name, line.Value))],
            Cookies = cookies,
            Passed = [.. Passed(request, cookies)],
            Checks = [.. Checks(request, cookies)],
        };
    }

    private static IEnumerable<string> Passed(RecordedRequest request, List<PanelPair> cookies)
    {
        if (VisitorGeo.Read(request) is { } geo)
        {
            yield return $"region {(geo.Region.Length > 0 ? geo.Region : geo.Country)}";
        }

        if (request.Header("X-Forwarded-For") is { } address)
        {
            yield return $"address {address}";
        }

        var measuring = cookies.Where(cookie => !SiteCookies.Contains(cookie.Name)).Select(cookie => cookie.Name).ToList();
        if (measuring.Count > 0)
        {
            yield return $"cookies {string.Join(", ", measuring)}";
        }
    }

    private static IEnumerable<PanelCheck> Checks(RecordedRequest request, List<PanelPair> cookies)
    {
        foreach (var name in SiteCookies)
        {
            yield return new($"cookie {name}", cookies.Exists(cookie => cookie.Name == name));
        }

        // A browser on the same site sends the whole address of the page with every request of the tag. The front page has no path to keep.
        var refererHasPath = HasPath(request.Header("Referer"));
        if (refererHasPath || request.Events.Any(each => HasPath(each.Parameters.GetValueOrDefault("dl"))))
        {
            yield return new("path in the Referer", refererHasPath);
        }

        if (request.Header("Authorization") is not null)
        {
            yield return new("Authorization", true);
        }
    }

    private static bool HasPath(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.AbsolutePath != "/";

    private static List<PanelPair> CookiesOf(RecordedRequest request) =>
    [
        .. request.HeaderValues("Cookie").SelectMany(line => line.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Select(cookie => cookie.Split('=', 2)).Select(parts => new PanelPair(parts[0], parts.Length > 1 ? parts[1] : "")),
    ];

    private static Task WriteAsync(HttpContext context, RecordedRequest request, CancellationToken cancellationToken) =>
        context.Response.WriteAsync($"data: {JsonSerializer.Serialize(Describe(request), PanelJson.Default.PanelHit)}\n\n", cancellationToken);
}
