namespace TagGateway.Sanitizing;

/// <summary>How much of the page's address goes to Google in <c>Referer</c>.</summary>
internal enum RefererPolicy
{
    /// <summary>Scheme, host and port: what a third-party request would have told.</summary>
    Origin,

    Full,
}
