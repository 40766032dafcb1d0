using TagGateway.Configuration;

namespace TagGateway.Receiving;

/// <summary>Log messages of this folder. Event ids 1000–1099.</summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Debug, "A request was refused: {Refusal}.")]
    public static partial void RequestRefused(this ILogger logger, RequestRefusal refusal);

    [LoggerMessage(1001, LogLevel.Warning, "X-Forwarded-For arrives from a private address that is not in trustedProxies: every visitor is measured with that proxy's address and region. Add the proxy's network to trustedProxies.")]
    public static partial void UntrustedProxy(this ILogger logger);

    [LoggerMessage(1002, LogLevel.Information, "Serving on {Traffic}; administration on {Admin}.")]
    public static partial void Serving(this ILogger logger, string traffic, string admin);

    [LoggerMessage(1003, LogLevel.Information, "Stopping: no new connections, requests in flight are finished.")]
    public static partial void Stopping(this ILogger logger);

    [LoggerMessage(1010, LogLevel.Information, "Geo database in force: {Kind}, made on {Built:yyyy-MM-dd}.")]
    public static partial void DatabaseInForce(this ILogger logger, string kind, DateTime built);

    [LoggerMessage(1011, LogLevel.Warning, "{Error}; what was read before stays in force.")]
    public static partial void DatabaseRefused(this ILogger logger, ConfigurationError error);

    [LoggerMessage(1012, LogLevel.Error, "The geo database could not be looked at; what was read before stays in force.")]
    public static partial void DatabaseLookFailed(this ILogger logger, Exception exception);

    [LoggerMessage(1013, LogLevel.Information, "The geo database {Path} is up to date again.")]
    public static partial void DatabaseUpToDateAgain(this ILogger logger, string path);

    [LoggerMessage(1020, LogLevel.Information, "TLS certificate in force: {Names}, until {NotAfter:yyyy-MM-dd}.")]
    public static partial void CertificateInForce(this ILogger logger, string names, DateTime notAfter);

    [LoggerMessage(1021, LogLevel.Warning, "{Error}; the certificate that was read before stays in force.")]
    public static partial void CertificateRefused(this ILogger logger, ConfigurationError error);

    [LoggerMessage(1022, LogLevel.Warning, "The TLS certificate {Path} {Problem}.")]
    public static partial void CertificateNotGood(this ILogger logger, string path, string problem);

    [LoggerMessage(1025, LogLevel.Information, "The files of the TLS certificate {Path} are up to date again.")]
    public static partial void CertificateUpToDateAgain(this ILogger logger, string path);

    [LoggerMessage(1024, LogLevel.Debug, "A TLS handshake could not be read; the connection ends.")]
    public static partial void HandshakeUnreadable(this ILogger logger);

    [LoggerMessage(1023, LogLevel.Error, "The TLS certificates could not be looked at; those that were read before stay in force.")]
    public static partial void CertificatesLookFailed(this ILogger logger, Exception exception);
}
