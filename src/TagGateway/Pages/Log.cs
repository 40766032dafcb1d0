using TagGateway.Html;
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

    [LoggerMessage(1410, LogLevel.Debug, "Site {Site}: page {Path}: {Outcome}, {Rewritten} rewritten, reason {Reason}.")]
    public static partial void PagePassed(this ILogger logger, string site, string path, PageOutcome outcome, int rewritten, PageReason reason);

    [LoggerMessage(1411, LogLevel.Debug, "Site {Site}: page {Path} was cut: {Message}")]
    public static partial void PageCut(this ILogger logger, string site, string path, string message);

    [LoggerMessage(1413, LogLevel.Debug, "Site {Site}: a response of the origin was cut: {Message}")]
    public static partial void ResponseCut(this ILogger logger, string site, string message);

    [LoggerMessage(1412, LogLevel.Error, "Site {Site}: rewriting a page failed, and the page with it.")]
    public static partial void PageFaulty(this ILogger logger, Exception error, string site);
}
