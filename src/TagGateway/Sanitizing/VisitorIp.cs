namespace TagGateway.Sanitizing;

/// <summary>How the visitor's address goes to Google.</summary>
internal enum VisitorIp
{
    Forward,

    /// <summary>Only the network: /24 of IPv4, /48 of IPv6.</summary>
    Truncate,

    Hide,
}
