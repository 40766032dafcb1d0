using TagGateway.Limits;

namespace TagGateway.Receiving;

/// <summary>Finds whom the work that a request causes is charged to.</summary>
internal static class RequestClient
{
    /// <summary>Null where many may stand behind the peer: a trusted proxy that names no visitor, or a peer without an address.</summary>
    public static ClientKey? Of(Visitor? visitor, TrustedProxies trusted) =>
        visitor?.Address is { } address && !trusted.Contains(address) ? ClientKey.Of(address) : null;
}
