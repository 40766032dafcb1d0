using TagGateway.Rewriting;
using TagGateway.Sites;

namespace TagGateway.TagScripts;

/// <summary>Log messages of this folder. Event ids 1200–1299.</summary>
internal static partial class Log
{
    // Without the id: it is whatever the request said.
    [LoggerMessage(1200, LogLevel.Debug, "Site {Site}: a script of a tag that is not in its tags was asked for; the browser was sent to Google.")]
    public static partial void TagNotAllowed(this ILogger logger, string site);

    [LoggerMessage(1201, LogLevel.Error, "Site {Site}: the fetch of a script broke by a fault of the gateway; the browser was sent to Google.")]
    public static partial void FillBroke(this ILogger logger, string site, Exception error);

    [LoggerMessage(1202, LogLevel.Warning, "Site {Site}: the script of {Tag} (release {Release}) was not rewritten whole ({Doubt}): its GA4 hits and further scripts go to the site, its other requests to Google.")]
    public static partial void ScriptReduced(this ILogger logger, string site, TagId tag, string release, RewriteDoubt doubt);

    [LoggerMessage(1203, LogLevel.Warning, "Site {Site}: the script of {Tag} (release {Release}) was not rewritten ({Doubt}) and is served as Google made it: its requests go to Google.")]
    public static partial void ScriptUntouched(this ILogger logger, string site, TagId tag, string release, RewriteDoubt doubt);
}
