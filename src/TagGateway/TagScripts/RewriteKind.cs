namespace TagGateway.TagScripts;

/// <summary>What bytes of Google's are taken for when they are rewritten.</summary>
internal enum RewriteKind
{
    /// <summary>They stay as they came.</summary>
    None,
    Script,

    /// <summary>HTML with scripts in it.</summary>
    Page,
}
