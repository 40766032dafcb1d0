using System.Buffers;
using System.Collections.Frozen;

namespace TagGateway.Html;

/// <summary>The usual consent platforms, by the addresses of their scripts (HTTP Archive's Wappalyzer, category "cookie compliance", August 2026; public pages), and
/// which of them block by address (their makers' documentation, read November 2026).</summary>
internal static class ConsentPlatforms
{
    /// <summary>Loaders that pages have inline, by what stands in them.</summary>
    private static readonly (byte[] Mark, string Name)[] Loaders =
    [
        ("sdk.privacy-center.org"u8.ToArray(), "Didomi"), ("static.axept.io/sdk"u8.ToArray(), "Axeptio"), ("cmp.inmobi.com/choice"u8.ToArray(), "InMobi Choice"),
        ("cmp.quantcast.com/choice"u8.ToArray(), "Quantcast Choice"), ("global.ketchcdn.com"u8.ToArray(), "Ketch"), ("consentmanager.net/delivery"u8.ToArray(), "consentmanager"),
        ("consent.cookiebot.com/uc.js"u8.ToArray(), "Cookiebot"), ("cdn.cookielaw.org"u8.ToArray(), "OneTrust"), ("fundingchoicesmessages.google.com"u8.ToArray(), "Google Funding Choices"),
        ("tarteaucitron.init"u8.ToArray(), "tarteaucitron"), ("CookieConsent.run("u8.ToArray(), "CookieConsent"), ("CookieControl.load("u8.ToArray(), "Civic Cookie Control"),
        ("window.cookiehub.load"u8.ToArray(), "CookieHub"),
    ];

