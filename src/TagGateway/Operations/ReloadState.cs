using TagGateway.Configuration;

namespace TagGateway.Operations;

/// <summary>What became of the last change of the configuration and of the files it names: what <c>/readyz</c> names while the last good one stays in force.</summary>
internal sealed class ReloadState
{
    private volatile IReadOnlyList<ConfigurationError> _errors = [];
    private volatile ConfigurationError? _geoDatabase;
    private volatile IReadOnlyList<ConfigurationError> _certificates = [];

    /// <summary>Empty when the configuration in force is the newest one.</summary>
    public IReadOnlyList<ConfigurationError> Errors
    {
        get => _errors;
        set => _errors = value;
    }

    /// <summary>What is wrong with the geo database; null when the one in force is whole and the newest.</summary>
    public ConfigurationError? GeoDatabase
    {
        get => _geoDatabase;
        set => _geoDatabase = value;
    }

    /// <summary>What is wrong with the files of TLS certificates; empty when those in force are the newest.</summary>
    public IReadOnlyList<ConfigurationError> Certificates
    {
        get => _certificates;
        set => _certificates = value;
    }
}
