namespace TagGateway.Upstream;

/// <summary>Log messages of this folder. Event ids 1500–1599.</summary>
internal static partial class Log
{
    // Debug, as anything per request: the counter taggateway.upstream.requests tells of it at any level.
    [LoggerMessage(1500, LogLevel.Debug, "Site {Site}: a {Kind} to Google ended as {Outcome}.")]
    public static partial void UpstreamFailed(this ILogger logger, string site, RequestKind kind, ForwardOutcome outcome);
}
