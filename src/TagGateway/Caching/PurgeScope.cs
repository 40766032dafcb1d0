using System.Buffers;

namespace TagGateway.Caching;

/// <summary>What a purge removes: everything, the entries of a site, of a tag, or of a tag of one site.</summary>
/// <remarks>As text, for the way from gateway to gateway: <c>scope = "*" | site | site "/" tag | "*/" tag</c>.</remarks>
/// <param name="Site">The site's name as the configuration spells it: letters, digits, '-', '_' and '.'; null: any.</param>
/// <param name="Tag">A tag id in upper case; null: any.</param>
internal readonly record struct PurgeScope(string? Site, string? Tag)
{
    private const string Any = "*";

    /// <summary>As long as any <c>site/tag</c> that a configuration allows; more is nobody's message.</summary>
    private const int MaxLength = 128;

    private static readonly SearchValues<char> SiteCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    private static readonly SearchValues<char> TagCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

    public static PurgeScope All => default;

    /// <summary>False for anything that <see cref="ToString"/> would not write; never throws.</summary>
    public static bool TryParse(string? text, out PurgeScope scope)
    {
        scope = default;
        if (text is null or { Length: 0 or > MaxLength })
        {
            return false;
        }

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var site = slash < 0 ? text : text[..slash];
        var tag = slash < 0 ? null : text[(slash + 1)..];
        if ((site != Any && !IsMadeOf(site, SiteCharacters)) || (tag is not null && !IsMadeOf(tag, TagCharacters)))
        {
            return false;
        }

        scope = new PurgeScope(site == Any ? null : site, tag);
        return true;
    }

    public override string ToString() => Tag is null ? Site ?? Any : $"{Site ?? Any}/{Tag}";

    private static bool IsMadeOf(string word, SearchValues<char> allowed) => word.Length > 0 && !word.AsSpan().ContainsAnyExcept(allowed);
}
