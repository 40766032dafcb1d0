namespace TagGateway.Caching;

/// <summary>The names of the codings on the wire.</summary>
internal static class ContentCodings
{
    /// <summary>The value of <c>Content-Encoding</c>; null for identity, which has none.</summary>
    public static string? NameOf(ContentCoding coding) => coding switch
    {
        ContentCoding.Brotli => "br",
        ContentCoding.Gzip => "gzip",
        _ => null,
    };

    /// <summary>False for a coding that the gateway cannot read, and for several at once.</summary>
    /// <param name="name">The value of <c>Content-Encoding</c>; null or empty: none.</param>
    /// <param name="coding">The coding.</param>
    public static bool TryParse(string? name, out ContentCoding coding)
    {
        ContentCoding? known = (name ?? "").Trim().ToLowerInvariant() switch
        {
            "" or "identity" => ContentCoding.Identity,
            "gzip" or "x-gzip" => ContentCoding.Gzip,
            "br" => ContentCoding.Brotli,
            _ => null,
        };
        coding = known ?? ContentCoding.Identity;
        return known is not null;
    }
}
