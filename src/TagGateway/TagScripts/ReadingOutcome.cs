namespace TagGateway.TagScripts;

/// <summary>What has come of reading a script.</summary>
internal enum ReadingOutcome
{
    /// <summary>The same bytes have been read before.</summary>
    Known,

    /// <summary>They have been read now, and rewritten where the site wants it.</summary>
    Read,

    /// <summary>A script of a tag that the site does not allow.</summary>
    Foreign,

    /// <summary>Not in its coding, not whole, or too large.</summary>
    Unreadable,

    /// <summary>No room, too much waiting work, or the client has had its share.</summary>
    Shed,
}
