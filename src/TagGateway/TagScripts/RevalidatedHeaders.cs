using System.Collections.Frozen;
using Microsoft.Net.Http.Headers;
using TagGateway.Caching;

namespace TagGateway.TagScripts;

/// <summary>The headers of an entry after a 304.</summary>
internal static class RevalidatedHeaders
{
    /// <summary>Of the body that is kept. Its type was looked at when it came: no 304 makes a page of a script.</summary>
    private static readonly FrozenSet<string> OfTheBody = new[]
    {
        HeaderNames.ContentEncoding, HeaderNames.ContentLength, HeaderNames.ContentMD5, HeaderNames.ContentRange, HeaderNames.ContentType, HeaderNames.ETag,
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>RFC 9111 §3.2: what a 304 says replaces what the entry said, but for what describes the body's bytes.</summary>
    public static List<HeaderField> Of(IReadOnlyList<HeaderField> former, IReadOnlyList<HeaderField> newer)
    {
        var said = newer.Where(field => !OfTheBody.Contains(field.Name)).ToList();
        return [.. former.Where(field => !said.Exists(other => other.Name.Equals(field.Name, StringComparison.OrdinalIgnoreCase))), .. said];
    }
}
