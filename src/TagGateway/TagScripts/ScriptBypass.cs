namespace TagGateway.TagScripts;

/// <summary>Why a script was not looked for in the cache, or not kept: its request is passed on whole.</summary>
internal enum ScriptBypass
{
    None,

    /// <summary>The site keeps no scripts.</summary>
    Off,

    /// <summary>Neither GET nor HEAD.</summary>
    Method,

    /// <summary>A preview or debug session: the script is made for this visitor.</summary>
    Personal,

    /// <summary>Nobody told where the visitor is: the answer may follow the address.</summary>
    RegionUnknown,

    /// <summary>Google's answer forbids it, or is no script.</summary>
    NotKept,

    /// <summary>Larger than what the memory can hold among others.</summary>
    TooLarge,

    /// <summary>A purge came while it was fetched.</summary>
    Purged,

    /// <summary>It had to go at this very moment.</summary>
    Evicted,
}
