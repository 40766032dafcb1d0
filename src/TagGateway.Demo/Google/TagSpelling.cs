namespace TagGateway.Demo.Google;

/// <summary>How a script of some release writes its addresses: the file of <c>Tag/Spelling</c> that is spliced into it.</summary>
/// <param name="File">Its name without ending.</param>
/// <param name="ReadsHosts">The blob names the hosts of scripts and diagnostics (keys 3 and 21), and the script reads key 47 in it.</param>
internal sealed record TagSpelling(string File, bool ReadsHosts)
{
    /// <summary>To mid 2025: hosts are compiled in, whole or without a scheme; nothing of the gateway is read from the blob.</summary>
    public static readonly TagSpelling Oldest = new("oldest", false);

    /// <summary>To May 2026: one whole literal for each address.</summary>
    public static readonly TagSpelling Earlier = new("earlier", true);

    /// <summary>Since then: host and path apart.</summary>
    public static readonly TagSpelling Newest = new("newest", true);

    /// <summary>By the release code (year, month and day in one character each: ordinal order is the order of time). A first-party script
    /// of before mid 2025 does not exist here.</summary>
    public static TagSpelling Of(TagScriptKey key) => key.Scenario.Release switch
    {
        var release when string.CompareOrdinal(release, "66") >= 0 => Newest,
        var release when key.IsFirstParty || string.CompareOrdinal(release, "58") >= 0 => Earlier,
        _ => Oldest,
    };
}
