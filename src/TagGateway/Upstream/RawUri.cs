namespace TagGateway.Upstream;

/// <summary>An address whose path and query stay as they were received: <see cref="Uri"/> by itself decodes, re-encodes and resolves them
/// (<c>%7E%41|[x]</c> becomes <c>~A%7C[x]</c>).</summary>
internal static class RawUri
{
    private static readonly UriCreationOptions Raw = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <param name="prefix">Scheme, host and port, without a trailing slash.</param>
    /// <param name="path">Raw, beginning with '/'.</param>
    /// <param name="query">Raw, empty or beginning with '?'.</param>
    public static Uri Create(string prefix, string path, string query) => new(prefix + path + query, Raw);
}
