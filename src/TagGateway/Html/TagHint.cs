namespace TagGateway.Html;

/// <summary>What becomes of a page's hints to its browser, in its markup (<c>link</c>) and in its headers.</summary>
internal static class TagHint
{
    /// <summary>Null: it stays as it is. Empty: it connects to a host of the tag's, and goes. Else where it leads now: what it loads is a tag.</summary>
    /// <param name="relations">The <c>rel</c>.</param>
    /// <param name="address">Decoded.</param>
    /// <param name="tags">Of the site.</param>
    /// <param name="origin">Of the page; null: not known.</param>
    /// <param name="prefix">As of <see cref="TagAddress.FirstParty"/>.</param>
    public static string? FirstParty(string relations, ReadOnlySpan<char> address, TagPlan tags, string? origin = null, string prefix = "")
    {
        foreach (var relation in relations.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            switch (relation)
            {
                case "preconnect" or "dns-prefetch" when TagAddress.LeadsToTagHost(address, tags):
                    return "";
                case "preload" or "prefetch" or "modulepreload" when TagAddress.TryRead(address, tags, origin, out var target) && target.FirstParty(tags, prefix) is { } own:
                    return own;
            }
        }

        return null;
    }
}
