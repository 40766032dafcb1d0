using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace TagGateway.Configuration;

/// <summary>Holds the merged tree against what the options allow: every mistake goes to the findings, and what comes back can be
/// deserialized. A bad text comes back empty, a bad list with one empty text, anything else bad is left out: what the semantic rules
/// then say of that key is not said twice.</summary>
internal sealed class OptionsTree(Findings findings)
{
    public JsonObject Check(JsonObject tree) => CheckMembers(tree, JsonTypes.Root, "");

    /// <summary>What a value of this kind must be, for messages.</summary>
    public static string Expected(JsonTypeInfo type, JsonPropertyInfo? property) => type.Kind switch
    {
        JsonTypeInfoKind.Enumerable when property.Attribute<OneOrManyAttribute>() is not null => "a string or a list of strings",
        JsonTypeInfoKind.Enumerable => type.ItemType().Kind == JsonTypeInfoKind.Object ? "a list of objects" : "a list of strings",
        JsonTypeInfoKind.None => Scalars.Expected(type),
        _ => "an object",
    };

    /// <summary>What stands for a bad text or list: nothing that is right, and told apart from what is missing.</summary>
    public static bool TryReplace(JsonTypeInfo type, out JsonNode? placeholder)
    {
        placeholder = type.Type == typeof(string) ? JsonValue.Create("")
            : type.Type == typeof(List<string>) ? new JsonArray("")
            : null;
        return placeholder is not null;
    }

    private JsonObject CheckMembers(JsonObject members, JsonTypeInfo type, string path)
    {
        var clean = JsonTree.NewObject();
        foreach (var (key, value) in members)
        {
            if (type.Find(key) is not { } property)
            {
                Unknown(members, key, type, path, clean);
            }
            else if (TryCheckMember(value, property, KeyPath.Member(path, property.Name), out var checkedValue))
            {
                clean[property.Name] = checkedValue;
            }
        }

        return clean;
    }

    /// <summary>The key that was meant counts as said: otherwise "is missing" would follow.</summary>
    private void Unknown(JsonObject members, string key, JsonTypeInfo type, string path, JsonObject clean)
    {
        var meant = Suggestion.Find(key, type.UsableKeys());
        var known = string.Join(", ", type.UsableKeys().Where(name => !name.StartsWith('$')));
        findings.Add(KeyPath.Member(path, key), meant is null ? $"unknown key; known here: {known}" : $"unknown key; did you mean \"{meant}\"?");
        if (meant is not null && !members.ContainsKey(meant) && type.Find(meant) is { } property)
        {
            findings.Silence(KeyPath.Member(path, meant));
            if (TryReplace(property.ValueType(), out var placeholder))
            {
                clean[meant] = placeholder;
            }
        }
    }

    private bool TryCheckMember(JsonNode? value, JsonPropertyInfo property, string path, out JsonNode? clean)
    {
        if (property.IsAvailable(value))
        {
            return TryCheck(value, property.ValueType(), property, path, out clean);
        }

        var allowed = property.Attribute<NotYetAttribute>()!.Allowed; // not available: it has one
        // What has no type yet may be a secret: it is not quoted.
        var what = property.ValueType().PlainType() == typeof(JsonElement) ? "" : $"{JsonTree.Describe(value)} ";
        var instead = allowed.Count == 0 ? "" : $", only {string.Join(" or ", allowed)} is";
        findings.Add(path, $"{what}is not available in this version of taggateway{instead}");
        clean = null;
        return false;
    }

    private bool TryCheck(JsonNode? value, JsonTypeInfo type, JsonPropertyInfo? property, string path, out JsonNode? clean)
    {
        if (value is null && property is { IsSetNullable: true })
        {
            clean = null;
            return true;
        }

        switch (value, type.Kind)
        {
            case (JsonObject members, JsonTypeInfoKind.Object):
                clean = CheckMembers(members, type, path);
                return true;
            case (JsonObject members, JsonTypeInfoKind.Dictionary):
                clean = CheckItems(members, type.ItemType(), path);
                return true;
            case (JsonArray items, JsonTypeInfoKind.Enumerable):
                clean = CheckItems(items, type.ItemType(), path);
                return true;
            case (JsonValue, JsonTypeInfoKind.Enumerable) when value.GetValueKind() == JsonValueKind.String && property.Attribute<OneOrManyAttribute>() is not null:
                clean = new JsonArray(value.DeepClone());
                return true;
            case (JsonValue or null, JsonTypeInfoKind.None) when Scalars.Problem(value, type, property) is var problem:
                return problem is null ? Take(value, out clean) : Refuse(path, problem, type, out clean);
            default:
                var found = type.Kind is JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary ? JsonTree.DescribeKind(value) : JsonTree.Describe(value);
                return Refuse(path, $"must be {Expected(type, property)}, not {found}", type, out clean);
        }
    }

    private JsonObject CheckItems(JsonObject members, JsonTypeInfo itemType, string path)
    {
        var clean = JsonTree.NewObject();
        foreach (var (key, value) in members)
        {
            var isFine = TryCheck(value, itemType, null, KeyPath.Member(path, key), out var item);
            clean[key] = isFine || item is not null ? item : JsonTree.NewObject();
        }

        return clean;
    }

    private JsonArray CheckItems(JsonArray items, JsonTypeInfo itemType, string path)
    {
        var clean = new JsonArray();
        for (var i = 0; i < items.Count; i++)
        {
            // A bad item keeps its place: the numbers of the others in later errors must stay right.
            if (TryCheck(items[i], itemType, null, KeyPath.Index(path, i), out var item))
            {
                clean.Add(item);
            }
            else if (itemType.Kind == JsonTypeInfoKind.Object)
            {
                clean.Add((JsonNode)JsonTree.NewObject());
            }
        }

        return clean;
    }

    private static bool Take(JsonNode? value, out JsonNode? clean)
    {
        clean = value?.DeepClone();
        return true;
    }

    private bool Refuse(string path, string problem, JsonTypeInfo type, out JsonNode? clean)
    {
        findings.Add(path, problem);
        return TryReplace(type, out clean);
    }
}
