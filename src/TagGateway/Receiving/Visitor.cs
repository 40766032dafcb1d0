using System.Net;

namespace TagGateway.Receiving;

/// <summary>Who sends a request: the feature that the first step leaves for the others.</summary>
internal sealed class Visitor
{
    private readonly RegionSources? _sources;
    private readonly IHeaderDictionary? _trustedHeaders;
    private Region _region;
    private volatile bool _isRegionFound;

    /// <summary>A visitor whose region is worked out when it is first asked for: most requests are for pages, which need none.</summary>
    /// <param name="address">As <see cref="Address"/>.</param>
    /// <param name="sources">Who tells the region.</param>
    /// <param name="trustedHeaders">The request's, when the peer is a trusted proxy; else null.</param>
    public Visitor(IPAddress? address, RegionSources sources, IHeaderDictionary? trustedHeaders)
    {
        (Address, _sources, _trustedHeaders) = (address, sources, trustedHeaders);
        IsViaTrustedProxy = trustedHeaders is not null;
    }

    /// <summary>A visitor whose region is known.</summary>
    public Visitor(IPAddress? address, Region region, bool isViaTrustedProxy)
    {
        (Address, _region, IsViaTrustedProxy) = (address, region, isViaTrustedProxy);
        _isRegionFound = true;
    }

    /// <summary>The visitor's own address, IPv4 never in its mapped form; null when the peer has none (a Unix socket).</summary>
    public IPAddress? Address { get; }

    /// <summary>Whether the peer is a trusted proxy, so that its <c>X-Forwarded-*</c> are true.</summary>
    public bool IsViaTrustedProxy { get; }

    /// <summary>Whether a proxy can tell the visitor's region in this header: by the CDNs' names, or by the configuration's.</summary>
    public bool IsGeoHeader(string name) => GeoHeaders.IsKnown(name) || _sources?.Headers.IsRead(name) == true;

    /// <summary>Where the visitor is; unknown when nobody trustworthy told. To be asked for first while the request is under way.</summary>
    public Region Region
    {
        get
        {
            if (!_isRegionFound)
            {
                _region = _sources?.Find(Address, _trustedHeaders) ?? default;
                _isRegionFound = true;
            }

            return _region;
        }
    }
}
