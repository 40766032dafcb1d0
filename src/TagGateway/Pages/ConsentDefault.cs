using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using TagGateway.Configuration;

namespace TagGateway.Pages;

/// <summary>Writes the object that an injected page hands to <c>gtag('consent', 'default', …)</c>.</summary>
internal static partial class ConsentDefault
{
    /// <summary>JSON with Google's names, made of words of our own, numbers and checked regions: nothing in it can end a script. Null when nothing is to be said.</summary>
    /// <param name="options">Null: nothing is to be said.</param>
    /// <param name="at">Where they stand in the configuration.</param>
    /// <param name="errors">Gets what is wrong.</param>
    public static string? Parse(ConsentOptions? options, string at, ConfigurationErrors errors)
    {
        if (options is null)
        {
            return null;
        }

        for (var i = 0; i < options.Region.Count; i++)
        {
            if (!Region().IsMatch(options.Region[i]))
            {
                errors.Add(KeyPath.Index($"{at}.region", i), $"\"{options.Region[i]}\" is not a country such as \"DE\" or a subdivision such as \"US-CA\"");
            }
        }

        var choices = Choices(options).Where(choice => choice.Value is not null).ToList();
        if (choices.Count == 0)
        {
            errors.Add(at, "names no consent type: set at least one, such as \"ad_storage\": \"denied\"");
        }

        return Write(choices, options);
    }

    private static IEnumerable<(string Name, ConsentChoice? Value)> Choices(ConsentOptions options) =>
    [
        ("ad_storage", options.AdStorage),
        ("ad_user_data", options.AdUserData),
        ("ad_personalization", options.AdPersonalization),
        ("analytics_storage", options.AnalyticsStorage),
        ("functionality_storage", options.FunctionalityStorage),
        ("personalization_storage", options.PersonalizationStorage),
        ("security_storage", options.SecurityStorage),
    ];

    private static string Write(List<(string Name, ConsentChoice? Value)> choices, ConsentOptions options)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in choices)
            {
                writer.WriteString(name, value == ConsentChoice.Granted ? "granted" : "denied");
            }

            if (options.Region.Count > 0)
            {
                writer.WriteStartArray("region");
                options.Region.ForEach(region => writer.WriteStringValue(region.ToUpperInvariant()));
                writer.WriteEndArray();
            }

            if (options.WaitForUpdate is { } wait)
            {
                writer.WriteNumber("wait_for_update", wait);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(json.WrittenSpan);
    }

    /// <summary>ISO 3166-1 alpha-2, and -2 with its subdivision.</summary>
    [GeneratedRegex(@"\A[A-Za-z]{2}(-[A-Za-z0-9]{1,3})?\z")]
    private static partial Regex Region();
}
