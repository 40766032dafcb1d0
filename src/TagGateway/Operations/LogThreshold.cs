namespace TagGateway.Operations;

/// <summary>The least level that is logged.</summary>
internal enum LogThreshold
{
    Debug,
    Information,
    Warning,
    Error,
}
