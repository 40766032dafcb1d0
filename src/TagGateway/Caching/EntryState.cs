namespace TagGateway.Caching;

/// <summary>What an entry of a certain age is good for.</summary>
internal enum EntryState
{
    Fresh,

    /// <summary>Served at once, and fetched again behind the visitor's back.</summary>
    StaleWhileRevalidate,

    /// <summary>Served only when a newer one cannot be had.</summary>
    StaleIfError,

    /// <summary>Good for nothing but its validators.</summary>
    Expired,
}
