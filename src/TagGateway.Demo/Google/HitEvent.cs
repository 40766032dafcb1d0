using System.Text;

namespace TagGateway.Demo.Google;

/// <summary>One event of a hit with its parameters decoded: the shared ones of the URL and those of its own body line.</summary>
/// <remarks>The name is the parameter <c>en</c>, or "" when the hit has none.</remarks>
internal sealed record HitEvent(string Name, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>One event for each body line, or one for a hit without a body; none when the request is no hit.</summary>
    public static IReadOnlyList<HitEvent> Read(RecordedRequest request)
    {
        if (request.Kind is not RequestKind.Hit)
        {
            return [];
        }

        var query = request.Query;
        var lines = IsBatch(request) ? Encoding.UTF8.GetString(request.Body).Split("\r\n", StringSplitOptions.RemoveEmptyEntries) : [];
        if (request.SubPath.Length == 0 && lines.Length > 0)
        {
            // A hit sent to the root hides its path and query in the first line of the body.
            query = lines[0][(lines[0].IndexOf('?', StringComparison.Ordinal) + 1)..];
            lines = lines[1..];
        }

        return lines.Length == 0 ? [Of(query)] : [.. lines.Select(line => Of($"{query}&{line}"))];
    }

    private static bool IsBatch(RecordedRequest request) =>
        request.Body.Length > 0 && request.Header("Content-Type")?.StartsWith("text/plain", StringComparison.OrdinalIgnoreCase) is true;

    private static HitEvent Of(string query)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in RawQuery.Pairs(query))
        {
            parameters[pair.Key] = pair.Value;
        }

        return new(parameters.GetValueOrDefault("en", ""), parameters);
    }
}
