namespace TagGateway.Caching;

/// <summary>How long an entry is fresh, and after that how long it may be served stale: the answer's own words and the site's policy,
/// whichever is shorter.</summary>
/// <param name="Fresh">From its origin on.</param>
/// <param name="WhileRevalidate">After <paramref name="Fresh"/>.</param>
/// <param name="IfError">After <paramref name="Fresh"/>.</param>
internal readonly record struct Lifetimes(TimeSpan Fresh, TimeSpan WhileRevalidate, TimeSpan IfError)
{
    /// <summary>When the entry may be forgotten.</summary>
    public TimeSpan End => Fresh + (WhileRevalidate > IfError ? WhileRevalidate : IfError);

    public static Lifetimes Of(EntryRules rules, CachePolicy policy)
    {
        var fresh = Shorter(rules.Lifetime, policy.MaxAge);
        return rules.MustRevalidate
            ? new Lifetimes(fresh, TimeSpan.Zero, TimeSpan.Zero)
            : new Lifetimes(fresh, Shorter(rules.StaleWhileRevalidate, policy.StaleWhileRevalidate), Shorter(rules.StaleIfError, policy.StaleIfError));
    }

    /// <summary>RFC 9111 §4.2: fresh while its lifetime is greater than its age.</summary>
    public EntryState StateAt(TimeSpan age) =>
        age < Fresh ? EntryState.Fresh
        : age < Fresh + WhileRevalidate ? EntryState.StaleWhileRevalidate
        : age < Fresh + IfError ? EntryState.StaleIfError
        : EntryState.Expired;

    private static TimeSpan Shorter(TimeSpan? said, TimeSpan allowed) => said is { } own && own < allowed ? own : allowed;
}
