namespace TagGateway.Attacks.Connecting;

/// <summary>What is spoken to the server.</summary>
internal enum TargetScheme
{
    /// <summary>HTTP/1.1 without TLS.</summary>
    Http,

    /// <summary>HTTP/2 without TLS, with prior knowledge (RFC 9113 §3.3).</summary>
    H2c,

    /// <summary>HTTP/2 over TLS.</summary>
    Https,
}
