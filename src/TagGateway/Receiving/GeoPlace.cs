using MaxMind.Db;

namespace TagGateway.Receiving;

/// <summary>What a geo database says of a country or of one of its subdivisions; names and numbers are left unread.</summary>
internal sealed class GeoPlace
{
    /// <summary>Null when the database has none, as DB-IP Lite for subdivisions.</summary>
    [MapKey("iso_code")]
    public string? IsoCode { get; init; }
}
