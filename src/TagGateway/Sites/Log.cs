namespace TagGateway.Sites;

/// <summary>Log messages of this folder. Event ids 1100–1199.</summary>
internal static partial class Log
{
    // Without the host: on a public address it is whatever scanners send.
    [LoggerMessage(1100, LogLevel.Debug, "No site is configured for the request's host.")]
    public static partial void UnknownHost(this ILogger logger);
}
