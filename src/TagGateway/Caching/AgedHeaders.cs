using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace TagGateway.Caching;

/// <summary>The headers of an answer that depend on the entry's age and the site's policy, written once a second.</summary>
/// <param name="Second">Of age.</param>
/// <param name="Lifetimes">By the policy of the site, which a reload may change.</param>
/// <param name="Age">The value of <c>Age</c>.</param>
/// <param name="CacheControl">To the browser always <c>private</c>, with the whole lifetime: <c>Age</c> tells what of it is over. Of a versioned file
/// as Google sends it.</param>
/// <param name="Hit">The value of <c>Cache-Status</c> when the entry is served as it is.</param>
internal sealed record AgedHeaders(long Second, Lifetimes Lifetimes, string Age, string CacheControl, string Hit)
{
    public static AgedHeaders At(long second, Entry entry, Lifetimes lifetimes)
    {
        var lifetime = (long)lifetimes.Fresh.TotalSeconds;
        var revalidate = entry.Rules.MustRevalidate ? ", must-revalidate" : "";
        var own = string.Create(CultureInfo.InvariantCulture, $"private, max-age={lifetime}{revalidate}");
        return new AgedHeaders(
            second,
            lifetimes,
            second.ToString(CultureInfo.InvariantCulture),
            entry.Head.IsVersioned ? entry.Header(HeaderNames.CacheControl) ?? own : own,
            CacheStatus.Hit(lifetimes.Fresh - TimeSpan.FromSeconds(second)));
    }
}
