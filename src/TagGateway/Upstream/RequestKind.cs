namespace TagGateway.Upstream;

/// <summary>What a request on the measurement path is, as far as the gateway can tell.</summary>
internal enum RequestKind
{
    Script,
    Beacon,
}
