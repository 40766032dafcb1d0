using TagGateway.Configuration;

namespace TagGateway.Operations;

/// <summary>What became of the last change of the configuration: what <c>/readyz</c> names while the last good one stays in force.</summary>
internal sealed class ReloadState
{
    private volatile IReadOnlyList<ConfigurationError> _errors = [];

    /// <summary>Empty when the configuration in force is the newest one.</summary>
    public IReadOnlyList<ConfigurationError> Errors
    {
        get => _errors;
        set => _errors = value;
    }
}
