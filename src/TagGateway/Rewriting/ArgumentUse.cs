namespace TagGateway.Rewriting;

/// <summary>What a function does with an argument.</summary>
internal enum ArgumentUse
{
    /// <summary>The function is not the script's own, or could not be found.</summary>
    Unknown,

    /// <summary>Neither of the others: stored, returned, handed on.</summary>
    Kept,

    /// <summary>Joined with other text.</summary>
    Built,

    Compared,
}
