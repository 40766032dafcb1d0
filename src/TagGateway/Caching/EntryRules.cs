using System.Globalization;

namespace TagGateway.Caching;

/// <summary>What the headers of an answer allow a cache: RFC 9111 §3 and §4.2, RFC 5861. The gateway is the site's own, so <c>private</c> does
/// not forbid: the request was made in its name, and no visitor's part is in the answer. <c>CDN-Cache-Control</c> (RFC 9213) is obeyed where it
/// allows less than <c>Cache-Control</c>.</summary>
/// <param name="MayStore">False for <c>no-store</c>, for <c>Set-Cookie</c> and for <c>Vary: *</c>.</param>
/// <param name="Lifetime">How long it is fresh from its origin on; null when the answer does not say.</param>
/// <param name="Age">How old it was when it came (RFC 9111 §4.2.3, without the clock of the origin, which may differ from ours).</param>
/// <param name="MustRevalidate">Never to be served stale, not even in need.</param>
/// <param name="StaleWhileRevalidate">The answer's own word; null: none.</param>
/// <param name="StaleIfError">The answer's own word; null: none.</param>
internal sealed record EntryRules(
    bool MayStore, TimeSpan? Lifetime, TimeSpan Age, bool MustRevalidate, TimeSpan? StaleWhileRevalidate, TimeSpan? StaleIfError)
{
    public const string TargetedCacheControl = "CDN-Cache-Control";

    public static EntryRules Read(IReadOnlyList<HeaderField> headers)
    {
        var control = CacheControl.Parse(Values(headers, "Cache-Control"));
        var targeted = CacheControl.Parse(Values(headers, TargetedCacheControl));
        var mayStore = !control.Has("no-store") && !targeted.Has("no-store")
            && !headers.Any(field => Is(field, "Set-Cookie"))
            && !Values(headers, "Vary").Any(value => value.Split(',').Any(name => name.Trim() == "*"));
        return new EntryRules(
            mayStore,
            Shorter(LifetimeOf(control) ?? ExpiresIn(headers), LifetimeOf(targeted)),
            AgeOf(headers),
            control.Has("must-revalidate") || control.Has("proxy-revalidate") || control.Has("s-maxage") || control.Has("no-cache") || targeted.Has("no-cache"),
            control.Seconds("stale-while-revalidate"),
            control.Seconds("stale-if-error"));
    }

    /// <summary>Every value of a header, in the order of its lines.</summary>
    public static IEnumerable<string> Values(IReadOnlyList<HeaderField> headers, string name) =>
        headers.Where(field => Is(field, name)).Select(field => field.Value);

    private static bool Is(HeaderField field, string name) => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static TimeSpan? LifetimeOf(CacheControl control) =>
        control.Has("no-cache") ? TimeSpan.Zero : control.Seconds("s-maxage") ?? control.Seconds("max-age");

    private static TimeSpan? Shorter(TimeSpan? one, TimeSpan? other) => other is null || one < other ? one : other;

    /// <summary>Both times are the origin's: its clock need not be right. What is no date has expired (RFC 9111 §5.3).</summary>
    private static TimeSpan? ExpiresIn(IReadOnlyList<HeaderField> headers)
    {
        var expires = Values(headers, "Expires").FirstOrDefault();
        if (expires is null)
        {
            return null;
        }

        var isWhole = TryParseDate(expires, out var end) & TryParseDate(Values(headers, "Date").FirstOrDefault() ?? "", out var start);
        return isWhole && end > start ? end - start : TimeSpan.Zero;
    }

    private static TimeSpan AgeOf(IReadOnlyList<HeaderField> headers) =>
        CacheControl.ParseSeconds(Values(headers, "Age").FirstOrDefault()?.Split(',')[0].Trim()) ?? TimeSpan.Zero;

    private static bool TryParseDate(string text, out DateTimeOffset date) =>
        DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out date);
}
