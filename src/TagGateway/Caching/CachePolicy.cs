namespace TagGateway.Caching;

/// <summary>How long a site keeps scripts. What Google allows less of wins.</summary>
/// <param name="MaxAge">Fresh at most this long; also how long an answer that names no lifetime is fresh.</param>
/// <param name="StaleWhileRevalidate">After that, served at once while a newer one is fetched (RFC 5861 §3).</param>
/// <param name="StaleIfError">After that, served when Google cannot be asked (RFC 5861 §4).</param>
internal sealed record CachePolicy(TimeSpan MaxAge, TimeSpan StaleWhileRevalidate, TimeSpan StaleIfError);
