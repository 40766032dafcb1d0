namespace TagGateway.Configuration;

/// <summary>How visitors are spoken to at an address.</summary>
internal enum ListenScheme
{
    /// <summary>HTTP/1.1 without TLS.</summary>
    Http,

    /// <summary>HTTP/2 or HTTP/1.1 with TLS, as the browser chooses.</summary>
    Https,

    /// <summary>HTTP/2 without TLS, known beforehand.</summary>
    H2c,
}
