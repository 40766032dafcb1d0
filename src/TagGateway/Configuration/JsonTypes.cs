using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace TagGateway.Configuration;

/// <summary>What the generated JSON contract says of an option.</summary>
internal static class JsonTypes
{
    public static JsonTypeInfo Root => GatewayJson.Default.GatewayOptions;

    /// <summary>Our attribute on the option; null: it has none.</summary>
    public static T? Attribute<T>(this JsonPropertyInfo? property)
        where T : Attribute =>
        property?.AttributeProvider?.GetCustomAttributes(typeof(T), inherit: false).OfType<T>().FirstOrDefault();

    public static JsonPropertyInfo? Find(this JsonTypeInfo type, string key) =>
        type.Properties.FirstOrDefault(property => property.Name.Equals(key, StringComparison.OrdinalIgnoreCase));

    public static JsonTypeInfo ValueType(this JsonPropertyInfo property) => property.Options.GetTypeInfo(property.PropertyType);

    /// <summary>Of a list's or dictionary's values.</summary>
    public static JsonTypeInfo ItemType(this JsonTypeInfo type) =>
        type.Options.GetTypeInfo(type.ElementType ?? throw new InvalidOperationException($"{type.Type} has no elements"));

    /// <summary>The type itself, without <c>?</c>.</summary>
    public static Type PlainType(this JsonTypeInfo type) => Nullable.GetUnderlyingType(type.Type) ?? type.Type;

    public static bool IsNumber(this JsonTypeInfo type) => type.PlainType() is var plain && (plain == typeof(int) || plain == typeof(long));

    /// <summary>The words of an enum as they stand in JSON.</summary>
    public static IReadOnlyList<string> Words(this JsonTypeInfo type) =>
        [.. Enum.GetNames(type.PlainType()).Select(JsonNamingPolicy.CamelCase.ConvertName)];

    /// <summary>The keys that may be used today, for suggestions.</summary>
    public static IEnumerable<string> UsableKeys(this JsonTypeInfo type) =>
        type.Properties.Where(property => property.Attribute<NotYetAttribute>() is not { Allowed.Count: 0 }).Select(property => property.Name);

    /// <summary>False only for a value that a <see cref="NotYetAttribute"/> does not list.</summary>
    public static bool IsAvailable(this JsonPropertyInfo property, JsonNode? value) =>
        property.Attribute<NotYetAttribute>() is not { } notYet
        || notYet.Allowed.Any(allowed => JsonNode.DeepEquals(JsonNode.Parse(allowed), value)
            || (value?.GetValueKind() == JsonValueKind.String && allowed.Trim('"').Equals(value.GetValue<string>(), StringComparison.OrdinalIgnoreCase)));
}
