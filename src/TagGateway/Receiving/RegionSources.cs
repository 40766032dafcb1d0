using System.Net;
using TagGateway.Configuration;

namespace TagGateway.Receiving;

/// <summary>Who tells where a visitor is, the most exact first: the database, the headers of trusted proxies, the default.</summary>
/// <param name="Database">Null when none is configured.</param>
/// <param name="Headers">What proxies call theirs.</param>
/// <param name="Default">When nothing else is known; unknown itself when not configured.</param>
internal sealed record RegionSources(GeoDatabase? Database, GeoHeaders Headers, Region Default)
{
    /// <param name="options">What the operator wrote.</param>
    /// <param name="files">Reads the database.</param>
    /// <param name="open">The database in force, which is not opened again.</param>
    /// <param name="errors">Gets what is wrong.</param>
    public static RegionSources Parse(GeoOptions options, OperatorFiles files, GeoDatabase? open, ConfigurationErrors errors)
    {
        var headers = GeoHeaders.Parse(options.Headers, errors);
        Region defaultRegion = default;
        if (options.Default is not null && !Region.TryParse(options.Default, out defaultRegion))
        {
            errors.Add("geo.default", $"\"{options.Default}\" is not a region such as \"US-CA\" or \"DE\"");
        }

        return new RegionSources(GeoDatabase.Open(options.Database, files, open, errors), headers, defaultRegion);
    }

    /// <summary>Unknown when nobody tells. Where the database knows the country alone, a header may name its subdivision.</summary>
    /// <param name="address">The visitor's own, whole; null when there is none.</param>
    /// <param name="trustedHeaders">The request's, when its peer is a trusted proxy; else null.</param>
    public Region Find(IPAddress? address, IHeaderDictionary? trustedHeaders)
    {
        var region = address is null || Database is null ? default : Database.Find(address);
        if (trustedHeaders is not null && !region.HasSubdivision)
        {
            var told = Headers.Read(trustedHeaders);
            region = !region.IsKnown || told.Refines(region) ? told : region;
        }

        return region.IsKnown ? region : Default;
    }
}
