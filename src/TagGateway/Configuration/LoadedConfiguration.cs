namespace TagGateway.Configuration;

/// <summary>One reading of file, environment and flags.</summary>
/// <param name="Options">Never null: what was wrong stands at its default.</param>
/// <param name="Settings">Null when there is an error.</param>
/// <param name="Errors">Every one, in the order found.</param>
/// <param name="Warnings">Settings without effect and what will make measurement wrong.</param>
/// <param name="FilePath">The file that was read or should have been, absolute; null when none is used.</param>
/// <param name="Fingerprint">Equal for equal bytes of the file; for a file that could not be read: why; null when none is used.</param>
internal sealed record LoadedConfiguration(
    GatewayOptions Options,
    GatewaySettings? Settings,
    IReadOnlyList<ConfigurationError> Errors,
    IReadOnlyList<ConfigurationError> Warnings,
    string? FilePath,
    string? Fingerprint)
{
    /// <summary>The stamp of what was read of the file; that of no file when none is used.</summary>
    public FileStamp Stamp { get; init; }

    /// <summary>Whether a file that it names, or the file itself, did not answer: it may do so later, without any other change.</summary>
    public bool HasHung { get; init; }
}
