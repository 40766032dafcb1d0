using Yarp.ReverseProxy.Forwarder;

namespace TagGateway.Pages;

/// <summary>Log messages of this folder. Event ids 1400–1499.</summary>
internal static partial class Log
{
    // Debug, as anything per request: the counter taggateway.pages.failures tells of it at any level.
    [LoggerMessage(1400, LogLevel.Debug, "Site {Site}: the origin did not answer: {Error} ({Problem}).")]
    public static partial void OriginFailed(this ILogger logger, string site, ForwarderError error, string problem);

    [LoggerMessage(1401, LogLevel.Debug, "Site {Site}: the origin's certificate is refused: {Reason}")]
    public static partial void CertificateRefused(this ILogger logger, string site, string? reason);
}
