namespace TagGateway.TagScripts;

/// <summary>How a script request was answered.</summary>
internal enum ScriptOutcome
{
    /// <summary>From memory, fresh.</summary>
    Hit,

    /// <summary>From memory, stale, while a newer one is fetched.</summary>
    Stale,

    /// <summary>From memory, stale, because Google could not be asked.</summary>
    StaleIfError,

    /// <summary>Fetched, by this request or one that came with it.</summary>
    Miss,

    /// <summary>Google says that the stale one is the newest.</summary>
    Revalidated,

    /// <summary>Another gateway had it.</summary>
    Shared,

    /// <summary>Passed on whole, uncached.</summary>
    Passed,

    /// <summary>302 to Google's own address.</summary>
    Redirected,

    /// <summary>Nothing to serve and nowhere to send the browser.</summary>
    Failed,
}
