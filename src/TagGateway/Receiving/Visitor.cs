using System.Net;

namespace TagGateway.Receiving;

/// <summary>Who sends a request: the feature that the first step leaves for the others.</summary>
/// <param name="Address">The visitor's own address, IPv4 never in its mapped form; null when the peer has none (a Unix socket).</param>
/// <param name="Region">Where the visitor is; unknown when nobody trustworthy told.</param>
/// <param name="IsViaTrustedProxy">Whether the peer is a trusted proxy, so that its <c>X-Forwarded-*</c> are true.</param>
internal sealed record Visitor(IPAddress? Address, Region Region, bool IsViaTrustedProxy);
