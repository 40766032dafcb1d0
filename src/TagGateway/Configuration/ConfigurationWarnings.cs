using TagGateway.Pages;
using TagGateway.Receiving;
using TagGateway.Routes;
using TagGateway.Sanitizing;
using TagGateway.Sites;
using TagGateway.Upstream;

namespace TagGateway.Configuration;

/// <summary>What is allowed and yet not what was wanted: settings without effect, and what makes measurement wrong.</summary>
internal static class ConfigurationWarnings
{
    public static void Find(GatewayOptions options, GatewaySettings settings, ConfigurationErrors warnings)
    {
        FindTls(options, settings, warnings);
        FindGeo(options, settings, warnings);
        FindSites(options, settings, warnings);
        foreach (var (host, text) in options.ConnectTo)
        {
            if (!ConnectTo.TryParseTarget(text, out var target))
            {
                continue;
            }

            var only = new ConnectTo(new Dictionary<string, Uri> { [host] = target });
            if (!settings.Sites.All.Any(site => IsAsked(site, host, only)))
            {
                warnings.Add(KeyPath.Member("connectTo", host), settings.Sites.All.Any(site => site.IsFull)
                    ? "has no effect: no site's requests go there"
                    : "has no effect: the sites' requests go to <main tag>.fps.goog only");
            }
        }
    }

    private static bool IsAsked(Site site, string key, ConnectTo only) =>
        (site.Upstream == UpstreamKind.Gateway && only.TryFind($"{site.MainTag}.fps.goog", out _))
        || (site.IsFull && (HostRoutes.Knows(key) || HostRoutes.SomeHosts.Any(host => only.TryFind(host, out _))));

    private static void FindTls(GatewayOptions options, GatewaySettings settings, ConfigurationErrors warnings)
    {
        var schemes = ListenUrls.Parse(options.Urls).Select(url => url.Scheme).ToList();
        if (settings.Tls is not null && !schemes.Contains(ListenScheme.Https))
        {
            warnings.Add("tls.certificates", "has no effect: urls names no https:// address");
        }

        if (options.Tls.RedirectHttp && (!schemes.Contains(ListenScheme.Http) || !schemes.Contains(ListenScheme.Https)))
        {
            warnings.Add("tls.redirectHttp", $"has no effect: urls names no {(schemes.Contains(ListenScheme.Http) ? "https" : "http")}:// address");
        }

        if (options.Tls.RedirectPort is not null && !options.Tls.RedirectHttp)
        {
            warnings.Add("tls.redirectPort", "has no effect: tls.redirectHttp is false");
        }

        var now = TimeProvider.System.GetUtcNow();
        var pairs = settings.Tls?.Certificates.Pairs ?? [];
        for (var i = 0; i < pairs.Count; i++)
        {
            if (pairs[i].Certificate.ValidityProblem(now) is { } problem)
            {
                warnings.Add($"{KeyPath.Index(TlsCertificates.Key, i)}.certificate", $"{pairs[i].CertificatePath}: {problem}");
            }
        }
    }

    private static void FindGeo(GatewayOptions options, GatewaySettings settings, ConfigurationErrors warnings)
    {
        var hasProxies = options.TrustedProxies.Count > 0;
        if (!hasProxies && options.Geo.Headers is not ["auto"] and not [])
        {
            warnings.Add("geo.headers", "has no effect: without trustedProxies no header is believed");
        }

        if (!settings.Geo.Default.IsKnown && settings.Geo.Database is null && (!hasProxies || options.Geo.Headers.Count == 0))
        {
            var reason = hasProxies ? "geo.headers is empty" : "trustedProxies is empty, so no geo header is believed";
            warnings.Add("geo", $"no source of the visitor's region: {reason}, and neither geo.database nor geo.default is set; what depends on the region, such as consent, will be wrong");
        }
    }

    private static void FindSites(GatewayOptions options, GatewaySettings settings, ConfigurationErrors warnings)
    {
        var urls = ListenUrls.Parse(options.Urls);
        foreach (var site in settings.Sites.All)
        {
            var at = KeyPath.Member("sites", site.Name);
            if (site.Path.TellingWord is { } word)
            {
                warnings.Add($"{at}.path", $"\"{site.Path}\" holds \"{word}\", which is on the usual block lists: choose an untelling path such as \"/f807\"");
            }

            if (site.Upstream == UpstreamKind.Google && !options.Sites[site.Name].Visitor.Cookies.SequenceEqual(CookieAllowList.DefaultPatterns))
            {
                warnings.Add($"{at}.visitor.cookies", "has no effect: no cookie leaves for Google's ordinary hosts, which would never have had it");
            }

            FindPages(options.Sites[site.Name].Page, $"{at}.page", warnings);
            if (site.Origin is { } origin && new Uri(origin.Prefix) is var uri && urls.Any(url => url.IsReachedBy(uri)))
            {
                warnings.Add($"{at}.origin", $"\"{origin.Prefix}\" seems to be this gateway itself: requests would go in a circle");
            }
        }
    }

    private static void FindPages(PageOptions page, string at, ConfigurationErrors warnings)
    {
        var isLeft = page.Tag == PageTagHandling.Leave;
        foreach (var (key, isSet) in new[] { ("include", page.Include.Count > 0), ("exclude", page.Exclude.Count > 0), ("contentTypes", page.ContentTypes is not ["text/html"]), ("consentBlocking", page.ConsentBlocking != ConsentBlocking.Respect) })
        {
            if (isLeft && isSet)
            {
                warnings.Add($"{at}.{key}", "has no effect: page.tag is \"leave\"");
            }
        }

        foreach (var (key, isSet) in new[] { ("position", page.Position is not null), ("consentDefault", page.ConsentDefault is not null) })
        {
            if (page.Tag != PageTagHandling.Inject && isSet)
            {
                warnings.Add($"{at}.{key}", "has no effect: page.tag is not \"inject\"");
            }
        }
    }
}
