using System.Diagnostics.CodeAnalysis;

namespace TagGateway.Demo.Google;

/// <summary>Every ordinary host of Google that its tags call, with every address they call there.</summary>
internal static class GoogleHosts
{
    private const string Account = "[A-Za-z0-9_-]+";

    private static readonly GoogleEndpoint GaHit = new("/g/(?:s/)?collect", RequestKind.Hit, EndpointAnswer.Collect);
    private static readonly GoogleEndpoint KeyEvent = new("/measurement/conversion/?", RequestKind.Hit, EndpointAnswer.Collect);
    private static readonly GoogleEndpoint AdEvent = new("/ccm/collect", RequestKind.Hit, EndpointAnswer.Collect);
    private static readonly GoogleEndpoint EnhancedConversion = new($"/ccm/conversion/{Account}/?", RequestKind.Hit, EndpointAnswer.Collect);
    private static readonly GoogleEndpoint FormData = new($"/(?:ccm|pagead)/form-data/{Account}/?", RequestKind.Hit, EndpointAnswer.Collect);
    private static readonly GoogleEndpoint Conversion = new($"/pagead/conversion/{Account}/?", RequestKind.Hit, EndpointAnswer.Conversion);
    private static readonly GoogleEndpoint PartitionedCookie = new("/pagead/set_partitioned_cookie", RequestKind.Hit, EndpointAnswer.PartitionedCookie);
    private static readonly GoogleEndpoint Audiences = new("/ads/ga-audiences", RequestKind.Hit, EndpointAnswer.RegionalPixel);
    private static readonly GoogleEndpoint FirstConversion = new($"/pagead/1p-conversion/{Account}/?", RequestKind.Hit, EndpointAnswer.RegionalPixel);
    private static readonly GoogleEndpoint UserList = new($"/pagead/1p-user-list/{Account}/?", RequestKind.Hit, EndpointAnswer.Pixel);

    private static readonly IReadOnlyList<GoogleEndpoint> Analytics =
    [
        GaHit,
        KeyEvent,
        new(@"/analytics\.js", RequestKind.Script, EndpointAnswer.LegacyScript),
        new("/(?:r/)?collect", RequestKind.Hit, EndpointAnswer.Pixel),
        new("/j/collect", RequestKind.Hit, EndpointAnswer.LegacyVerdict),
    ];

    private static readonly IReadOnlyList<GoogleEndpoint> Search =
    [
        new("/g/collect", RequestKind.Hit, EndpointAnswer.Collect),
        KeyEvent,
        AdEvent,
        EnhancedConversion,
        FormData,
        FirstConversion,
        UserList,
        PartitionedCookie,
        Audiences,
        new("/pagead/uconversion", RequestKind.Hit, EndpointAnswer.Pixel),
        new($"/rmkt/collect/{Account}/?", RequestKind.Hit, EndpointAnswer.Collect),
        new("/travel/flights/click/conversion", RequestKind.Hit, EndpointAnswer.Pixel),
        new("/ccm/geo", RequestKind.Geo, EndpointAnswer.Geo),
    ];

    private static readonly IReadOnlyList<GoogleHost> All =
    [
        GoogleHost.Of(
            "www.googletagmanager.com",
            new("/gtag/js|/gtm\\.js|/gtag/destination", RequestKind.Script, EndpointAnswer.TagScript),
            new("/debug/bootstrap", RequestKind.Script, EndpointAnswer.DebugScript),
            new("/static/service_worker/[A-Za-z0-9]+/(?:sw\\.js|sw_iframe\\.html)", RequestKind.ServiceWorker, EndpointAnswer.WorkerFile),
            new("/ns\\.html", RequestKind.Frame, EndpointAnswer.Html),
            new("/a|/td", RequestKind.Telemetry, EndpointAnswer.Pixel)),
        GoogleHost.OfForm(@"(?:www|region\d+)\.google-analytics\.com", ["*.google-analytics.com"], Analytics),
        GoogleHost.OfForm(@"(?:region\d+\.)?analytics\.google\.com", ["analytics.google.com", "*.analytics.google.com"], GaHit, KeyEvent),
        GoogleHost.Of("www.google.com", Search),
        GoogleHost.Of("google.com", Search),
        GoogleHost.OfForm(@"www\.google\.(?:[a-z]{2}|com?\.[a-z]{2})", [.. GoogleDomains.All.Select(domain => $"www.{domain}")], Audiences, FirstConversion, UserList),
        GoogleHost.Of("www.googleadservices.com", Conversion, EnhancedConversion, PartitionedCookie),
        GoogleHost.Of(
            "pagead2.googlesyndication.com",
            Conversion,
            EnhancedConversion,
            AdEvent,
            KeyEvent,
            new("/pagead/gen_204", RequestKind.Telemetry, EndpointAnswer.Collect)),
        GoogleHost.Of("ade.googlesyndication.com", new GoogleEndpoint("/ddm/activity/.*", RequestKind.Hit, EndpointAnswer.Pixel)),
        GoogleHost.Of(
            "stats.g.doubleclick.net",
            new("/g/collect", RequestKind.Hit, EndpointAnswer.Collect),
            new("/j/collect", RequestKind.Hit, EndpointAnswer.LegacyVerdict)),
        GoogleHost.Of("googleads.g.doubleclick.net", new GoogleEndpoint($"/pagead/viewthroughconversion/{Account}/?", RequestKind.Hit, EndpointAnswer.RemarketingScript)),
        GoogleHost.Of(
            "ad.doubleclick.net",
            new("/activity;.*", RequestKind.Hit, EndpointAnswer.Pixel),
            new("/ccm/s/collect", RequestKind.Hit, EndpointAnswer.Collect)),
        GoogleHost.Of("td.doubleclick.net", new GoogleEndpoint($"/td/rul/{Account}", RequestKind.Frame, EndpointAnswer.Html)),
        GoogleHost.OfForm(@"\d+\.fls\.doubleclick\.net", ["*.fls.doubleclick.net"], new GoogleEndpoint("/activityi;.*", RequestKind.Frame, EndpointAnswer.Html)),
        GoogleHost.Of("www.merchant-center-analytics.goog", new GoogleEndpoint("/mc/collect", RequestKind.Hit, EndpointAnswer.Collect)),
        GoogleHost.Of("adservice.google.com", new GoogleEndpoint("/pagead/regclk", RequestKind.Hit, EndpointAnswer.Pixel)),
    ];

    /// <summary>What a certificate for all of them names.</summary>
    public static IReadOnlyList<string> CertificateNames { get; } = [.. All.SelectMany(host => host.CertificateNames).Distinct(StringComparer.Ordinal)];

    /// <summary>False when <paramref name="host"/> (without port, in any case) is none of these hosts.</summary>
    public static bool TryFind(string host, [NotNullWhen(true)] out GoogleHost? found)
    {
        var lower = host.ToLowerInvariant();
        found = All.FirstOrDefault(each => each.Name.IsMatch(lower));
        return found is not null;
    }
}
