using System.ComponentModel;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace TagGateway.Configuration;

/// <summary>The JSON Schema of the configuration file, made of the options' own attributes: editors show it, <c>taggateway schema</c> prints it.</summary>
internal static class ConfigurationSchema
{
    private static readonly JsonWriterOptions Format = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Indented, with a last line break.</summary>
    public static string Create()
    {
        var options = new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform };
        var schema = JsonTypes.Root.GetJsonSchemaAsNode(options).AsObject();
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Format))
        {
            schema.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    /// <summary>Called for each value, the inner ones first.</summary>
    private static JsonObject Transform(JsonSchemaExporterContext context, JsonNode schema)
    {
        var (type, property) = (context.TypeInfo, context.PropertyInfo);
        var result = new JsonObject();
        if (context.Path.IsEmpty)
        {
            result["$schema"] = "https://json-schema.org/draft/2020-12/schema";
            result["title"] = "Configuration of TagGateway";
        }

        if (property.Attribute<DescriptionAttribute>() is { } description)
        {
            result["description"] = description.Description;
        }

        var rules = property.Attribute<NotYetAttribute>() is { } notYet
            ? new JsonObject { ["enum"] = new JsonArray([.. notYet.Allowed.Select(allowed => JsonNode.Parse(allowed))]) }
            : Rules(type, property, schema);
        foreach (var (name, value) in rules)
        {
            result[name] = value?.DeepClone();
        }

        return result;
    }

    private static JsonObject Rules(JsonTypeInfo type, JsonPropertyInfo? property, JsonNode schema)
    {
        if (type.PlainType().IsEnum)
        {
            return new JsonObject { ["enum"] = new JsonArray([.. type.Words().Select(word => (JsonNode)word)]) };
        }

        if (type.PlainType() == typeof(TimeSpan))
        {
            return new JsonObject { ["type"] = "string", ["pattern"] = Scalars.DurationPattern };
        }

        var rules = schema.AsObject();
        if (property.Attribute<NumberRangeAttribute>() is { } range)
        {
            rules["minimum"] = range.Minimum;
            rules["maximum"] = range.Maximum;
        }

        if (type.Kind == JsonTypeInfoKind.Object)
        {
            rules["additionalProperties"] = false;
            LeaveOutUnavailable(type, rules["properties"] as JsonObject);
        }

        return property.Attribute<OneOrManyAttribute>() is null
            ? rules
            : new JsonObject { ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "string" }, rules.DeepClone()) };
    }

    private static void LeaveOutUnavailable(JsonTypeInfo type, JsonObject? properties)
    {
        foreach (var property in type.Properties.Where(property => property.Attribute<NotYetAttribute>() is { Allowed.Count: 0 }))
        {
            properties?.Remove(property.Name);
        }
    }
}
