using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace TagGateway.Pages;

/// <summary>What the website is asked when its answer may be rewritten: for the whole page, in a coding that is read, and only about versions that it knows.</summary>
internal static class PageRequest
{
    /// <summary>For a page, as browsers say it; also for one that was rewritten before. Anything else, such as an image or a program's own request, leaves as it came.</summary>
    public static bool IsForPage(IHeaderDictionary headers) =>
        headers.TryGetValue("Sec-Fetch-Dest", out var destination)
            ? destination.ToString() is "document" or "iframe" or "frame" or "fencedframe" || IsAboutRewritten(headers)
            : IsAboutRewritten(headers) || headers.Accept.Any(line => line is not null && line.Contains("text/html", StringComparison.OrdinalIgnoreCase));

    /// <summary>For a piece of a page, by a script of the page: no place for another tag. Android's web views put their app's name into <c>X-Requested-With</c>,
    /// and ask for whole pages.</summary>
    public static bool IsForPiece(IHeaderDictionary headers) =>
        headers.ContainsKey("HX-Request") || headers.ContainsKey("Turbo-Frame") || headers.XRequestedWith.ToString().Equals("XMLHttpRequest", StringComparison.OrdinalIgnoreCase);

    /// <summary>One of the tags that the visitor asks about was made here, for this site or before it was changed: no website knows it.</summary>
    public static bool IsAboutRewritten(IHeaderDictionary headers) => headers.IfNoneMatch.Any(PageETag.IsIn);

    /// <summary>A page that is in the browser's cache as it is now rewritten may be confirmed; one that was never rewritten, or in another way, must come anew.</summary>
    /// <param name="headers">The request's, on their way to the website.</param>
    /// <param name="fingerprint">Of today's rewriting.</param>
    /// <returns>The visitor's tag that the website is asked about in its own form; null when it is asked for the page.</returns>
    public static PageETag? Fit(IHeaderDictionary headers, string fingerprint)
    {
        headers.Remove(HeaderNames.Range);
        headers.Remove(HeaderNames.IfRange);
        if (PageCodings.Narrow(headers.AcceptEncoding) is { } codings)
        {
            headers.AcceptEncoding = codings;
        }

        return FitValidators(headers, tag => tag.Fingerprint == fingerprint);
    }

    /// <summary>Of a page that is no longer rewritten: nothing asks the website about a version that is not its own.</summary>
    public static void RemoveValidators(IHeaderDictionary headers) => FitValidators(headers, static _ => false);

    private static PageETag? FitValidators(IHeaderDictionary headers, Func<PageETag, bool> isCurrent)
    {
        var asked = headers.IfNoneMatch.OfType<string>().SelectMany(PageETag.ReadAll).Where(isCurrent).ToList();
        var since = headers.IfModifiedSince;
        var tags = asked.Select(tag => tag.OriginTag).OfType<string>().ToArray();
        headers.Remove(HeaderNames.IfNoneMatch);
        headers.Remove(HeaderNames.IfModifiedSince);
        if (tags.Length > 0)
        {
            headers.IfNoneMatch = new StringValues(string.Join(", ", tags));
            return asked.First(tag => tag.OriginTag is not null);
        }

        if (asked.Find(tag => tag.OriginDate is not null) is { OriginDate: { } date } dated)
        {
            // As the website spelled it, where the browser says so.
            headers.IfModifiedSince = since.Count == 1 && PageETag.Create(null, since[0], dated.Fingerprint) == dated.Text ? since : date;
            return dated;
        }

        return null;
    }
}
