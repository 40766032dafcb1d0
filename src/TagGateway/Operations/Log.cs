using TagGateway.Caching;

namespace TagGateway.Operations;

/// <summary>Log messages of this folder. Event ids 1800–1899.</summary>
internal static partial class Log
{
    [LoggerMessage(1800, LogLevel.Debug, "A request of the administration API is refused: {Reason}.")]
    public static partial void AccessRefused(this ILogger logger, AdminVerdict reason);

    [LoggerMessage(1801, LogLevel.Information, "Purged {Scope}: {Removed} entries removed here; reach {Reach}.")]
    public static partial void Purged(this ILogger logger, PurgeScope scope, int removed, PurgeReach reach);

    [LoggerMessage(1802, LogLevel.Information, "Draining: /readyz says 503, requests are served for another {Delay}.")]
    public static partial void Draining(this ILogger logger, TimeSpan delay);
}
