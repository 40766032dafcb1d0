namespace TagGateway.TagScripts;

/// <summary>What a fill has come to.</summary>
internal enum FillKind
{
    /// <summary>There was none; now there is.</summary>
    Stored,

    /// <summary>The stale one was replaced.</summary>
    Replaced,

    /// <summary>The stale one is still the newest: 304.</summary>
    Revalidated,

    /// <summary>The fill before this one has just ended: whoever asked had looked a moment too early.</summary>
    Kept,

    /// <summary>Another gateway had it.</summary>
    Shared,

    /// <summary>Not to be kept: every visitor's request goes its own way.</summary>
    Passed,

    /// <summary>A script of a tag that the site does not allow.</summary>
    Foreign,

    /// <summary>No room, too much waiting work, or the client has had its share: nothing is wrong with the script.</summary>
    Shed,

    /// <summary>Google was not asked, could not answer, or answered what cannot be read.</summary>
    Failed,
}
