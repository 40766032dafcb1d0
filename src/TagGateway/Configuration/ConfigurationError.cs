namespace TagGateway.Configuration;

/// <summary>One thing that is wrong with the configuration.</summary>
/// <param name="Path">Where, as <c>sites.shop.hosts[1]</c>; empty for the file as a whole.</param>
/// <param name="Message">What, in the operator's words, quoting the value; no secrets.</param>
internal sealed record ConfigurationError(string Path, string Message)
{
    public override string ToString() => Path.Length == 0 ? Message : $"{Path}: {Message}";
}
