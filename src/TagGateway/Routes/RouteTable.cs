namespace TagGateway.Routes;

/// <summary>The closed list: every host and path that a Google tag sends to, read in its scripts of 2019 to 2026. What is not here is 404: the rest of
/// google.com has no business on the site's own origin. In hosts <c>#</c> stands for digits and <c>%</c> for one of <see cref="GoogleDomains"/>; for paths see
/// <see cref="RoutePath"/>.</summary>
internal static class RouteTable
{
    private const RouteKind Hit = RouteKind.Hit;

    public static readonly IReadOnlyList<RouteRow> Rows =
    [
        // Analytics 4: hits, the join of sessions, key events.
        new(["www.google-analytics.com", "google-analytics.com", "region#.google-analytics.com", "analytics.google.com", "region#.analytics.google.com"],
            ["/g/collect", "/g/s/collect", "/measurement/conversion[/"], Hit),
        new(["stats.g.doubleclick.net"], ["/g/collect", "/j/collect", "/r/collect"], Hit), // Signals
        new(["www.google.com"], ["/g/collect"], Hit), // where Analytics' own hosts fail
        new(["www.google.%"], ["/ads/ga-audiences"], Hit),
        new(["www.merchant-center-analytics.goog"], ["/mc/collect"], Hit),

        // Analytics before it (analytics.js).
        new(["www.google-analytics.com", "ssl.google-analytics.com"], ["/collect", "/j/collect", "/r/collect", "/batch", "/u/d"], Hit),
        new(["ampcid.google.%"], ["/v1/publisher:getClientId"], Hit),

        // Ads with consent.
        // A conversion is also sent as a script element, with fmt=4: its answer is meant to run.
        new(["www.googleadservices.com", "pagead2.googlesyndication.com"], ["/pagead/conversion[/[#[/"], RouteKind.ScriptAnswer),
        new(["www.google.%"], ["/pagead/1p-conversion[/[#[/"], RouteKind.ScriptAnswer),
        new(["www.googleadservices.com"], ["/ccm/conversion[/[#[/", "/pagead/set_partitioned_cookie"], Hit),
        new(["www.google.com"], ["/ccm/collect", "/ccm/conversion[/[#[/", "/pagead/landing", "/pagead/uconversion[/", "/pagead/set_partitioned_cookie"], Hit),
        new(["www.google.com"], ["/measurement/conversion[/", "/rmkt/collect[/[#[/", "/travel/flights/click/conversion[/[#[/", "/ccm/geo"], Hit),
        new(["www.google.com", "google.com"], ["/pagead/form-data[/[#[/", "/ccm/form-data[/[#[/"], Hit),
        new(["www.google.%"], ["/pagead/1p-user-list[/[#[/"], Hit),
        new(["googleads.g.doubleclick.net"], ["/pagead/viewthroughconversion[/[#[/"], RouteKind.ScriptAnswer),
        new(["googleads.g.doubleclick.net"], ["/pagead/landing"], Hit),
        new(["ad.doubleclick.net"], ["/ccm/s/collect"], Hit),
        new(["adservice.google.com", "adservice.googlesyndication.com"], ["/pagead/regclk", "/ddm/regclk"], Hit),
        new(["www.google.com"], ["/gmp/conversion[/", "/gmp/conversion;*"], Hit),

        // Ads without.
        new(["pagead2.googlesyndication.com"], ["/ccm/conversion[/[#[/", "/ccm/collect", "/measurement/conversion[/"], Hit),
        new(["pagead2.googlesyndication.com"], ["/pagead/landing", "/pagead/gen_204"], Hit),

        // Floodlight, whose parameters stand in the path; Protected Audience.
        new(["ad.doubleclick.net"], ["/activity;*", "/ddm/activity/*", "/ddm/activity;*"], Hit),
        new(["ade.googlesyndication.com"], ["/ddm/activity/*", "/ddm/activity;*"], Hit),
        new(["#.fls.doubleclick.net"], ["/activityi;*", "/activityj;*"], RouteKind.Frame),
        new(["adservice.google.%"], ["/ddm/fls/i/*", "/ddm/fls/z/*"], Hit),
        new(["td.doubleclick.net"], ["/td/rul[/[#[/", "/td/ga/rul", "/td/fls/rul/activityi;*"], RouteKind.Frame),

        // Scripts.
        new(["www.googletagmanager.com"], ["/gtag/js", "/gtm.js", "/gtag/destination", "/dclk/ns/v1.js"], RouteKind.Script),
        new(["www.google-analytics.com"], ["/analytics.js", "/gtm/js"], RouteKind.Script),
        new(["www.google-analytics.com"], ["/plugins/ua/ec.js", "/plugins/ua/ecommerce.js", "/plugins/ua/linkid.js", "/plugins/ua/displayfeatures.js"], RouteKind.Script),
        new(["www.googletagmanager.com"], ["/ns.html"], RouteKind.NoScriptPage),
        new(["www.googletagmanager.com"], ["/static/service_worker/@/sw_iframe.html"], RouteKind.WorkerPage),
        new(["www.googletagmanager.com"], ["/static/service_worker/@/sw.js", "/static/service_worker/@/swe.js"], RouteKind.Worker),

        // How the tag does.
        new(["www.googletagmanager.com"], ["/a", "/td", "/static/exp/keys.json"], Hit),

        // For people who look after the tag: Tag Assistant, Taggy. And what its video trigger watches.
        new(["www.googletagmanager.com", "www.google-analytics.com"], ["/debug/bootstrap"], RouteKind.Elsewhere),
        new(["cct.google"], ["/taggy/agent.js"], RouteKind.Elsewhere),
        new(["www.youtube.com"], ["/iframe_api"], RouteKind.Elsewhere),
    ];
}
