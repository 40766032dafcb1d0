namespace TagGateway.Configuration;

/// <summary>What was found wrong, and where: one mistake is told once, with the variable or flag its value came from.</summary>
internal sealed class Findings
{
    private readonly ConfigurationErrors _errors = new();
    private readonly HashSet<string> _bad = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _sources = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<ConfigurationError> All => _errors.All;

    /// <summary>From now on an error at <paramref name="path"/>, or in its list, names <paramref name="source"/>.</summary>
    public void Remember(string path, string source) => _sources[KeyPath.Plain(path)] = source;

    /// <summary>Adds an error; whatever <see cref="AddUnlessKnown"/> would say of this key later is its consequence.</summary>
    public void Add(string path, string message)
    {
        Silence(path);
        _errors.Add(path, message + From(path));
    }

    /// <summary>The key is wrong and that has been said elsewhere.</summary>
    public void Silence(string path) => _bad.Add(KeyPath.Plain(path));

    /// <summary>Adds an error of a later stage, unless the key or one above it is known to be wrong.</summary>
    public void AddUnlessKnown(ConfigurationError error)
    {
        if (!KeyPath.SelfAndAbove(KeyPath.Plain(error.Path)).Any(_bad.Contains))
        {
            _errors.Add(error.Path, error.Message + From(error.Path));
        }
    }

    private string From(string path)
    {
        var source = KeyPath.SelfAndAbove(KeyPath.Plain(path)).Select(_sources.GetValueOrDefault).FirstOrDefault(found => found is not null);
        return source is null ? "" : $" (from {source})";
    }
}
