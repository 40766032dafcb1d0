using Microsoft.Extensions.Logging.Console;

namespace TagGateway.Operations;

/// <summary>Writes to the console, warnings and errors that a client can cause at most once a minute for each kind.</summary>
[ProviderAlias("Console")]
internal sealed class ThrottledLoggerProvider(ConsoleLoggerProvider console, LogThrottle throttle) : ILoggerProvider, ISupportExternalScope
{
    /// <summary>What works on requests. What other own categories warn of is the operator's doing, or told once.</summary>
    private static readonly string[] OfRequests = ["TagGateway.Sites", "TagGateway.TagScripts", "TagGateway.Beacons", "TagGateway.Pages", "TagGateway.Upstream"];

    public ILogger CreateLogger(string categoryName)
    {
        var inner = console.CreateLogger(categoryName);
        var isOwn = categoryName.StartsWith("TagGateway.", StringComparison.Ordinal);
        return isOwn && !Array.Exists(OfRequests, folder => categoryName.StartsWith(folder, StringComparison.Ordinal))
            ? inner
            : new ThrottledLogger(inner, categoryName, isOwn, throttle);
    }

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => console.SetScopeProvider(scopeProvider);

    public void Dispose()
    {
        // The console is the container's to dispose.
    }
}
