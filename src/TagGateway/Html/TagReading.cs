namespace TagGateway.Html;

/// <summary>What a start tag turned out to be.</summary>
internal enum TagReading
{
    /// <summary>Nothing that asks for more.</summary>
    Read,

    /// <summary>A consent platform's script.</summary>
    ConsentPlatform,

    /// <summary>A script whose content is to be read.</summary>
    Inline,

    /// <summary>An element whose content may hold a tag's frame.</summary>
    Frame,

    /// <summary>The whole page stays as it is from here on.</summary>
    Stop,
}
