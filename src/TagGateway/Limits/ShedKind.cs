namespace TagGateway.Limits;

/// <summary>What a request was for that there was no room for.</summary>
internal enum ShedKind
{
    /// <summary>Not looked at yet.</summary>
    Request,
    UntrustedScript,
    Script,
    Beacon,

    /// <summary>The site's origin has as many requests under way as it may get.</summary>
    Origin,

    /// <summary>The visitor sends more than <c>limits.requestsPerVisitor</c>.</summary>
    Rate,
}
