namespace TagGateway.Pages;

/// <summary>What a consent default says of one purpose.</summary>
internal enum ConsentChoice
{
    Granted,
    Denied,
}
