namespace TagGateway.Configuration;

/// <summary>What the command line says of the configuration; null: not given.</summary>
internal sealed record ConfigurationFlags
{
    public static readonly ConfigurationFlags None = new();

    /// <summary>The file; relative to the working directory.</summary>
    public string? Config { get; init; }

    public string? Urls { get; init; }

    /// <summary>Of the only site: one tag id, or several separated by commas.</summary>
    public string? Tag { get; init; }

    /// <summary>Of the only site.</summary>
    public string? Path { get; init; }

    /// <summary>Of the only site.</summary>
    public string? Origin { get; init; }

    /// <summary>Of the only site: one host, or several separated by commas.</summary>
    public string? Host { get; init; }
}
