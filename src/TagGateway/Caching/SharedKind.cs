namespace TagGateway.Caching;

/// <summary>What is asked of the shared store.</summary>
internal enum SharedKind
{
    Find,
    Claim,
    Keep,
}
