namespace TagGateway.Html;

/// <summary>What an inline script has to do with tags.</summary>
internal enum InlineVerdict
{
    /// <summary>It loads no tag.</summary>
    None,

    /// <summary>It loads tags of the site from Google, and can be changed not to.</summary>
    Rewritten,

    /// <summary>It loads tags from the measurement path already.</summary>
    FirstParty,

    /// <summary>It loads tags that the site does not name, and stays as it is.</summary>
    Foreign,

    /// <summary>It has an address of Google's tags in it, and what it does with it is not understood: it stays as it is.</summary>
    Doubt,
}
