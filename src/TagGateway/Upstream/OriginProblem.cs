namespace TagGateway.Upstream;

/// <summary>Why a website did not answer.</summary>
internal enum OriginProblem
{
    /// <summary>It broke off, or nothing more is known.</summary>
    ConnectionLost,

    /// <summary>Nobody listens there.</summary>
    ConnectionRefused,

    /// <summary>No way leads there.</summary>
    Unreachable,

    /// <summary>DNS does not know its name.</summary>
    NameNotResolved,

    /// <summary>Its certificate is not trusted, or is another name's.</summary>
    CertificateRefused,

    /// <summary>TLS was not agreed on.</summary>
    TlsFailed,

    /// <summary>It did not answer in time.</summary>
    TimedOut,

    /// <summary>What came was no HTTP, or had too large a head.</summary>
    InvalidAnswer,
}
