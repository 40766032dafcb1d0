using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace TagGateway.Html;

/// <summary>The address of a Google tag as a page writes it: Google's own, or already the site's.</summary>
/// <param name="Kind">What stands there.</param>
/// <param name="Ids">Every <c>id</c> it names, in order, decoded. At a first-party address that names none: the site's main tag.</param>
/// <param name="Layer">The name of the page's data layer, decoded; null: not named, which is <c>dataLayer</c>.</param>
/// <param name="IsFirstParty">It leads to the measurement path.</param>
/// <param name="Rest">From the '?' on, as written.</param>
internal sealed record TagAddress(TagAddressKind Kind, IReadOnlyList<string> Ids, string? Layer, bool IsFirstParty, string Rest)
{
    private const string TagHost = "www.googletagmanager.com";
    private const string BareTagHost = "googletagmanager.com";
    private static readonly SearchValues<char> HostLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.");

    /// <summary>Of tags only; the tags' scripts call them.</summary>
    private static readonly string[] Measurement = ["google-analytics.com", "analytics.google.com", "doubleclick.net", "googleadservices.com", "googlesyndication.com"];

    /// <summary>Of those, the ones that a page's advertisements come from too: the page needs its hint.</summary>
    private static readonly string[] Advertisements = ["securepubads.g.doubleclick.net", "pagead2.googlesyndication.com", "tpc.googlesyndication.com"];

    /// <summary>False when this is no tag's address, or one that browsers might read otherwise (characters that are not visible ASCII, a name before the host).</summary>
    /// <param name="url">An attribute's or a string's value, its entities or escapes decoded; white space as browsers ignore it.</param>
    /// <param name="plan">Of the site.</param>
    /// <param name="origin">Of the page: <c>https://www.shop.example</c>; null: not known, then only addresses that begin with a slash can be first-party.</param>
    /// <param name="address">Null when false.</param>
    public static bool TryRead(ReadOnlySpan<char> url, TagPlan plan, string? origin, [NotNullWhen(true)] out TagAddress? address)
    {
        address = null;
        var text = Written(url);
        if (text.ContainsAnyExceptInRange('!', '~'))
        {
            return false;
        }

        if (!PageUrl.TrySplit(text, out var scheme, out var host, out var target))
        {
            return text.StartsWith('/') && TryReadOwn(text, plan, out address);
        }

        if (IsTagHost(PageUrl.WithoutPort(scheme, host)))
        {
            return TryReadGoogles(target, isFirstParty: false, out address);
        }

        return origin is not null && PageUrl.TrySplit(origin, out var ownScheme, out var ownHost, out _)
            && (scheme.IsEmpty || scheme.Equals(ownScheme, StringComparison.OrdinalIgnoreCase))
            && PageUrl.WithoutPort(ownScheme, host).Equals(PageUrl.WithoutPort(ownScheme, ownHost), StringComparison.OrdinalIgnoreCase)
            && TryReadOwn(target, plan, out address);
    }

    /// <summary>What a hint (<c>preconnect</c>, <c>dns-prefetch</c>) opens is no longer needed: a host of the tag's, whose requests go to the measurement path now.</summary>
    /// <param name="url">A <c>href</c>, its entities decoded.</param>
    /// <param name="plan">With full coverage the hosts that tags measure at count too.</param>
    public static bool LeadsToTagHost(ReadOnlySpan<char> url, TagPlan plan)
    {
        if (!PageUrl.TrySplit(Written(url), out var scheme, out var authority, out _))
        {
            return false;
        }

        var host = PageUrl.WithoutPort(scheme, authority);
        return IsTagHost(host) || (plan.IsFull && !host.ContainsAnyExcept(HostLetters) && IsUnder(host, Measurement) && !IsUnder(host, Advertisements));
    }

    /// <summary>Every id is the site's, and there is one.</summary>
    public bool IsAllowed(TagPlan plan) => Ids.Count > 0 && Ids.All(id => plan.Allows(id));

    /// <summary>The script of the main tag alone, with the usual data layer: what is injected.</summary>
    public bool IsMainTag(TagPlan plan) =>
        Kind == TagAddressKind.Script && Layer is null or DataLayer.Usual && Ids.All(id => id.Equals(plan.MainTag, StringComparison.OrdinalIgnoreCase));

