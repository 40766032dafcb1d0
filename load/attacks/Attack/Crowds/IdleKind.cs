namespace TagGateway.Attacks.Crowds;

/// <summary>How far a connection comes before it falls silent.</summary>
internal enum IdleKind
{
    /// <summary>Connected; not a byte is sent, no TLS handshake either.</summary>
    Silent,

    /// <summary>One request was sent and its response read; with HTTP/2 every PING and SETTINGS is confirmed.</summary>
    KeepAlive,
}
