using TagGateway.Caching;
using TagGateway.Configuration;
using TagGateway.Limits;
using TagGateway.Receiving;
using TagGateway.Responding;
using TagGateway.Rewriting;
using TagGateway.Sites;
using TagGateway.Upstream;

namespace TagGateway.TagScripts;

/// <summary>Finds in which form a visitor gets a script, and on whose account it is made.</summary>
internal sealed class ScriptForms(VisitorValues values, CurrentSettings settings)
{
    /// <summary>Null when the visitor's host cannot be written into a script.</summary>
    /// <param name="context">The visitor's request.</param>
    /// <param name="load">What is asked for.</param>
    /// <param name="isTemplate">The script has holes for what is one visitor's.</param>
    public EntryForm? Find(HttpContext context, ScriptLoad load, bool isTemplate)
    {
        var coding = AcceptEncoding.Choose(context.Request.Headers.AcceptEncoding);
        var site = load.Fetch.Site;
        return !isTemplate ? new EntryForm(coding, null, load.Lane == CpuLane.Untrusted)
            : values.Find(context, site, writesRegion: load.Fetch.Route is not null) is { } filling ? new EntryForm(coding, filling, load.Lane == CpuLane.Untrusted || !IsKnown(site, filling))
            : null;
    }

    /// <summary>Who is charged for work that the request causes; null: nobody.</summary>
    public ClientKey? ClientOf(HttpContext context) => RequestClient.Of(context.Features.Get<Visitor>(), settings.Value.TrustedProxies);

    /// <summary>Only hosts that are configured by name are certain to be the site's: under a wildcard anybody can ask for made-up ones, and everywhere under made-up
    /// ports.</summary>
    private static bool IsKnown(Site site, TemplateValues filling)
    {
        foreach (var host in site.Hosts)
        {
            if (host.Kind == HostPatternKind.Exact && host.Name == filling.Host)
            {
                return true;
            }
        }

        return false;
    }
}
