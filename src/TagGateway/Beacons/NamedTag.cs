using TagGateway.Sites;

namespace TagGateway.Beacons;

/// <summary>Which of the site's tags a hit is for.</summary>
internal static class NamedTag
{
    /// <summary>The allowed tag that the query's <c>tid</c> names (GA's hits do); else the main tag.</summary>
    /// <param name="site">Whose tags count.</param>
    /// <param name="query">Raw, empty or beginning with '?'.</param>
    public static TagId Find(Site site, ReadOnlySpan<char> query)
    {
        if (site.Tags.Count == 1)
        {
            return site.MainTag;
        }

        var parameters = query.TrimStart('?');
        foreach (var range in parameters.Split('&'))
        {
            var parameter = parameters[range];
            if (parameter.StartsWith("tid=", StringComparison.Ordinal))
            {
                return TagId.TryParse(parameter[4..].ToString(), out var tag) && site.Tags.Contains(tag) ? tag : site.MainTag;
            }
        }

        return site.MainTag;
    }
}
