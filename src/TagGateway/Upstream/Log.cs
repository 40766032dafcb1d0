namespace TagGateway.Upstream;

/// <summary>Log messages of this folder. Event ids 1500–1599.</summary>
internal static partial class Log
{
    // Debug, as anything per request: the counter taggateway.upstream.requests tells of it at any level.
    [LoggerMessage(1500, LogLevel.Debug, "Site {Site}: a {Kind} to Google ended as {Outcome}.")]
    public static partial void UpstreamFailed(this ILogger logger, string site, RequestKind kind, ForwardOutcome outcome);

    [LoggerMessage(1501, LogLevel.Warning, "The origin of site {Site} does not answer: {Problem}.")]
    public static partial void OriginDown(this ILogger logger, string site, string problem);

    [LoggerMessage(1502, LogLevel.Information, "The origin of site {Site} answers again.")]
    public static partial void OriginAnswersAgain(this ILogger logger, string site);
}
