using System.Text.RegularExpressions;
using TagGateway.Html;

namespace TagGateway.Tests.Html;

/// <summary>A tag's address and what is to become of it, told a second time in other words than the gateway's.</summary>
internal sealed partial class ExpectedTag
{
    private ExpectedTag(string place, string rest, bool isOwn, TagPlan plan)
    {
        (Place, Rest, IsFirstParty) = (place, rest, isOwn);
        var query = rest.StartsWith('?') ? rest[1..].Split('#')[0] : "";
        Ids = [.. query.Split('&', ';').Select(parameter => parameter.Split('=', 2)).Where(pair => pair.Length == 2 && string.Equals(Decode(pair[0]), "id", StringComparison.OrdinalIgnoreCase))
            .Select(pair => Decode(Decode(pair[1])).Trim()).Where(id => id.Length > 0)];
        Layer = query.Split('&').Where(parameter => parameter.StartsWith("l=", StringComparison.Ordinal)).Select(parameter => Decode(parameter[2..]).Trim()).FirstOrDefault();
        Ids = Ids.Length == 0 && isOwn ? [plan.MainTag] : Ids;
    }

    /// <summary>As in an address of Google's.</summary>
    public string Place { get; }

    public string Rest { get; }

    public bool IsFirstParty { get; }

    public string[] Ids { get; }

    public string? Layer { get; }

    /// <summary>Null for anything else.</summary>
    public static ExpectedTag? Read(string value, PagePlan plan)
    {
        var url = Url(value);
        if (url.Any(letter => letter is < '!' or > '~'))
        {
            return null;
        }

        var path = Regex.Escape(plan.Tags.Path);
        var origin = plan.Origin is null ? "(?!)" : $"(?i:(?:https:)?[/\\\\]{{2,}}{Regex.Escape(plan.Origin["https://".Length..])}(?::443|:)?)";
        if (GoogleAddress().Match(url) is { Success: true } google)
        {
            return new ExpectedTag(google.Groups[1].Value, google.Groups[2].Value, isOwn: false, plan.Tags);
        }

        var routed = Regex.Match(url, $"^(?:{origin})?{path}/-/www\\.googletagmanager\\.com(/gtag/js|/gtm\\.js|/gtag/destination|/ns\\.html)((?:\\?.*|#.*)?)$", RegexOptions.Singleline);
        if (routed.Success)
        {
            return new ExpectedTag(routed.Groups[1].Value, routed.Groups[2].Value, isOwn: true, plan.Tags);
        }

        var own = Regex.Match(url, $"^(?:{origin})?{path}(|/|/gtm\\.js|/gtag/js|/gtag\\.js|/gtd|/gtag/destination)((?:\\?.*|#.*)?)$", RegexOptions.Singleline);
        return own.Success ? new ExpectedTag(own.Groups[1].Value is "/gtd" or "/gtag/destination" ? "/gtag/destination" : "/gtag/js", own.Groups[2].Value, isOwn: true, plan.Tags) : null;
    }

    public bool IsAllowed(TagPlan plan) => Ids.Length > 0 && Ids.All(id => plan.Allows(id));

    /// <summary>Null: it stays as it is.</summary>
    public string? NewAddress(TagPlan plan) => IsFirstParty || !IsAllowed(plan) ? null : Place switch
    {
        "/gtag/destination" => $"{plan.Path}/gtd{Rest}",
        "/ns.html" => plan.IsFull ? $"{plan.Path}/-/www.googletagmanager.com/ns.html{Rest}" : null,
        _ => $"{plan.Path}/{Rest}",
    };

    /// <summary>A second tag of what was injected.</summary>
    public bool IsTheInjected(TagPlan plan) => Place is "/gtag/js" or "/gtm.js" && Layer is null or "dataLayer" && Ids.All(id => string.Equals(id, plan.MainTag, StringComparison.OrdinalIgnoreCase));

    /// <summary>Only an address in which something of Google's or the site's stands as it is.</summary>
    public static bool IsPlain(string written, TagPlan plan) =>
        written.Contains("google", StringComparison.OrdinalIgnoreCase) || written.Contains(plan.Path, StringComparison.Ordinal) || (plan.IsFull && written.Contains("doubleclick", StringComparison.OrdinalIgnoreCase));

    /// <summary>A hint that opens a host of the tag's.</summary>
    public static bool IsHost(string value, TagPlan plan) =>
        HostAddress().Match(Url(value)) is { Success: true } match && match.Groups[1].Value.ToLowerInvariant() is var host
        && (host is "www.googletagmanager.com" or "googletagmanager.com" || (plan.IsFull && Measures().IsMatch(host)));

    /// <summary>Without what browsers take away around an address and in it (WHATWG URL §4.4).</summary>
    private static string Url(string value) => LineEnd().Replace(value.Trim([.. Enumerable.Range(0, 33).Select(letter => (char)letter)]), "");

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    [GeneratedRegex("[\t\r\n]")]
    private static partial Regex LineEnd();

    [GeneratedRegex(@"^(?i:(?:http:[/\\]{2,}(?:www\.)?googletagmanager\.com(?::80|:)?)|(?:(?:https:)?[/\\]{2,}(?:www\.)?googletagmanager\.com(?::443|:)?))(/gtag/js|/gtm\.js|/gtag/destination|/ns\.html)((?:\?.*|#.*)?)$")]
    private static partial Regex GoogleAddress();

    [GeneratedRegex(@"^(?i:https?:)?[/\\]{2,}([A-Za-z0-9.-]*)(?::443|:80|:)?(?:[/\\?#].*)?$")]
    private static partial Regex HostAddress();

    [GeneratedRegex(@"^(?!(?:.*\.)?(?:securepubads\.g\.doubleclick\.net|pagead2\.googlesyndication\.com|tpc\.googlesyndication\.com)$)(?:.*\.)?(?:google-analytics\.com|analytics\.google\.com|doubleclick\.net|googleadservices\.com|googlesyndication\.com)$")]
    private static partial Regex Measures();
}
