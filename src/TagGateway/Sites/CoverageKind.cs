namespace TagGateway.Sites;

/// <summary>Which of the tag's requests become first-party.</summary>
internal enum CoverageKind
{
    /// <summary>Those that Google's contract routes.</summary>
    Official,

    /// <summary>Every request of the tag.</summary>
    Full,
}
