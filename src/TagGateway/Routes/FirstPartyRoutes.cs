using System.Diagnostics.CodeAnalysis;

namespace TagGateway.Routes;

/// <summary>Where the plain paths below the measurement path lead when Google's ordinary hosts are the upstream (Google's contract §9.5, read backwards).
/// All end in <see cref="HostRoutes"/>, so that <c>/g/search</c> leads nowhere.</summary>
internal static class FirstPartyRoutes
{
    private const string Analytics = "www.google-analytics.com";
    private const string Search = "www.google.com";
    private const string Ads = "www.googleadservices.com";
    private const string AdsWithoutConsent = "pagead2.googlesyndication.com";
    private const string Tags = "www.googletagmanager.com";

    /// <summary>Paths that are another path of Google's: first, for they lie below prefixes.</summary>
    private static readonly (string Path, string Host, string Target)[] Whole =
    [
        ("/ga/g/c", Analytics, "/g/collect"),
        ("/ag/g/c", "analytics.google.com", "/g/collect"),
        ("/g/collect", Analytics, "/g/collect"), // what transport_url makes
        ("/td", Tags, "/td"),
        ("/a", Tags, "/a"),
        ("/mc/collect", "www.merchant-center-analytics.goog", "/mc/collect"),
        ("/", Tags, "/gtag/js"),
        ("/gtag/js", Tags, "/gtag/js"),
        ("/gtm.js", Tags, "/gtm.js"),
        ("/gtag/destination", Tags, "/gtag/destination"),
        ("/gtd", Tags, "/gtag/destination"),
    ];

    /// <summary>Prefixes that stand for a host, and for what its path begins with; the longer before the shorter.</summary>
    private static readonly (string Prefix, string Host, string Target)[] Beginnings =
    [
        ("/as/d/", Ads, "/"),
        ("/gs/", AdsWithoutConsent, "/"),
        ("/g/d/", Search, "/"),
        ("/g/", Search, "/"),
        ("/d/", Search, "/"),
        ("/ddm/activity", "ade.googlesyndication.com", "/ddm/activity"),
        ("/_/service_worker/", Tags, "/static/service_worker/"),
    ];

    /// <param name="subPath">What follows the measurement path; begins with '/'.</param>
    /// <param name="route">The route; of a script, the path of a tag that is no container.</param>
    public static bool TryFind(ReadOnlySpan<char> subPath, [NotNullWhen(true)] out GoogleRoute? route)
    {
        foreach (var (path, host, target) in Whole)
        {
            if (subPath.SequenceEqual(path))
            {
                return HostRoutes.TryFind(host, target, out route);
            }
        }

        foreach (var (prefix, host, target) in Beginnings)
        {
            if (subPath.StartsWith(prefix, StringComparison.Ordinal))
            {
                return HostRoutes.TryFind(host, string.Concat(target, subPath[prefix.Length..]), out route);
            }
        }

        route = null;
        return false;
    }
}
