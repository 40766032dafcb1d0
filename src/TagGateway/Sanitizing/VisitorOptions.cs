using System.ComponentModel;
using TagGateway.Configuration;

namespace TagGateway.Sanitizing;

/// <summary>What Google may learn of a visitor.</summary>
internal sealed class VisitorOptions
{
    [Description("The visitor's address: \"forward\" it (default), \"truncate\" it to its /24 or /48 network, or \"hide\" it.")]
    public VisitorIp Ip { get; set; } = VisitorIp.Forward;

    [Description("The only cookies that leave, and only towards <tag>.fps.goog: names, or prefixes ending in '*'.")]
    public List<string> Cookies { get; set; } = [.. CookieAllowList.DefaultPatterns];

    [Description("\"origin\": the page's address is cut to its origin (default, what Google would see third-party); \"full\": sent as the browser sent it.")]
    public RefererPolicy Referer { get; set; } = RefererPolicy.Origin;

    [Description("\"off\": consent is enforced by the tag alone (default).")]
    [NotYet("\"off\"")]
    public string Consent { get; set; } = "off";

    [Description("\"ignore\": Sec-GPC is passed on and not acted upon (default).")]
    [NotYet("\"ignore\"")]
    public string Gpc { get; set; } = "ignore";

    [Description("Personal data removed from hits' URLs: nothing yet.")]
    [NotYet("[]")]
    public List<string> Redact { get; set; } = [];
}
