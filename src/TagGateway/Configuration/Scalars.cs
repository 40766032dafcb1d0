using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace TagGateway.Configuration;

/// <summary>What single values must look like: texts, words, numbers, durations, true and false.</summary>
internal static partial class Scalars
{
    /// <summary><c>[d.]hh:mm:ss</c>, in the syntax that .NET and JSON Schema share.</summary>
    public const string DurationPattern = "^([0-9]{1,7}[.])?([01][0-9]|2[0-3])(:[0-5][0-9]){2}$";

    /// <summary>What a value of this type must be, for messages.</summary>
    public static string Expected(JsonTypeInfo type)
    {
        var plain = type.PlainType();
        return plain.IsEnum ? Choice(type.Words())
            : plain == typeof(bool) ? "true or false"
            : plain == typeof(TimeSpan) ? "a duration such as \"00:00:10\""
            : type.IsNumber() ? "a whole number"
            : "a string";
    }

    /// <summary>Null when the value is fine.</summary>
    public static string? Problem(JsonNode? value, JsonTypeInfo type, JsonPropertyInfo? property)
    {
        var plain = type.PlainType();
        return plain == typeof(JsonElement) ? null
            : plain.IsEnum ? WordProblem(value, type)
            : plain == typeof(TimeSpan) ? DurationProblem(value, type, property)
            : type.IsNumber() ? NumberProblem(value, type, property)
            : plain == typeof(bool) && value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? null
            : plain == typeof(string) && value?.GetValueKind() is JsonValueKind.String ? null
            : WrongType(value, type);
    }

    private static string WrongType(JsonNode? value, JsonTypeInfo type) => $"must be {Expected(type)}, not {JsonTree.Describe(value)}";

    private static string? WordProblem(JsonNode? value, JsonTypeInfo type)
    {
        var text = TextOf(value);
        var words = type.Words();
        if (text is not null && words.Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            return null;
        }

        var meant = text is null ? null : Suggestion.Find(text, words);
        return WrongType(value, type) + (meant is null ? "" : $"; did you mean \"{meant}\"?");
    }

    private static string? NumberProblem(JsonNode? value, JsonTypeInfo type, JsonPropertyInfo? property)
    {
        if (value?.GetValueKind() != JsonValueKind.Number)
        {
            return WrongType(value, type);
        }

        if (!long.TryParse(value.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return $"must be {Expected(type)}, not {value.ToJsonString()}";
        }

        var range = property.Attribute<NumberRangeAttribute>();
        var minimum = range?.Minimum ?? (type.PlainType() == typeof(int) ? int.MinValue : long.MinValue);
        var maximum = range?.Maximum ?? (type.PlainType() == typeof(int) ? int.MaxValue : long.MaxValue);
        return number >= minimum && number <= maximum ? null : $"must be {minimum} to {maximum}, not {number}";
    }

    private static string? DurationProblem(JsonNode? value, JsonTypeInfo type, JsonPropertyInfo? property)
    {
        if (TextOf(value) is not { } text)
        {
            return WrongType(value, type);
        }

        if (!Duration().IsMatch(text) || !TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var duration))
        {
            return $"{JsonTree.Quote(text)} is not a duration [days.]hours:minutes:seconds, such as \"00:00:10\"";
        }

        return property.Attribute<DurationRangeAttribute>() is { } range && (duration < range.Minimum || duration > range.Maximum)
            ? $"must be {range.Minimum:c} to {range.Maximum:c}, not {text}"
            : null;
    }

    private static string? TextOf(JsonNode? value) =>
        value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    /// <summary>As <c>"a", "b" or "c"</c>.</summary>
    private static string Choice(IReadOnlyList<string> words)
    {
        var quoted = words.Select(word => $"\"{word}\"").ToList();
        return quoted.Count < 2 ? string.Concat(quoted) : $"{string.Join(", ", quoted[..^1])} or {quoted[^1]}";
    }

    [GeneratedRegex(DurationPattern)]
    private static partial Regex Duration();
}
