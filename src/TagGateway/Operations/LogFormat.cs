namespace TagGateway.Operations;

/// <summary>How a log event is written.</summary>
internal enum LogFormat
{
    Text,
    Json,
}