    /// <summary>In order: of two that match the first counts, one of the host before one of any host.</summary>
    private static readonly Form[] Forms =
    [
        // my.onetrust.com, Cookie Auto-Blocking: this script alone, before the stub.
        new("OneTrust", "", "otautoblock.js", Blocking.Always), new("OneTrust", "cookielaw.org", "otautoblock.js", Blocking.Always), new("OneTrust", "cookielaw.org"), new("OneTrust", "", "otsdkstub.js"), new("OneTrust", "", "optanon.blob.core.windows.net"),
        // support.cookiebot.com 360009074960: data-blockingmode="auto".
        new("Cookiebot", "cookiebot.com", "", Blocking.CookiebotAuto),
        // support.usercentrics.com 17337159049244: services are told by a tag's id, address or hash; the older Smart Data Protector is uc-block.
        new("Usercentrics", "usercentrics.eu", "uc-block", Blocking.Always), new("Usercentrics", "usercentrics.eu", "autoblocker", Blocking.Always), new("Usercentrics", "usercentrics.eu"),
        new("Didomi", "privacy-center.org"),
        // Public pages: v2/autoblock?cmId=… and v2/autoblockasset/….
        new("TrustArc", "trustarc.com", "autoblock", Blocking.Always), new("TrustArc", "trustarc.com"), new("TrustArc", "truste.com"),
        new("Quantcast Choice", "quantcast.com", "/choice"), new("Quantcast Choice", "consensu.org", "quantcast"), new("InMobi Choice", "inmobi.com", "/choice"),
        new("Sourcepoint", "privacy-mgmt.com"), new("Sourcepoint", "sp-prod.net"), new("Sourcepoint", "", "/wrappermessagingwithoutdetection.js"),
        // cookieyes.com/documentation/implement-prior-consent-using-cookieyes: scripts by patterns of their addresses.
        new("CookieYes", "cookieyes.com", "", Blocking.Always), new("CookieYes", "cdn-cookieyes.com", "", Blocking.Always), new("CookieYes", "", "/plugins/cookie-law-info/", Blocking.Always),
        // iubenda.com/en/help/133036; a widget holds whatever the site has switched on.
        new("iubenda", "iubenda.com", "/autoblocking/", Blocking.Always), new("iubenda", "iubenda.com", "/widgets/", Blocking.Always), new("iubenda", "iubenda.com", "/cs/"), new("iubenda", "iubenda.com", "/cookie_solution/"),
        // docs.osano.com, compliance modes: strict and permissive block managed scripts.
        new("Osano", "osano.com", "/osano.js", Blocking.Always), new("Osano", "osano.com"),
        // support.termly.io 32848083153169 and 46700166306833: Auto Blocker.
        new("Termly", "termly.io", "", Blocking.TermlyAuto),
        // support.cookiefirst.com 5348470054289: with the newer script only.
        new("CookieFirst", "cookiefirst.com", "/sites/", Blocking.Always), new("CookieFirst", "cookiefirst.com"),
        new("Complianz", "", "/plugins/complianz-gdpr"), new("Borlabs Cookie", "", "/plugins/borlabs-cookie/"), new("Real Cookie Banner", "", "/plugins/real-cookie-banner"),
        new("Moove GDPR", "", "/plugins/gdpr-cookie-compliance/"), new("Cookie Notice", "", "/plugins/cookie-notice/"),
        // hu-manityco.helpscoutdocs.com 15: autoblocking is on by default.
        new("Cookie Compliance", "hu-manity.co", "", Blocking.Always),
        // help.cookie-script.com, blocking of third-party cookies: where the banner is set so.
        new("Cookie-Script", "cookie-script.com", "", Blocking.Always),
        // help.consentmanager.net, automatic blocking of codes and cookies: data-cmp-ab="1".
        new("consentmanager", "consentmanager.net", "/autoblocking/", Blocking.Always), new("consentmanager", "consentmanager.net", "", Blocking.ConsentmanagerAuto), new("consentmanager", "consensu.org", "/cookieblock", Blocking.Always),
        new("consentmanager", "consensu.org", "", Blocking.ConsentmanagerAuto), new("Axeptio", "axept.io"), new("Klaro", "kiprotect.com", "klaro"), new("Klaro", "", "/klaro"), new("Civic Cookie Control", "civiccomputing.com"), new("Ketch", "ketchcdn.com"),
        // docs.transcend.io/docs/consent-management/quickstart: regulates requests.
        new("Transcend", "", "/airgap.js", Blocking.Always),
        // support.secureprivacy.ai, automatic cookie blocking: scripts of its list.
        new("Secure Privacy", "secureprivacy.ai", "/script/", Blocking.Always),
        new("Commanders Act", "trustcommander.net"), new("Sirdata", "consentframework.com"), new("Cookie Information", "cookieinformation.com"),
        new("CookieHub", "cookiehub.net"), new("CookieHub", "cookiehub.eu"), new("CookieHub", "cookiehub.com"), new("tarteaucitron", "tarteaucitron.io"), new("tarteaucitron", "", "/tarteaucitron"),
        // help.enzuzo.com 6672356: auto-blocking.
        new("Enzuzo", "enzuzo.com", "cookiebar", Blocking.EnzuzoAuto), new("Enzuzo", "enzuzo.com", "__enzuzo"),
        // Its rules are lists of addresses (public copies of its source).
        new("Pandectes", "", "pandectes-rules", Blocking.Always), new("Pandectes", "pandect.es", "pandectes-rules", Blocking.Always), new("Pandectes", "pandect.es"), new("Pandectes", "", "pandectes-core"),
        new("Fides", "", "/fides.js"), new("Google Funding Choices", "google.com", "fundingchoicesmessages"), new("Clickio", "clickiocmp.com"),
        new("CookieConsent", "", "cookieconsent"), new("Shopify privacy banner", "", "/privacy-banner/storefront-banner"), new("Shopify privacy banner", "", "/consent-tracking-api"),
        new("LiveRamp", "privacymanager.io"), new("Evidon", "evidon.com"), new("Legal Monster", "legalmonster.com"), new("AdOpt", "goadopt.io"), new("Seers", "seersco.com"), new("TRUENDO", "truendo.com"), new("TRUENDO", "priv.center"),
        new("Uniconsent", "uniconsent.com"),
    ];

    /// <summary>By the last two labels of their hosts.</summary>
    private static readonly FrozenDictionary<string, Form[]>.AlternateLookup<ReadOnlySpan<char>> ByDomain =
        Forms.Where(form => form.Domain.Length > 0).GroupBy(form => form.Domain).ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Those that sites have on hosts of their own.</summary>
    private static readonly Form[] Anywhere = [.. Forms.Where(form => form.Domain.Length == 0)];
    private static readonly SearchValues<string> AnywhereMarks = SearchValues.Create([.. Anywhere.Select(form => form.Part)], StringComparison.OrdinalIgnoreCase);

