using System.ComponentModel;
using TagGateway.Html;

namespace TagGateway.Pages;

/// <summary>What happens to the tag in the site's own pages.</summary>
internal sealed class PageOptions
{
    [Description("\"leave\": pages pass untouched (default). \"rewrite\": the site's tags in them are loaded from its own path. \"inject\": and where a page has none, the main tag is added.")]
    public PageTagHandling Tag { get; set; } = PageTagHandling.Leave;

    [Description("Where \"inject\" puts the tag: \"afterConsent\", behind the consent platform's script (default), \"headStart\" or \"headEnd\".")]
    public InjectPosition? Position { get; set; }

    [Description("What an injected tag is told of consent before it runs, as by gtag('consent', 'default', …); null: nothing (default).")]
    public ConsentOptions? ConsentDefault { get; set; }

    [Description("What happens on pages whose consent platform may block scripts by their addresses. \"respect\": their tags stay as they are (default). \"ignore\": they are made first-party all the same, for platforms that leave it to Google's consent mode.")]
    public ConsentBlocking ConsentBlocking { get; set; } = ConsentBlocking.Respect;

    [Description("The only paths whose pages are touched, exact or with '*' for any characters: \"/blog/*\". Case counts; the query does not belong to it. Default: all.")]
    public List<string> Include { get; set; } = [];

    [Description("Paths whose pages pass untouched, written as in \"include\", which they outweigh. Default: none.")]
    public List<string> Exclude { get; set; } = [];

    [Description("The media types of answers that are pages. Default [\"text/html\"].")]
    public List<string> ContentTypes { get; set; } = ["text/html"];
}
