using Microsoft.Net.Http.Headers;
using TagGateway.Caching;
using TagGateway.Html;

namespace TagGateway.Pages;

/// <summary>Decides by an answer's head whether its body is a page to be rewritten.</summary>
internal static class PageGate
{
    /// <summary>By which the website leaves an answer as it is; never reaches the visitor.</summary>
    public const string SwitchHeader = "X-Tag-Gateway";

    /// <summary>Null for what is no page: another type, a redirect, an answer without a body. <see cref="PageReason.None"/>: it is to be rewritten.</summary>
    /// <param name="rules">The site's.</param>
    /// <param name="path">Raw, without the query.</param>
    /// <param name="status">The answer's.</param>
    /// <param name="headers">The answer's, with the switch.</param>
    public static PageReason? Judge(PageRules rules, string path, int status, IHeaderDictionary headers)
    {
        var types = headers.ContentType;
        if (types.Count != 1 || !rules.ContentTypes.Contains(MediaType(types.ToString())) || status is < 200 or 204 or 205 or (>= 300 and < 400))
        {
            return null;
        }

        return !rules.Covers(path) ? PageReason.Excluded
            : IsSwitchedOff(headers) ? PageReason.TurnedOff
            : IsFixed(headers) ? PageReason.NoTransform
            : status == StatusCodes.Status206PartialContent || headers.ContentRange.Count > 0 ? PageReason.Partial
            : !PageCodings.TryParse(headers.ContentEncoding, out _) ? PageReason.Coding
            : !PageCharset.IsReadable(types.ToString(), out _) ? PageReason.Charset
            : PageReason.None;
    }

    private static string MediaType(string contentType)
    {
        var semicolon = contentType.IndexOf(';', StringComparison.Ordinal);
        return (semicolon < 0 ? contentType : contentType[..semicolon]).Trim();
    }

    private static bool IsSwitchedOff(IHeaderDictionary headers) =>
        headers.TryGetValue(SwitchHeader, out var values) && values.Any(value => value is not null && value.Trim().Equals("off", StringComparison.OrdinalIgnoreCase));

    private static bool IsFixed(IHeaderDictionary headers) =>
        headers.TryGetValue(HeaderNames.CacheControl, out var values)
        && values.Any(value => value is not null && value.Contains("no-transform", StringComparison.OrdinalIgnoreCase))
        && CacheControl.Parse(values.OfType<string>()).Has("no-transform");
}
