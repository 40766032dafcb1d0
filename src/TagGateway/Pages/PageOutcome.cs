using TagGateway.Html;

namespace TagGateway.Pages;

/// <summary>What became of a page of the website's.</summary>
internal enum PageOutcome
{
    /// <summary>It passed as it came; <see cref="PageReason"/> tells why.</summary>
    Left,

    /// <summary>Tags in it were made first-party.</summary>
    Rewritten,

    /// <summary>A tag was added.</summary>
    Injected,
}
