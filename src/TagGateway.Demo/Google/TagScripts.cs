using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace TagGateway.Demo.Google;

/// <summary>Serves tag scripts: personalised by path and geo, compressed as asked for, with Google's cache headers.</summary>
internal sealed partial class TagScripts
{
    private const int MaxKept = 500;
    private const string PreviewCookie = "__TAG_ASSISTANT";
    private static readonly string[] PreviewParameters = ["gtm_debug", "gtm_preview", "gtm_auth"];
    private static readonly byte[] Stub = Encoding.UTF8.GetBytes("/* health probe: not a tag */\n(function(){window.google_tag_data=window.google_tag_data||{};})();\n");
    private readonly ConcurrentDictionary<TagScriptKey, CompressedScript> _kept = new();

    /// <summary>200 with the script, 304 when the asker has it, 400 for an id that is malformed or not this host's.</summary>
    public GoogleAnswer Answer(GoogleRoute route, RecordedRequest request, GoogleScenario scenario)
    {
        var id = (RawQuery.Find(route.Query, "id") ?? route.Tag).ToUpperInvariant();
        if (!GoogleRoute.IsTagId(id) || (scenario.OnlyOwnTag && !route.IsOrdinary && !Owns(route.Tag, id, scenario)))
        {
            return GoogleAnswer.Text(400, "Invalid tag ID.");
        }

        var script = RawQuery.Find(route.Query, "gtg_health") is "1"
            ? new CompressedScript(Stub)
            : Find(new(id, route.Tag, route.MeasurementPath, LayerOf(route.Query), GeoOf(route, request, scenario), scenario));
        var answer = Answer(script, request, "private, max-age=900");
        return IsPreview(route, request) ? answer.With(PreviewHeaders(scenario)) : answer;
    }

    /// <summary>Any script as Google serves it: in the best encoding, 304 when the asker has it.</summary>
    public static GoogleAnswer Answer(CompressedScript script, RecordedRequest request, string cacheControl)
    {
        var (encoding, body, etag) = script.For(string.Join(',', request.HeaderValues("Accept-Encoding")));
        List<HeaderLine> headers =
        [
            new("Content-Type", "application/javascript; charset=UTF-8"),
            new("Cache-Control", cacheControl),
            new("Vary", "Accept-Encoding"),
            new("ETag", etag),
            new("Cross-Origin-Resource-Policy", "cross-origin"),
            new("Access-Control-Allow-Origin", "*"),
            new("Server", "Google Tag Manager"),
            new("Alt-Svc", "h3=\":443\"; ma=2592000"),
        ];
        if (request.HeaderValues("If-None-Match").Any(value => value.Contains(etag, StringComparison.Ordinal)))
        {
            return new(304, headers, default);
        }

        return encoding is null ? new(200, headers, body) : new(200, [.. headers, new("Content-Encoding", encoding)], body);
    }

    private CompressedScript Find(TagScriptKey key)
    {
        if (_kept.Count > MaxKept)
        {
            _kept.Clear();
        }

        return _kept.GetOrAdd(key, wanted => new CompressedScript(TagScript.Build(wanted)));
    }

    private static bool Owns(string tag, string id, GoogleScenario scenario) =>
        id == tag || (scenario.Containers.TryGetValue(tag, out var children) && children.Contains(id, StringComparer.OrdinalIgnoreCase));

    private static VisitorGeo? GeoOf(GoogleRoute route, RecordedRequest request, GoogleScenario scenario) =>
        route.IsOrdinary ? VisitorGeo.Parse(scenario.AskerRegion) : VisitorGeo.Read(request);

    private static string LayerOf(string query) =>
        RawQuery.Find(query, "l") is { } layer && LayerForm().IsMatch(layer) ? layer : "dataLayer";

    private static bool IsPreview(GoogleRoute route, RecordedRequest request) =>
        PreviewParameters.Any(name => RawQuery.Find(route.Query, name) is not null)
        || request.HeaderValues("Cookie").Any(value => value.Contains(PreviewCookie, StringComparison.Ordinal));

    private static IEnumerable<HeaderLine> PreviewHeaders(GoogleScenario scenario)
    {
        if (scenario.DebugHeaderBytes > 0)
        {
            yield return new("x-encrypted-debug-headers", new string('d', scenario.DebugHeaderBytes));
        }

        yield return new("Set-Cookie", "gtm_debug_session=1; Path=/; Max-Age=3600; SameSite=Lax");
        yield return new("Set-Cookie", "gtm_auth_session=synthetic; Path=/; Domain=.fps.goog; Max-Age=3600; Secure; SameSite=None");
        yield return new("Set-Cookie", "gtm_preview_session=env-1; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax");
    }

    [GeneratedRegex("^[A-Za-z_$][A-Za-z0-9_$]{0,63}$")]
    private static partial Regex LayerForm();
}
