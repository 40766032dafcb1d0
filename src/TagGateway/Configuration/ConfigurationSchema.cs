using System.ComponentModel;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;

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

    private static JsonNode Transform(JsonSchemaExporterContext context, JsonNode schema)
    {
        _ = context.PropertyInfo.Attribute<DescriptionAttribute>();
        return schema;
    }
}
