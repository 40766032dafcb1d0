using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace TagGateway.Configuration;

/// <summary>An option found by the words of a variable's name.</summary>
/// <param name="Keys">From the top, spelled as the option and the existing dictionary keys are; new dictionary keys in lower case.</param>
/// <param name="Type">Of the value.</param>
/// <param name="Property">Null for a dictionary's value.</param>
internal sealed record OptionKey(IReadOnlyList<string> Keys, JsonTypeInfo Type, JsonPropertyInfo? Property)
{
    public string Path => Keys.Aggregate("", KeyPath.Member);

    public bool IsNullable => Property is { IsSetNullable: true };

    public bool IsSecret => Property.Attribute<SecretAttribute>() is not null;

    /// <summary>Null when there is no such option; then <paramref name="known"/> counts the words that did lead somewhere,
    /// and <paramref name="reached"/> is what they led to.</summary>
    public static OptionKey? Find(IReadOnlyList<string> words, JsonObject tree, out int known, out OptionKey reached)
    {
        JsonNode? node = tree;
        reached = new OptionKey([], JsonTypes.Root, null);
        for (known = 0; known < words.Count; known++)
        {
            var word = words[known];
            var members = node as JsonObject;
            if (reached.Type.Kind == JsonTypeInfoKind.Object && reached.Type.Find(word) is { } property)
            {
                reached = new OptionKey([.. reached.Keys, property.Name], property.ValueType(), property);
            }
            else if (reached.Type.Kind == JsonTypeInfoKind.Dictionary && word.Length > 0)
            {
                var name = members?.FirstOrDefault(member => member.Key.Equals(word, StringComparison.OrdinalIgnoreCase)).Key ?? word.ToLowerInvariant();
                reached = new OptionKey([.. reached.Keys, name], reached.Type.ItemType(), null);
            }
            else
            {
                return null;
            }

            node = members?[reached.Keys[^1]];
        }

        return reached.Keys.Count == 0 ? null : reached;
    }

    /// <summary>The value that a variable's or flag's text stands for. Text that is none stays text: the check of the whole tree names it.</summary>
    /// <exception cref="JsonException">Begins as JSON and is malformed.</exception>
    public JsonNode? Read(string text, Findings findings)
    {
        var trimmed = text.Trim();
        var isList = Type.Kind == JsonTypeInfoKind.Enumerable;
        var mayBeJson = isList ? trimmed.StartsWith('[')
            : Type.Kind != JsonTypeInfoKind.None ? trimmed.StartsWith('{')
            : Type.PlainType() == typeof(JsonElement) && trimmed.Length > 0;
        return mayBeJson ? JsonTree.Parse(System.Text.Encoding.UTF8.GetBytes(trimmed), findings, Path)
            : isList ? new JsonArray([.. Split(trimmed)])
            : trimmed.Length == 0 && IsNullable ? null
            : Type.IsNumber() || Type.PlainType() == typeof(bool) ? ReadNumberOrBoolean(trimmed)
            : JsonValue.Create(text);
    }

    private static IEnumerable<JsonNode?> Split(string list) =>
        list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(item => (JsonNode?)JsonValue.Create(item));

    private static JsonValue? ReadNumberOrBoolean(string text)
    {
        try
        {
            return JsonNode.Parse(text.ToLowerInvariant()) is JsonValue value ? value : JsonValue.Create(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }
}
