namespace TagGateway.Receiving;

/// <summary>Log messages of this folder. Event ids 1000–1099.</summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Debug, "A request was refused: {Refusal}.")]
    public static partial void RequestRefused(this ILogger logger, RequestRefusal refusal);

    [LoggerMessage(1001, LogLevel.Warning, "X-Forwarded-For arrives from a private address that is not in trustedProxies: every visitor is measured with that proxy's address and region. Add the proxy's network to trustedProxies.")]
    public static partial void UntrustedProxy(this ILogger logger);
}
