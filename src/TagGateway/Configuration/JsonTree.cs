using System.Text.Json;
using System.Text.Json.Nodes;

namespace TagGateway.Configuration;

/// <summary>Reads JSON with comments and trailing commas into a tree whose keys are found whatever their case, and names what stands in it.</summary>
internal static class JsonTree
{
    private const int MaxQuotedLength = 80;
    private static readonly JsonNodeOptions AnyCase = new() { PropertyNameCaseInsensitive = true };
    private static readonly JsonReaderOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static JsonObject NewObject() => new(AnyCase);

    /// <summary>Null is JSON's null. A key given twice keeps its first value and is an error in <paramref name="findings"/>.</summary>
    /// <exception cref="JsonException">Malformed; <see cref="Explain"/> puts it into words.</exception>
    public static JsonNode? Parse(ReadOnlySpan<byte> utf8, Findings findings, string path = "")
    {
        var reader = new Utf8JsonReader(utf8, Lenient);
        reader.Read();
        try
        {
            var tree = ReadValue(ref reader, findings, path);
            reader.Read(); // throws when something follows
            return tree;
        }
        catch (InvalidOperationException e)
        {
            // A \u escape that is half of a pair: the reader only sees it when the text is taken.
            var line = utf8[..(int)reader.TokenStartIndex].Count((byte)'\n');
            throw new JsonException("a text holds an invalid \\u escape.", null, line, null, e);
        }
    }

    /// <summary>Such as <c>line 4, column 7: '}' is invalid …</c>.</summary>
    public static string Explain(JsonException e)
    {
        var where = e.Message.IndexOf(" LineNumber: ", StringComparison.Ordinal);
        // Of a word without quotes the reader's message holds all that follows it in the file, secrets too.
        var what = e.Message.Contains("is an invalid JSON literal", StringComparison.Ordinal)
            ? "a word that is not true, false or null: a text stands in quotes"
            : (where < 0 ? e.Message : e.Message[..where]).TrimEnd('.');
        var column = e.BytePositionInLine is { } position ? $", column {position + 1}" : "";
        return $"line {(e.LineNumber ?? 0) + 1}{column}: {what}";
    }

    /// <summary>What stands there, for a message: <c>a number</c>, <c>a list</c>, <c>"the text"</c> (shortened).</summary>
    public static string Describe(JsonNode? node) => node?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.Number => "a number",
        JsonValueKind.String => Quote(node.GetValue<string>()),
        _ => node.ToJsonString(),
    };

    /// <summary>The same without the text itself: where something larger was expected, it may be part of a secret.</summary>
    public static string DescribeKind(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? "a string" : Describe(node);

    public static string Quote(string text) =>
        text.Length <= MaxQuotedLength ? $"\"{text}\"" : $"\"{text[..MaxQuotedLength]}…\"";

    private static JsonNode? ReadValue(ref Utf8JsonReader reader, Findings findings, string path)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return ReadObject(ref reader, findings, path);
            case JsonTokenType.StartArray:
                var list = new JsonArray(AnyCase);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    list.Add(ReadValue(ref reader, findings, KeyPath.Index(path, list.Count)));
                }

                return list;
            case JsonTokenType.String:
                return JsonValue.Create(reader.GetString());
            case JsonTokenType.Number:
                return JsonValue.Create(JsonElement.ParseValue(ref reader)); // keeps the digits as written
            case JsonTokenType.True or JsonTokenType.False:
                return JsonValue.Create(reader.GetBoolean());
            default:
                return null;
        }
    }

    private static JsonObject ReadObject(ref Utf8JsonReader reader, Findings findings, string path)
    {
        var members = NewObject();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var key = reader.GetString() ?? "";
            reader.Read();
            var at = KeyPath.Member(path, key);
            var value = ReadValue(ref reader, findings, at);
            if (!members.TryAdd(key, value))
            {
                var first = members.First(member => member.Key.Equals(key, StringComparison.OrdinalIgnoreCase)).Key;
                findings.Add(at, first == key ? "is given twice" : $"is given twice: as {Quote(first)} and {Quote(key)}, and case does not count");
            }
        }

        return members;
    }
}
