using TagGateway.Configuration;

namespace TagGateway.Tests.Configuration;

/// <summary>Reads files as the gateway does.</summary>
internal static class SomeFiles
{
    /// <param name="workingDirectory">What relative names begin at; null: no name is relative.</param>
    public static OperatorFiles In(string? workingDirectory = null) => new(new FileAttempts(), workingDirectory ?? Path.GetTempPath());
}
