namespace TagGateway.EndToEnd.Receiving;

/// <summary>A request that means no good.</summary>
/// <param name="Name">What it tries.</param>
/// <param name="Bytes">Latin-1; <c>{P}</c> stands for a path: on the measurement path, or of the website.</param>
/// <param name="OnPath">The status it gets on the measurement path; 204 is the upstream's own answer, 0 none at all.</param>
/// <param name="OnSite">The status it gets on the website; null: the same.</param>
/// <param name="Forwarded">How many requests reach an upstream whole; null: one when the status is 204, else none.</param>
/// <param name="EndsAtOnce">The sender stops before an answer: the request is not whole.</param>
internal sealed record HostileRequest(string Name, string Bytes, int OnPath, int? OnSite = null, int? Forwarded = null, bool EndsAtOnce = false)
{
    /// <summary>Without a place for a path it is sent once only.</summary>
    public bool IsForBoth => Bytes.Contains("{P}", StringComparison.Ordinal);

    public string Towards(string path) => Bytes.Replace("{P}", path, StringComparison.Ordinal);

    /// <summary>A POST with these further header lines (each with its end of line) and this body.</summary>
    public static string Post(string headers, string body = "", string version = "HTTP/1.1") =>
        $"POST {{P}} {version}\r\nHost: shop.example\r\n{headers}\r\n{body}";

    /// <summary>A chunked POST with this raw body.</summary>
    public static string Chunked(string body) => Post("Transfer-Encoding: chunked\r\n", body);

    /// <summary>A GET with these further header lines (each with its end of line).</summary>
    public static string Get(string headers) => $"GET {{P}} HTTP/1.1\r\nHost: shop.example\r\n{headers}\r\n";

    /// <summary>A GET of this raw target.</summary>
    public static string Target(string target) => $"GET {target} HTTP/1.1\r\nHost: shop.example\r\n\r\n";
}
