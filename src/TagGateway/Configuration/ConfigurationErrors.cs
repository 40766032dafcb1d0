namespace TagGateway.Configuration;

/// <summary>Gathers every error of one configuration, so that the operator sees all of them at once.</summary>
internal sealed class ConfigurationErrors
{
    private readonly List<ConfigurationError> _errors = [];

    public IReadOnlyList<ConfigurationError> All => _errors;

    public bool IsEmpty => _errors.Count == 0;

    public void Add(string path, string message) => _errors.Add(new ConfigurationError(path, message));
}
