using System.Collections.Frozen;
using TagGateway.Configuration;
using TagGateway.Sanitizing;

namespace TagGateway.Receiving;

/// <summary>Reads the visitor's region out of what a trusted proxy tells, in the CDNs' spellings.</summary>
internal sealed class GeoHeaders
{
    /// <summary>Country header → the header with its subdivision, in the order of what is more exact
    /// (Google's contract §5; the CDNs' documentation). A null partner: the value holds all there is.</summary>
    private static readonly (string Country, string? Subdivision)[] Known =
    [
        ("X-Forwarded-CountryRegion", null),
        ("X-Forwarded-Country", "X-Forwarded-Region"),
        ("CF-IPCountryRegion", null),
        ("X-CFIPCountryRegion", null),
        ("CF-IPCountry", "CF-Region-Code"),
        ("CloudFront-Viewer-Country", "CloudFront-Viewer-Country-Region"),
        ("X-Vercel-IP-Country", "X-Vercel-IP-Country-Region"),
        ("X-Gclb-Country", GoogleRegion),
        ("X-AppEngine-Country", "X-AppEngine-Region"),
        ("X-Geo-Country", "X-Geo-Region"),
        (EdgeScape, null),
        ("X-Azure-Country", null),
    ];

    /// <summary>Akamai: <c>georegion=246,country_code=US,region_code=CA,city=…</c>.</summary>
    private const string EdgeScape = "X-Akamai-Edgescape";

    /// <summary>Google's load balancer: the country stands before the subdivision, <c>USCA</c>, <c>AT9</c>.</summary>
    private const string GoogleRegion = "X-Gclb-Region";

    private static readonly FrozenSet<string> KnownNames = NamesOf(Known);

    private readonly (string Country, string? Subdivision)[] _headers;
    private readonly FrozenSet<string> _names;

    private GeoHeaders((string Country, string? Subdivision)[] headers) => (_headers, _names) = (headers, NamesOf(headers));

    /// <summary>Whether a CDN tells the region in this header, configured or not.</summary>
    public static bool IsKnown(string name) => KnownNames.Contains(name);

    /// <summary>Whether the region is read from this header.</summary>
    public bool IsRead(string name) => _names.Contains(name);

    /// <param name="names">Of headers, or "auto".</param>
    /// <param name="errors">Gets each that is neither.</param>
    public static GeoHeaders Parse(List<string> names, ConfigurationErrors errors)
    {
        var headers = new List<(string, string?)>();
        for (var i = 0; i < names.Count; i++)
        {
            var name = names[i];
            if (name.Equals("auto", StringComparison.OrdinalIgnoreCase))
            {
                headers.AddRange(Known);
            }
            else if (HeaderSyntax.IsToken(name))
            {
                var known = Array.Find(Known, pair => pair.Country.Equals(name, StringComparison.OrdinalIgnoreCase));
                headers.Add(known.Country is null ? (name, null) : known);
            }
            else
            {
                errors.Add($"geo.headers[{i}]", $"\"{name}\" is not a header name, nor \"auto\"");
            }
        }

        return new GeoHeaders([.. headers]);
    }

    /// <summary>The first header that names a region; unknown when none does.</summary>
    /// <param name="headers">Of a request whose peer is a trusted proxy.</param>
    public Region Read(IHeaderDictionary headers)
    {
        foreach (var (country, subdivision) in _headers)
        {
            // A header given twice was added to by somebody: it names no region.
            if (headers.TryGetValue(country, out var values) && values.Count == 1 && TryRead(country, values.ToString(), subdivision, headers, out var region))
            {
                return region;
            }
        }

        return default;
    }

    private static FrozenSet<string> NamesOf((string Country, string? Subdivision)[] headers) =>
        headers.SelectMany(pair => (string?[])[pair.Country, pair.Subdivision]).OfType<string>().ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static bool TryRead(string name, string value, string? subdivision, IHeaderDictionary headers, out Region region)
    {
        if (name == EdgeScape)
        {
            return Region.TryCreate(EdgeScapeField(value, "country_code="), EdgeScapeField(value, "region_code="), out region);
        }

        return subdivision is not null && headers.TryGetValue(subdivision, out var part) && part.Count == 1
            ? Region.TryCreate(value, subdivision == GoogleRegion ? WithoutCountry(value, part.ToString()) : part.ToString(), out region)
            : Region.TryParse(value, out region);
    }

    private static string WithoutCountry(string country, string subdivision) =>
        subdivision.StartsWith(country, StringComparison.OrdinalIgnoreCase) ? subdivision[country.Length..] : subdivision;

    private static string? EdgeScapeField(string value, string field) =>
        Array.Find(value.Split(',', StringSplitOptions.TrimEntries), part => part.StartsWith(field, StringComparison.Ordinal))?[field.Length..];
}
