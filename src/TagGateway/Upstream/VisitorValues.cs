using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.Features;
using TagGateway.Receiving;
using TagGateway.Rewriting;
using TagGateway.Sites;

namespace TagGateway.Upstream;

/// <summary>What fills the holes of a script for a visitor of the site: made once for each host and region of a site.</summary>
internal sealed class VisitorValues
{
    /// <summary>Hosts times regions; a flood of made-up hosts is served, and not remembered.</summary>
    private const int MaxKept = 4096;

    private readonly ConditionalWeakTable<Site, ConcurrentDictionary<(string Scheme, string Host, string Region), TemplateValues>> _sites = [];

    /// <summary>Null when the visitor's host cannot be written into a script.</summary>
    /// <param name="context">The visitor's request.</param>
    /// <param name="site">Whose script.</param>
    /// <param name="writesRegion">Google did not write the visitor's region itself.</param>
    public TemplateValues? Find(HttpContext context, Site site, bool writesRegion)
    {
        var visitor = context.Features.GetRequiredFeature<Visitor>();
        if (!VisitorOrigin.TryRead(context, visitor, out var scheme, out var host))
        {
            return null;
        }

        var known = _sites.GetValue(site, static _ => new());
        var key = (scheme, host, writesRegion ? visitor.Region.ToString() : "");
        if (known.TryGetValue(key, out var values))
        {
            return values;
        }

        values = new TemplateValues(scheme, host, site.Path.Value, GooglePlace.Of(key.Item3));
        return known.Count < MaxKept ? known.GetOrAdd(key, values) : values;
    }
}
