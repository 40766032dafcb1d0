using MaxMind.Db;

namespace TagGateway.Receiving;

/// <summary>What a geo database says of a network, in the form of GeoIP2 and GeoLite2 that others keep to. Left unread are <c>registered_country</c>,
/// where the network's holder is registered, and <c>represented_country</c>, whose embassy or base it is: which law and consent
/// hold for a visitor goes by where he is.</summary>
internal sealed class GeoRecord
{
    [MapKey("country")]
    public GeoPlace? Country { get; init; }

    /// <summary>The largest first; null in a Country database.</summary>
    [MapKey("subdivisions")]
    public IReadOnlyList<GeoPlace>? Subdivisions { get; init; }

    /// <summary>Unknown without a country.</summary>
    public Region ToRegion()
    {
        var subdivision = Subdivisions is [{ IsoCode: { } code }, ..] && !FipsCode.IsLikely(Country?.IsoCode, code) ? code : null;
        return Region.TryCreate(Country?.IsoCode, subdivision, out var region) ? region : default;
    }
}
