using System.Collections.Frozen;
using System.Text;

namespace TagGateway.TagScripts;

/// <summary>A request for a tag script, whatever spelling it came in.</summary>
/// <param name="Endpoint">By which of Google's addresses.</param>
/// <param name="Ids">Every <c>id</c> it names, in order, decoded; often one, none for the path's own tag.</param>
/// <param name="Parameters">The other raw parameters, each with a leading '&amp;'.</param>
/// <param name="IsOrdinary">Has only the parameters that tags use themselves.</param>
internal sealed record ScriptRequest(ScriptEndpoint Endpoint, IReadOnlyList<string> Ids, string Parameters, bool IsOrdinary)
{
    private const int OrdinaryLength = 256;

    /// <summary>Google's contract §9.3 and the tags themselves.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> OrdinaryNames =
        new[] { "l", "cx", "gtm", "sign", "fps", "gdev", "google_only", "is_td", "gtg_health", "f" }
            .ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Null when this is no script's address. Below the measurement path these are (contract §8, §9.5): <c>/</c>, <c>/gtm.js</c>,
    /// <c>/gtag/js</c>, <c>/gtag/destination</c>, <c>/gtd</c>.</summary>
    /// <param name="subPath">What follows the measurement path; begins with '/'; escapes are looked through.</param>
    /// <param name="query">Raw, empty or beginning with '?'.</param>
    /// <param name="isLoad">GET or HEAD: a POST to the root is a hit.</param>
    public static ScriptRequest? Parse(ReadOnlySpan<char> subPath, string query, bool isLoad)
    {
        var path = subPath.Contains('%') ? Uri.UnescapeDataString(subPath.ToString()) : subPath.ToString();
        ScriptEndpoint? endpoint = path.TrimEnd('/').ToLowerInvariant() switch
        {
            "" when isLoad && !IsHealthQuestion(query) => ScriptEndpoint.Tag,
            "/gtm.js" or "/gtag/js" or "/gtag.js" => ScriptEndpoint.Tag,
            "/gtag/destination" or "/gtd" => ScriptEndpoint.Destination,
            // A root that names a tag is a script's, by any method.
            "" when HasId(query) => ScriptEndpoint.Tag,
            _ => null,
        };
        return endpoint is { } found ? Read(found, query) : null;
    }

    /// <summary>The same at one of Google's own addresses.</summary>
    /// <param name="path">A script's, of the closed list.</param>
    /// <param name="query">Raw, empty or beginning with '?'.</param>
    public static ScriptRequest ParseRoute(string path, string query) =>
        Read(path == "/gtag/destination" ? ScriptEndpoint.Destination : ScriptEndpoint.Tag, query);

    /// <summary>The text of an opaque token: <c>?id=…</c> or <c>gtd?id=…</c>; null for <c>_/set_cookie?…</c>, for what could not stand in
    /// a target (anybody can make tokens, for the key stands in the script), and for whatever else.</summary>
    public static ScriptRequest? ParseHidden(string text)
    {
        var question = text.IndexOf('?', StringComparison.Ordinal);
        return question < 0 || text.AsSpan().ContainsAnyExceptInRange('!', '~') ? null : Parse("/" + text[..question], text[question..], isLoad: true);
    }

    /// <summary>The name of the page's data layer that a script is asked for with, decoded; null: it is not.</summary>
    /// <param name="query">Raw, empty or beginning with '?'.</param>
    public static string? LayerOf(ReadOnlySpan<char> query)
    {
        var parameters = query.TrimStart('?');
        foreach (var range in parameters.Split('&'))
        {
            if (parameters[range].StartsWith("l=", StringComparison.Ordinal))
            {
                return Decode(parameters[range][2..]);
            }
        }

        return null;
    }

    private static bool IsHealthQuestion(string query) => query.Contains("validate_geo", StringComparison.Ordinal) && !HasId(query);

    private static bool HasId(string query) => Read(ScriptEndpoint.Tag, query).Ids.Count > 0;

    /// <summary>Both '&amp;' and ';' part parameters: servers differ, and an id must not hide behind the difference.</summary>
    private static ScriptRequest Read(ScriptEndpoint endpoint, string query)
    {
        List<string>? ids = null;
        StringBuilder? parameters = null;
        var isOrdinary = query.Length <= OrdinaryLength;
        var text = query.AsSpan();
        text = text.Length > 0 ? text[1..] : text;
        foreach (var range in text.SplitAny('&', ';'))
        {
            var parameter = text[range];
            var equals = parameter.IndexOf('=');
            var name = equals < 0 ? parameter : parameter[..equals];
            if (IsId(name))
            {
                var id = equals < 0 ? "" : Decode(parameter[(equals + 1)..]);
                if (id.Length > 0)
                {
                    (ids ??= []).Add(id);
                }
            }
            else if (parameter.Length > 0)
            {
                (parameters ??= new StringBuilder()).Append('&').Append(parameter);
                isOrdinary &= OrdinaryNames.Contains(name);
            }
        }

        return new ScriptRequest(endpoint, ids ?? (IReadOnlyList<string>)[], parameters?.ToString() ?? "", isOrdinary);
    }

    private static bool IsId(ReadOnlySpan<char> name) =>
        name.Equals("id", StringComparison.OrdinalIgnoreCase)
        || (name.ContainsAny('%', '+') && Decode(name).Equals("id", StringComparison.OrdinalIgnoreCase));

    /// <summary>As form values are decoded; twice, for an upstream that does so.</summary>
    public static string Decode(ReadOnlySpan<char> value)
    {
        var once = Uri.UnescapeDataString(value.ToString().Replace('+', ' '));
        return (once.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(once) : once).Trim();
    }
}
