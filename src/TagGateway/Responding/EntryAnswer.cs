using Microsoft.Net.Http.Headers;
using TagGateway.Caching;

namespace TagGateway.Responding;

/// <summary>Answers with a kept entry: the headers true to its age, the body in one coding, 304 where the browser has it already.</summary>
internal static class EntryAnswer
{
    /// <summary>RFC 9110 §13.2.2: <c>If-None-Match</c> decides where it stands, else <c>If-Modified-Since</c>. From the key alone: no body is looked at.</summary>
    public static bool IsNotModified(IHeaderDictionary request, Entry entry, EntryForm form)
    {
        var known = request.IfNoneMatch;
        if (known.Count > 0)
        {
            foreach (var line in known)
            {
                if (Names(line, entry.ETagOf(form)))
                {
                    return true;
                }
            }

            return false;
        }

        // A template's date is that of all its forms. Else it is only ever what the origin said: an equal one is the same script (RFC 9110 §13.1.3 allows that reading).
        return !entry.Head.IsTemplate && request.IfModifiedSince is { Count: 1 } since && since.ToString() == entry.Header(HeaderNames.LastModified);
    }

    public static void WriteNotModified(HttpContext context, Entry entry, Lifetimes lifetimes, EntryForm form, string? status)
    {
        context.Response.StatusCode = StatusCodes.Status304NotModified;
        SetHeaders(context.Response.Headers, entry, lifetimes, form, status);
    }

    /// <param name="context">Whose response has not begun.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="lifetimes">By the site's policy.</param>
    /// <param name="form">Of <paramref name="body"/>.</param>
    /// <param name="body">Retained by the caller for the time of the call.</param>
    /// <param name="status">The value of <c>Cache-Status</c>; null: a plain hit.</param>
    public static Task WriteAsync(HttpContext context, Entry entry, Lifetimes lifetimes, EntryForm form, StoredBytes body, string? status)
    {
        var response = context.Response;
        var headers = response.Headers;
        foreach (var (name, values) in entry.ServedHeaders)
        {
            headers[name] = values;
        }

        SetHeaders(headers, entry, lifetimes, form, status);
        if (ContentCodings.NameOf(form.Coding) is { } encoding)
        {
            headers.ContentEncoding = encoding;
        }

        return StoredAnswer.WriteAsync(context, body);
    }

    private static void SetHeaders(IHeaderDictionary headers, Entry entry, Lifetimes lifetimes, EntryForm form, string? status)
    {
        var aged = entry.HeadersAt(entry.Age, lifetimes);
        if (entry.Date is not null)
        {
            headers.Date = entry.Date;
        }

        headers.Age = aged.Age;
        headers.CacheControl = aged.CacheControl;
        headers.ETag = entry.ETagOf(form);
        headers.Vary = HeaderNames.AcceptEncoding;
        headers[CacheStatus.Header] = status ?? aged.Hit;
    }

    /// <summary>Weakly compared (RFC 9110 §8.8.3.2), as a list or <c>*</c>.</summary>
    private static bool Names(string? line, string tag)
    {
        var text = line.AsSpan().Trim();
        if (text.SequenceEqual(tag) || text is "*")
        {
            return true;
        }

        foreach (var range in text.Split(','))
        {
            var item = text[range].Trim();
            if ((item.StartsWith("W/", StringComparison.Ordinal) ? item[2..] : item).SequenceEqual(tag))
            {
                return true;
            }
        }

        return false;
    }
}
