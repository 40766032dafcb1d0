using System.ComponentModel;
using TagGateway.Beacons;
using TagGateway.Configuration;
using TagGateway.Pages;
using TagGateway.Sanitizing;
using TagGateway.TagScripts;

namespace TagGateway.Sites;

/// <summary>One website as the operator writes it; <see cref="Site"/> is what it becomes.</summary>
internal sealed class SiteOptions
{
    [Description("false: scripts are redirected to Google, hits are still forwarded, pages pass untouched. Default true.")]
    public bool Enabled { get; set; } = true;

    [Description("The site's hosts: exact names, one leading wildcard label (\"*.shop.example\"), or \"*\". Default [\"*\"].")]
    public List<string> Hosts { get; set; } = ["*"];

    [Description("The measurement path: an unused path of the site, '/' and letters or digits, at most 100 characters. Choose an untelling one such as \"/f807\". Required.")]
    public string? Path { get; set; }

    [Description("The site's Google tag ids; the first is the main tag, whose <id>.fps.goog answers. No other tag is ever served. At least one.")]
    public List<string> Tags { get; set; } = [];

    [Description("\"gateway\": Google's tag gateway, https://<main tag>.fps.goog (default). \"google\": Google's ordinary hosts, each request at the host that the tag means; implies coverage \"full\".")]
    public UpstreamKind Upstream { get; set; } = UpstreamKind.Gateway;

    [Description("\"official\": what Google's contract routes (default). \"full\": every request of the tag, below <path>/-/<Google's host>/.")]
    public CoverageKind Coverage { get; set; } = CoverageKind.Official;

    [Description("The website behind: http://, https:// or h2c:// and a host, with an optional port. Without it everything outside the measurement path is 404.")]
    public string? Origin { get; set; }

    [Description("Sent to the origin as Host (and TLS server name) in place of the visitor's host.")]
    public string? OriginHost { get; set; }

    [Description("How long the origin may take until the headers of its answer come; after that 504. Uploads under way and answers that have begun are not cut by it. 1 second to 1 hour; default 1 minute.")]
    [DurationRange("00:00:01", "01:00:00")]
    public TimeSpan OriginTimeout { get; set; } = TimeSpan.FromMinutes(1);

    [Description("A file with HTML, 1 MB at most: sent with 502 and 504 to browsers when the origin does not answer. Read with the configuration. Default none: one plain line.")]
    public string? ErrorPage { get; set; }

    [Description("What happens to the tag in the site's own pages.")]
    public PageOptions Page { get; set; } = new();

    [Description("What Google may learn of a visitor.")]
    public VisitorOptions Visitor { get; set; } = new();

    [Description("How tag scripts are kept.")]
    public ScriptOptions Scripts { get; set; } = new();

    [Description("Measurement hits.")]
    public BeaconOptions Beacons { get; set; } = new();
}
