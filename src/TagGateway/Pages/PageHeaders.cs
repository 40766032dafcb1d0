using Microsoft.Net.Http.Headers;

namespace TagGateway.Pages;

/// <summary>The headers of a rewritten page: what described the website's bytes goes, what tells versions apart tells ours.</summary>
internal static class PageHeaders
{
    private static readonly string[] OfTheBytes = [HeaderNames.ContentLength, HeaderNames.ContentMD5, HeaderNames.AcceptRanges, "Digest", "Repr-Digest", "Content-Digest"];

    /// <param name="headers">The visitor's answer's.</param>
    /// <param name="fingerprint">Of the rewriting.</param>
    /// <param name="came">The coding of the website's bytes.</param>
    /// <param name="leaves">That of ours.</param>
    public static void Fit(IHeaderDictionary headers, string fingerprint, PageCoding came, PageCoding leaves)
    {
        foreach (var name in OfTheBytes)
        {
            headers.Remove(name);
        }

        headers.ETag = PageETag.Create(Single(headers, HeaderNames.ETag), Single(headers, HeaderNames.LastModified), fingerprint);
        if (came != leaves)
        {
            headers.ContentEncoding = leaves switch
            {
                PageCoding.Brotli => "br",
                PageCoding.Gzip => "gzip",
                _ => default,
            };
        }
    }

    /// <summary>Of a 304 to one of our tags.</summary>
    /// <param name="headers">The visitor's answer's.</param>
    /// <param name="asked">The visitor's tag that the website was asked about in its own form.</param>
    public static void FitUnchanged(IHeaderDictionary headers, PageETag asked)
    {
        foreach (var name in OfTheBytes)
        {
            headers.Remove(name);
        }

        headers.ETag = (asked.Kind == 'm' ? null : PageETag.Create(Single(headers, HeaderNames.ETag), null, asked.Fingerprint)) ?? asked.Text;
    }

    private static string? Single(IHeaderDictionary headers, string name) => headers.TryGetValue(name, out var values) && values.Count == 1 ? values[0] : null;
}
