namespace TagGateway.Rewriting;

/// <summary>What a script does with a value, all that was found put together.</summary>
[Flags]
internal enum ValueUse
{
    None = 0,

    /// <summary>It becomes the host of an address.</summary>
    Built = 1,

    Compared = 2,

    /// <summary>Joined behind other text, stored, or handed to what is not the script's own: a value that somebody reads.</summary>
    Told = 4,

    /// <summary>Changed in a way, or stored in a place, that cannot be followed.</summary>
    Lost = 8,

    /// <summary>It becomes part of an address in a way that the rules cannot move: an address object, a template literal, a joined list.</summary>
    Unmovable = 32,

    /// <summary>It comes back from the function that it was handed to.</summary>
    Returned = 16,
}
