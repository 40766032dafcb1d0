namespace TagGateway.Pages;

/// <summary>What is done with Google tags in the site's pages.</summary>
internal enum PageTagHandling
{
    /// <summary>Nothing.</summary>
    Leave,

    /// <summary>Existing Google tags are made first-party.</summary>
    Rewrite,

    /// <summary>Rewrite, or add the tag where there is none.</summary>
    Inject,
}