    /// <summary>The same tag at the measurement path, of visible ASCII (the writer escapes '&amp;' and quotes as its place needs); null: it stays as it is, because
    /// an id is not the site's, because it is first-party, or because the frame is not routed.</summary>
    /// <param name="plan">Of the site.</param>
    /// <param name="prefix">The page's origin, where a <c>base</c> would lead a path elsewhere.</param>
    public string? FirstParty(TagPlan plan, string prefix = "") =>
        !IsFirstParty && IsAllowed(plan) && PlaceOf(Kind, plan) is { } place ? prefix + place + Rest : null;

    /// <summary>Where below the measurement path it is, from the site's root on; null: it has no route.</summary>
    public static string? PlaceOf(TagAddressKind kind, TagPlan plan) => kind switch
    {
        TagAddressKind.Script => plan.Path + "/",
        TagAddressKind.Destination => plan.Path + "/gtd",
        _ => plan.IsFull ? $"{plan.Path}/-/{TagHost}/ns.html" : null,
    };

    /// <summary>Null: no tag's.</summary>
    /// <param name="path">Of an address at Google's tag host.</param>
    public static TagAddressKind? KindOf(ReadOnlySpan<char> path) => path switch
    {
        "/gtag/js" or "/gtm.js" => TagAddressKind.Script,
        "/gtag/destination" => TagAddressKind.Destination,
        "/ns.html" => TagAddressKind.Frame,
        _ => null,
    };

    public static bool IsTagHost(ReadOnlySpan<char> host) =>
        host.Equals(TagHost, StringComparison.OrdinalIgnoreCase) || host.Equals(BareTagHost, StringComparison.OrdinalIgnoreCase);

    private static bool TryReadGoogles(ReadOnlySpan<char> target, bool isFirstParty, [NotNullWhen(true)] out TagAddress? address)
    {
        var path = PathOf(target);
        address = KindOf(path) is { } kind ? Read(kind, target[path.Length..], isFirstParty, null) : null;
        return address is not null;
    }

    /// <summary>Below the measurement path, as the gateway serves it.</summary>
    private static bool TryReadOwn(ReadOnlySpan<char> target, TagPlan plan, [NotNullWhen(true)] out TagAddress? address)
    {
        address = null;
        var path = PathOf(target);
        if (!path.StartsWith(plan.Path, StringComparison.Ordinal))
        {
            return false;
        }

        var subPath = path[plan.Path.Length..];
        const string Route = "/-/" + TagHost;
        if (subPath.StartsWith(Route, StringComparison.Ordinal))
        {
            return TryReadGoogles(target[(plan.Path.Length + Route.Length)..], isFirstParty: true, out address);
        }

        TagAddressKind? kind = subPath switch
        {
            "" or "/" or "/gtm.js" or "/gtag/js" or "/gtag.js" => TagAddressKind.Script,
            "/gtd" or "/gtag/destination" => TagAddressKind.Destination,
            _ => null,
        };
        address = kind is { } found ? Read(found, target[path.Length..], isFirstParty: true, plan.MainTag) : null;
        return address is not null;
    }

    private static TagAddress Read(TagAddressKind kind, ReadOnlySpan<char> rest, bool isFirstParty, string? mainTag)
    {
        var query = PageUrl.QueryOf(rest);
        var ids = PageUrl.IdsIn(query);
        return new TagAddress(kind, ids.Count == 0 && mainTag is not null ? [mainTag] : ids, PageUrl.LayerIn(query), isFirstParty, rest.ToString());
    }

    private static bool IsUnder(ReadOnlySpan<char> host, string[] domains)
    {
        foreach (var domain in domains)
        {
            if (host.EndsWith(domain, StringComparison.OrdinalIgnoreCase) && (host.Length == domain.Length || host[^(domain.Length + 1)] == '.'))
            {
                return true;
            }
        }

        return false;
    }

    private static ReadOnlySpan<char> PathOf(ReadOnlySpan<char> target)
    {
        var end = target.IndexOfAny('?', '#');
        return end < 0 ? target : target[..end];
    }

    /// <summary>Without what browsers ignore: control characters and spaces around it, tabs and line ends anywhere (URL standard, basic URL parser).</summary>
    private static ReadOnlySpan<char> Written(ReadOnlySpan<char> url)
    {
        var (start, end) = (0, url.Length);
        while (start < end && url[start] <= ' ')
        {
            start++;
        }

        while (end > start && url[end - 1] <= ' ')
        {
            end--;
        }

        var text = url[start..end];
        return text.ContainsAny('\t', '\r', '\n') ? string.Concat(text.ToString().Where(letter => letter is not ('\t' or '\r' or '\n'))) : text;
    }
}
