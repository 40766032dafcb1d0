using TagGateway.Demo.Google;

namespace TagGateway.EndToEnd.Rewriting;

/// <summary>One event as it arrived at Google: where, and with which parameters. A batch is as many as it has lines.</summary>
/// <param name="Place">Method, host and path: <c>POST www.google-analytics.com/g/collect</c>.</param>
/// <param name="Parameters">Of query, matrix and body, raw <c>name=value</c>, in order of the alphabet.</param>
internal sealed record Arrival(string Place, IReadOnlyList<string> Parameters)
{
    /// <summary>What came with a request.</summary>
    public static IEnumerable<Arrival> Of(RecordedRequest request)
    {
        // What comes under an opaque token is told in clear: the cookies in it differ, and with them every letter.
        var target = request.Obscured ? $"{request.MeasurementPath}{request.SubPath}?{request.Query}" : request.RawTarget;
        var question = target.IndexOf('?', StringComparison.Ordinal);
        var (path, query) = question < 0 ? (target, "") : (target[..question], target[(question + 1)..]);
        var matrix = path.IndexOf(';', StringComparison.Ordinal);
        if (matrix >= 0)
        {
            (path, query) = (path[..matrix], $"{path[(matrix + 1)..].Replace(';', '&')}&{query}");
        }

        // Enough for Floodlight's other form, whose first parameter follows a slash.
        else if (path.LastIndexOf('/') is var slash && path[(slash + 1)..].Contains('=', StringComparison.Ordinal))
        {
            (path, query) = (path[..(slash + 1)], $"{path[(slash + 1)..]}&{query}");
        }

        var place = $"{request.Method} {request.Host.Split(':')[0]}{path}";
        var lines = request.Body.Length == 0 ? [""] : request.BodyText.Split("\r\n");
        return lines.Select(line => new Arrival(place, [.. $"{query}&{line}".Split('&', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)]));
    }

    /// <summary>The value of a parameter, raw; null when it has none.</summary>
    public string? this[string name] =>
        Parameters.FirstOrDefault(pair => pair.StartsWith(name + "=", StringComparison.Ordinal)) is { } pair ? pair[(name.Length + 1)..] : null;
}
