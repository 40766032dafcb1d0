namespace TagGateway.Rewriting;

/// <summary>Why a script was not rewritten whole.</summary>
internal enum RewriteDoubt
{
    None,

    /// <summary>Not JavaScript, not whole, or not text.</summary>
    NotJavaScript,

    /// <summary>Too many bytes, or so written that the rules would look around in it for too long.</summary>
    TooLarge,

    /// <summary>A host of Google where the rules cannot tell what is made of it.</summary>
    HostLeft,

    /// <summary>A host in disguise: character codes, escapes, base64.</summary>
    HostHidden,

    /// <summary>A tag's script that names none of the hosts that every tag names.</summary>
    NoAnchor,

    /// <summary>What came out is not the script that went in: a fault of the rules.</summary>
    NotTheSame,

    /// <summary>No tag's script: there is nothing that a small change could be made to.</summary>
    NoPlace,
}
