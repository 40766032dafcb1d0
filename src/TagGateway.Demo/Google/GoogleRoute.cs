using System.Text.RegularExpressions;

namespace TagGateway.Demo.Google;

/// <summary>What Google makes of a request's host and path: whose tag, which measurement path, which sub-path.</summary>
/// <param name="Kind">What the request is for.</param>
/// <param name="Tag">In upper case; "" when <see cref="Refusal"/> is set.</param>
/// <param name="MeasurementPath">From slash to slash, such as <c>/metrics/</c>.</param>
/// <param name="SubPath">What follows, without a leading slash; of an opaque token its clear text.</param>
/// <param name="Query">Raw, without '?'.</param>
/// <param name="Obscured">The request came as an opaque token.</param>
/// <param name="Refusal">The answer when nothing is served, else null.</param>
internal sealed partial record GoogleRoute(
    RequestKind Kind, string Tag, string MeasurementPath, string SubPath, string Query, bool Obscured, GoogleAnswer? Refusal)
{
    /// <summary>What an ordinary host of Google makes of the request; null on <c>fps.goog</c>, and where that host has nothing.</summary>
    /// <remarks>An ordinary host has no measurement path: the sub-path is the path without its leading slash. Its tag is the one asked for.</remarks>
    public GoogleEndpoint? Endpoint { get; init; }

    /// <summary>One of Google's ordinary hosts was asked.</summary>
    public bool IsOrdinary { get; init; }

    private const string HostSuffix = ".fps.goog";

    /// <summary>Sub-paths that are one request each. The empty one is the root, decided by the method.</summary>
    private static readonly Dictionary<string, RequestKind> Exact = new(StringComparer.Ordinal)
    {
        ["healthy"] = RequestKind.Health,
        ["healthy/"] = RequestKind.Health,
        ["gtm.js"] = RequestKind.Script,
        ["gtag/js"] = RequestKind.Script,
        ["gtag/destination"] = RequestKind.Script,
        ["gtd"] = RequestKind.Script,
        ["g/collect"] = RequestKind.Hit,
        ["ag/g/c"] = RequestKind.Hit,
        ["ga/g/c"] = RequestKind.Hit,
        ["as/p/c"] = RequestKind.Hit,
        ["mc/collect"] = RequestKind.Hit,
        ["g/measurement/conversion"] = RequestKind.Hit,
        ["a"] = RequestKind.Telemetry,
        ["td"] = RequestKind.Telemetry,
        ["_/set_cookie"] = RequestKind.SetCookie,
    };

    private static readonly string[] HitPrefixes = ["as/d/", "as/p/c/", "g/d/", "gs/", "d/", "ddm/activity"];

    /// <summary>Routes by host, the <c>X-Gtg-Tag-Id</c> header and the raw request target; never throws.</summary>
    public static GoogleRoute Of(string method, string host, string? tagIdHeader, string rawTarget)
    {
        var tag = TagOf(host);
        if (tag is null && GoogleHosts.TryFind(host, out var ordinary))
        {
            return OfOrdinary(ordinary, rawTarget);
        }

        if (tag is not null && tagIdHeader is not null)
        {
            return Refuse(400, "Tag ID is in both Header and Host subdomain.");
        }

        tag ??= host.Equals("fps.goog", StringComparison.OrdinalIgnoreCase) && tagIdHeader is not null && TagForm().IsMatch(tagIdHeader)
            ? tagIdHeader.ToUpperInvariant()
            : null;
        if (tag is null)
        {
            return Refuse(404, "not found");
        }

        var (path, query) = SplitQuery(rawTarget);
        return IsUnprefixed(path)
            ? Refuse(400, "Measurement path is empty.") with { Tag = tag }
            : Split(method, tag, path, query);
    }

    /// <summary>True for ids such as <c>G-ABC123</c>, in any case.</summary>
    public static bool IsTagId(string text) => TagForm().IsMatch(text);

    private static GoogleRoute OfOrdinary(GoogleHost host, string rawTarget)
    {
        var (path, query) = SplitQuery(rawTarget);
        var endpoint = host.Endpoints.FirstOrDefault(each => each.Path.IsMatch(path));
        var tag = endpoint?.Kind is RequestKind.Script && RawQuery.Find(query, "id") is { } id && IsTagId(id) ? id.ToUpperInvariant() : "";
        return new(endpoint?.Kind ?? RequestKind.Unknown, tag, "", path.StartsWith('/') ? path[1..] : path, query, false, null) { Endpoint = endpoint, IsOrdinary = true };
    }

    private static (string Path, string Query) SplitQuery(string target)
    {
        var question = target.IndexOf('?', StringComparison.Ordinal);
        return question < 0 ? (target, "") : (target[..question], target[(question + 1)..]);
    }

    private static GoogleRoute Split(string method, string tag, string path, string query)
    {
        for (var slash = path.IndexOf('/', 1); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            var known = KindOf(path[(slash + 1)..]);
            if (known is not RequestKind.Unknown)
            {
                return new(known, tag, path[..(slash + 1)], path[(slash + 1)..], query, false, null);
            }
        }

        var last = path.LastIndexOf('/') + 1;
        if (last == path.Length)
        {
            return new(RootKind(method, query), tag, path, "", query, false, null);
        }

        if (last > 1 && PathToken.TryDecode(PathToken.KeyOf(tag), path.AsSpan(last), out var clear))
        {
            return OfToken(method, tag, path[..last], clear);
        }

        var first = path.IndexOf('/', 1) + 1;
        return new(RequestKind.Unknown, tag, path[..first], path[first..], query, false, null);
    }

    private static GoogleRoute OfToken(string method, string tag, string measurementPath, string clear)
    {
        var (subPath, query) = SplitQuery(clear);
        var kind = subPath.Length == 0 ? RootKind(method, query) : KindOf(subPath);
        return new(kind, tag, measurementPath, subPath, query, true, null);
    }

    private static RequestKind RootKind(string method, string query) => method switch
    {
        "POST" => RequestKind.Hit,
        _ when RawQuery.Find(query, "validate_geo") is not null => RequestKind.Health,
        _ => RequestKind.Script,
    };

    private static RequestKind KindOf(string subPath) => Exact.TryGetValue(subPath, out var kind) ? kind
        : ServiceWorkerForm().IsMatch(subPath) ? RequestKind.ServiceWorker
        : HitPrefixes.Any(prefix => subPath.StartsWith(prefix, StringComparison.Ordinal)) ? RequestKind.Hit
        : RequestKind.Unknown;

    /// <summary>The path of a gateway that strips its prefix. <c>/d/…</c> could as well be a measurement path: only its full forms count.</summary>
    private static bool IsUnprefixed(string path) =>
        path is "/" or "" or "*" || Exact.ContainsKey(path[1..]) || UnprefixedForm().IsMatch(path);

    private static string? TagOf(string host) =>
        host.EndsWith(HostSuffix, StringComparison.OrdinalIgnoreCase) && TagForm().IsMatch(host[..^HostSuffix.Length])
            ? host[..^HostSuffix.Length].ToUpperInvariant()
            : null;

    private static GoogleRoute Refuse(int status, string text) =>
        new(RequestKind.Refused, "", "", "", "", false, GoogleAnswer.Text(status, text));

    [GeneratedRegex("^[A-Za-z]+-[A-Za-z0-9]+$")]
    private static partial Regex TagForm();

    [GeneratedRegex(@"^_/service_worker/[A-Za-z0-9]+/(sw\.js|sw_iframe\.html)$")]
    private static partial Regex ServiceWorkerForm();

    [GeneratedRegex("^/(_/|(as/d|g/d|gs|d)/(ccm|pagead|measurement)/|ddm/activity)")]
    private static partial Regex UnprefixedForm();
}
