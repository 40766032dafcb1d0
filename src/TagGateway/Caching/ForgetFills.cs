namespace TagGateway.Caching;

/// <summary>Has what is on its way for a scope forgotten: it was asked for before a purge.</summary>
internal delegate void ForgetFills(PurgeScope scope);
