using System.Text.Json.Nodes;

namespace TagGateway.Configuration;

/// <summary>The file's tree, onto which environment and flags are laid: objects merge, anything else replaces.</summary>
internal sealed class LayeredTree(JsonObject root, Findings findings)
{
    public JsonObject Root { get; } = root;

    /// <summary>The sites named so far; empty while <c>sites</c> is no object.</summary>
    public IReadOnlyList<string> SiteNames => Root["sites"] is JsonObject sites ? [.. sites.Select(site => site.Key)] : [];

    /// <param name="keys">From the top, spelled as the options and existing dictionary keys are; at least one.</param>
    /// <param name="value">Belongs to the tree from now on.</param>
    /// <param name="source">The variable or flag, for later errors.</param>
    public void Set(IReadOnlyList<string> keys, JsonNode? value, string source)
    {
        var (parent, path) = (Root, "");
        foreach (var key in keys.SkipLast(1))
        {
            path = KeyPath.Member(path, key);
            if (parent[key] is not JsonObject child)
            {
                if (parent.TryGetPropertyValue(key, out var wrong))
                {
                    findings.Add(path, $"must be an object, not {JsonTree.DescribeKind(wrong)}");
                }

                child = JsonTree.NewObject();
                parent[key] = child;
            }

            parent = child;
        }

        var last = keys[^1];
        if (value is JsonObject members && members.Count > 0)
        {
            foreach (var (key, member) in members.ToList())
            {
                members.Remove(key);
                Set([.. keys, key], member, source);
            }
        }
        else
        {
            parent[last] = value;
            findings.Remember(KeyPath.Member(path, last), source);
        }
    }
}
