namespace TagGateway.Caching;

/// <summary>Log messages of this folder. Event ids 1700–1799. Never a message of Redis or of its client: they may quote addresses and keys.</summary>
internal static partial class Log
{
    [LoggerMessage(1700, LogLevel.Information, "Redis answers: scripts and purges are shared.")]
    public static partial void RedisUp(this ILogger logger);

    [LoggerMessage(1701, LogLevel.Warning, "Redis is away ({Reason}): scripts come from memory and from Google, purges are not shared.")]
    public static partial void RedisDown(this ILogger logger, string reason);

    [LoggerMessage(1702, LogLevel.Warning, "Redis takes no entries ({Reason}): new scripts are not shared.")]
    public static partial void RedisTakesNothing(this ILogger logger, string reason);

    [LoggerMessage(1703, LogLevel.Information, "Redis takes entries again.")]
    public static partial void RedisTakesAgain(this ILogger logger);

    [LoggerMessage(1704, LogLevel.Error, "Looking after Redis failed by a fault of the gateway; it goes on.")]
    public static partial void RedisWatchBroke(this ILogger logger, Exception error);

    [LoggerMessage(1705, LogLevel.Information, "Purged {Scope} because another gateway did: {Removed} entries.")]
    public static partial void PurgedForAnother(this ILogger logger, PurgeScope scope, int removed);
}
