using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using TagGateway.Caching;
using TagGateway.Configuration;
using TagGateway.Sites;

namespace TagGateway.Operations;

/// <summary>Reads what is to be purged: <c>{"site":"shop"}</c>, <c>{"tag":"G-ABC123"}</c>, both, or <c>{"all":true}</c>. Anything else is an
/// error, so that a mistake never removes more than was meant.</summary>
internal static class PurgeRequest
{
    private const string Ways = "give \"site\", \"tag\" or both, or \"all\": true";
    private static readonly string[] Keys = ["site", "tag", "all"];

    /// <param name="body">The whole request body.</param>
    /// <param name="sites">The ones in force; a site's name is found whatever its case.</param>
    /// <param name="scope">What to remove.</param>
    /// <param name="error">Set when the result is false.</param>
    public static bool TryParse(ReadOnlySpan<byte> body, SiteTable sites, out PurgeScope scope, [NotNullWhen(false)] out ConfigurationError? error)
    {
        scope = default;
        error = ReadObject(body, out var members) ?? members.Select(member => Check(member.Key, member.Value, sites)).FirstOrDefault(problem => problem is not null);
        if (error is null)
        {
            var isAll = members.ContainsKey("all");
            error = members.Count == 0 || (isAll && members.Count > 1) ? new ConfigurationError("", Ways) : null;
            scope = new PurgeScope(Find(sites, TextOf(members["site"]))?.Name, TagId.TryParse(TextOf(members["tag"]), out var tag) ? tag.ToString() : null);
        }

        return error is null;
    }

    private static ConfigurationError? ReadObject(ReadOnlySpan<byte> body, out JsonObject members)
    {
        members = [];
        if (!Utf8.IsValid(body))
        {
            return new ConfigurationError("", "the body is not UTF-8 text");
        }

        try
        {
            var findings = new Findings();
            if (JsonTree.Parse(body, findings) is not JsonObject root)
            {
                return new ConfigurationError("", $"the body must be an object: {Ways}");
            }

            members = root;
            return findings.All.Count > 0 ? findings.All[0] : null;
        }
        catch (JsonException e)
        {
            return new ConfigurationError("", $"the body is not JSON: {JsonTree.Explain(e)}");
        }
    }

    /// <summary>Null when the member is fine by itself. A null is not: it is a variable that somebody forgot to set.</summary>
    private static ConfigurationError? Check(string key, JsonNode? value, SiteTable sites) => key.ToLowerInvariant() switch
    {
        "all" => value?.GetValueKind() == JsonValueKind.True ? null : new ConfigurationError("all", $"must be true, not {JsonTree.Describe(value)}"),
        "site" or "tag" when TextOf(value) is null => new ConfigurationError(key, $"must be a string, not {JsonTree.Describe(value)}"),
        "site" => Find(sites, TextOf(value)) is null ? UnknownSite(JsonTree.Describe(value), TextOf(value), sites) : null,
        "tag" => TagId.TryParse(TextOf(value), out _) ? null : new ConfigurationError("tag", $"{JsonTree.Describe(value)} is not a tag id such as \"G-ABC123\" or \"GTM-ABC123\""),
        _ => new ConfigurationError(KeyPath.Member("", key), Suggestion.Find(key, Keys) is { } meant ? $"unknown key; did you mean \"{meant}\"?" : $"unknown key; {Ways}"),
    };

    private static ConfigurationError UnknownSite(string quoted, string? name, SiteTable sites)
    {
        var meant = Suggestion.Find(name ?? "", sites.All.Select(site => site.Name));
        return new ConfigurationError("site", $"there is no site {quoted}" + (meant is null ? "" : $"; did you mean \"{meant}\"?"));
    }

    private static Site? Find(SiteTable sites, string? name) => sites.All.FirstOrDefault(site => site.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static string? TextOf(JsonNode? value) => value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
