namespace TagGateway.Sites;

/// <summary>How a <see cref="HostPattern"/> matches; the most exact one wins.</summary>
internal enum HostPatternKind
{
    Exact,
    Wildcard,
    Any,
}