    private enum Blocking
    {
        Never,
        Always,
        CookiebotAuto,
        TermlyAuto,
        ConsentmanagerAuto,
        EnzuzoAuto,
    }

    /// <summary>Null: none that is known.</summary>
    /// <param name="source">The script's address, decoded; null: it has none, then see <see cref="FindInline"/>.</param>
    /// <param name="script">Its start tag.</param>
    public static ConsentPlatform? Find(ReadOnlySpan<char> source, HtmlAttributes script)
    {
        source = source.Trim();
        if (PageUrl.TrySplit(source, out var scheme, out var authority, out _) && ByDomain.TryGetValue(DomainOf(PageUrl.WithoutPort(scheme, authority)), out var forms))
        {
            foreach (var form in forms)
            {
                if (source.Contains(form.Part, StringComparison.OrdinalIgnoreCase))
                {
                    return new ConsentPlatform(form.Name, Blocks(form, source, script));
                }
            }
        }

        return source.ContainsAny(AnywhereMarks) ? FindAnywhere(source, script) : ById(script);
    }

    /// <summary>A script without an address that loads one; such a loader comes too late to block what stands in the markup.</summary>
    public static ConsentPlatform? FindInline(ReadOnlySpan<byte> script)
    {
        foreach (var (mark, name) in Loaders)
        {
            if (script.IndexOf(mark) >= 0)
            {
                return new ConsentPlatform(name, BlocksByAddress: false);
            }
        }

        return null;
    }

    private static ConsentPlatform? FindAnywhere(ReadOnlySpan<char> source, HtmlAttributes script)
    {
        foreach (var form in Anywhere)
        {
            if (source.Contains(form.Part, StringComparison.OrdinalIgnoreCase))
            {
                return new ConsentPlatform(form.Name, Blocks(form, source, script));
            }
        }

        return null;
    }

    /// <summary>Served by a host of the site's own, under the id that its maker gives it.</summary>
    private static ConsentPlatform? ById(HtmlAttributes script) => script.ValueOf("id"u8) switch
    {
        "Cookiebot" => new ConsentPlatform("Cookiebot", IsSaid(script, "data-blockingmode"u8, "auto")),
        "usercentrics-cmp" => new ConsentPlatform("Usercentrics", BlocksByAddress: false),
        "cookieyes" => new ConsentPlatform("CookieYes", BlocksByAddress: true),
        _ => null,
    };

    private static bool Blocks(Form form, ReadOnlySpan<char> source, HtmlAttributes script) => form.Blocking switch
    {
        Blocking.Never => false,
        Blocking.CookiebotAuto => IsSaid(script, "data-blockingmode"u8, "auto") || source.Contains("blockingmode=auto", StringComparison.OrdinalIgnoreCase),
        Blocking.TermlyAuto => IsSaid(script, "data-auto-block"u8, "on") || source.Contains("autoBlock=on", StringComparison.OrdinalIgnoreCase),
        Blocking.ConsentmanagerAuto => IsSaid(script, "data-cmp-ab"u8, "1"),
        Blocking.EnzuzoAuto => script.Has("auto-blocking"u8) || script.Has("data-auto-blocking"u8),
        _ => true,
    };

    private static bool IsSaid(HtmlAttributes script, ReadOnlySpan<byte> name, string value) => string.Equals(script.ValueOf(name)?.Trim(), value, StringComparison.OrdinalIgnoreCase);

    private static ReadOnlySpan<char> DomainOf(ReadOnlySpan<char> host)
    {
        var last = host.LastIndexOf('.');
        return last < 0 ? host : host[(host[..last].LastIndexOf('.') + 1)..];
    }

    /// <summary>An address of a platform's script.</summary>
    /// <param name="Domain">The last two labels of its host; empty: any host.</param>
    /// <param name="Part">What it has in it, in any case; empty: every script of that host.</param>
    private sealed record Form(string Name, string Domain, string Part = "", Blocking Blocking = Blocking.Never);
}
