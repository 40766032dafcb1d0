namespace TagGateway.Configuration;

/// <summary>Log messages of this folder. Event ids 1900–1999.</summary>
internal static partial class Log
{
    [LoggerMessage(1900, LogLevel.Information, "Configuration loaded: {Sites} site(s), from {Source}.")]
    public static partial void ConfigurationLoaded(this ILogger logger, int sites, string source);

    [LoggerMessage(1901, LogLevel.Warning, "{Warning}")]
    public static partial void ConfigurationWarning(this ILogger logger, ConfigurationError warning);

    [LoggerMessage(1902, LogLevel.Error, "The changed configuration is not taken, {Count} error(s); the last good one stays in force.")]
    public static partial void ChangeRefused(this ILogger logger, int count);

    [LoggerMessage(1903, LogLevel.Error, "{Error}")]
    public static partial void ConfigurationWrong(this ILogger logger, ConfigurationError error);

    [LoggerMessage(1904, LogLevel.Warning, "Changed, but in force only after a restart: {Keys}.")]
    public static partial void NeedsRestart(this ILogger logger, string keys);

    [LoggerMessage(1905, LogLevel.Error, "The configuration could not be looked at; the last good one stays in force.")]
    public static partial void LookFailed(this ILogger logger, Exception exception);
}
