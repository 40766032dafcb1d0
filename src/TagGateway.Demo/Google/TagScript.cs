using System.Buffers;
using System.Text;
using System.Text.Json;

namespace TagGateway.Demo.Google;

/// <summary>Makes the synthetic tag script: the embedded template with the tag's data and the visitor's geo spliced in.</summary>
internal static class TagScript
{
    private const string TagsSlot = "\"tags\":[]";
    private const string RuntimeSlot = "\"runtime\":[]";
    private const string BlobSlot = "\"blob\":{}";

    /// <summary>The files of the folder <c>Tag</c> are one program: they share one function's scope, in this order.</summary>
    private static readonly string[] Parts = ["settings", "sending", "visitor", "analytics", "ads", "loading", "worker", "probe", "commands"];
    private static readonly string Template =
        $"(function () {{\n{string.Join('\n', Parts.Select(part => EmbeddedFile.ReadText($"Google/Tag/{part}.js")))}}})();\n";

    public static byte[] Build(TagScriptKey key)
    {
        var script = Template
            .Replace(TagsSlot, $"\"tags\":{Tags(key)}", StringComparison.Ordinal)
            .Replace(BlobSlot, $"\"blob\":{Blob(key)}", StringComparison.Ordinal);
        var missing = key.Scenario.ScriptBytes - (script.Length - "[]".Length);
        script = script.Replace(RuntimeSlot, $"\"runtime\":{Runtime(missing)}", StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(script);
    }

    /// <summary>The tags inside: of a container the children that it loads, in the form real containers name them.</summary>
    private static string Tags(TagScriptKey key) => Write(json =>
    {
        json.WriteStartArray();
        var number = 1;
        foreach (var child in key.Scenario.Containers.GetValueOrDefault(key.Id, []))
        {
            json.WriteStartObject();
            json.WriteString("function", "__googtag");
            json.WriteBoolean("once_per_event", true);
            json.WriteString("vtp_tagId", child);
            json.WriteNumber("tag_id", number++);
            json.WriteEndObject();
        }

        json.WriteStartObject();
        json.WriteString("function", "__html");
        json.WriteString("vtp_html", "<script>/* https://www.googletagmanager.com/gtag/js?id=G-CUSTOMER */</script>");
        json.WriteNumber("tag_id", number);
        json.WriteEndObject();
        json.WriteEndArray();
    });

    private static string Blob(TagScriptKey key) => Write(json =>
    {
        var (scenario, geo) = (key.Scenario, key.Geo);
        json.WriteStartObject();
        json.WriteString("1", "1");
        json.WriteString("3", "www.googletagmanager.com");
        json.WriteString("5", key.Id);
        json.WriteString("10", IsContainer(key) ? key.Id : $"{key.Id}|GT-{key.Id[(key.Id.IndexOf('-') + 1)..]}");
        json.WriteString("14", scenario.Release);
        json.WriteString("18", key.MeasurementPath);
        json.WriteString("19", key.Layer);
        json.WriteString("21", "www.googletagmanager.com");
        json.WriteString("22", Convert.ToBase64String(Encoding.UTF8.GetBytes(Geo(geo, scenario))));
        json.WriteString("24", "www.googletagmanager.com|tagassistant.google.com");
        json.WriteString("30", geo?.Country ?? "");
        json.WriteString("31", geo?.Region ?? "");
        json.WriteBoolean("32", geo?.IsEurope ?? false);
        json.WriteString("36", "https://adservice.google.com/pagead/regclk");
        json.WriteBoolean("45", !IsContainer(key));
        WriteTunables(json, scenario);
        json.WriteBoolean("47", true);
        if (scenario.Fallback > 0)
        {
            json.WriteNumber("54", scenario.Fallback);
        }

        WriteFlags(json, scenario);
        if (scenario.OpaquePaths)
        {
            json.WriteBase64String("58", PathToken.KeyOf(key.HostTag));
        }

        json.WriteEndObject();
    });

    private static void WriteTunables(Utf8JsonWriter json, GoogleScenario scenario)
    {
        json.WriteStartObject("46");
        json.WriteString("11", scenario.Release);
        json.WriteString("61", "1000");
        json.WriteString("90", scenario.HealthProbe ? "1" : "0");
        json.WriteString("91", scenario.ThirdPartyHits ? "1" : "0");
        json.WriteString("92", scenario.Signals ? "1" : "0");
        json.WriteString("93", scenario.ServiceWorker ? "1" : "0");
        json.WriteEndObject();
    }

    private static void WriteFlags(Utf8JsonWriter json, GoogleScenario scenario)
    {
        json.WriteStartArray("56");
        foreach (var (number, isOn) in new[] { (413, true), (495, scenario.SetCookie), (547, scenario.RootPost), (584, true) })
        {
            json.WriteStartObject();
            json.WriteNumber("1", number);
            json.WriteBoolean("2", isOn);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Geo(VisitorGeo? geo, GoogleScenario scenario) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("0", geo?.Country ?? "");
        json.WriteString("1", geo?.Region ?? "");
        json.WriteBoolean("2", geo?.Country is "CN");
        json.WriteString("3", geo?.GoogleDomain ?? "google.com");
        json.WriteString("4", scenario.RegionalCollection && geo?.IsEurope is true ? "region1" : "");
        json.WriteBoolean("5", true);
        json.WriteString("7", "ad_storage|analytics_storage|ad_user_data|ad_personalization");
        json.WriteEndObject();
    });

    /// <summary>Filling in the shape of the real thing: nested lists of short words that compress about as well.</summary>
    private static string Runtime(int length)
    {
        var text = new StringBuilder("[", Math.Max(length + 100, 16));
        var random = new Random(42);
        while (text.Length < length)
        {
            text.Append(text.Length == 1 ? "" : ",")
                .Append(System.Globalization.CultureInfo.InvariantCulture, $"[50,\"__f{random.Next(1000)}\",[46,\"a\"],[36,[52,\"b{random.Next(100_000)}\",[13,[41,\"$0\"]]],[22,\"c\",{random.Next(60)}]]]");
        }

        return text.Append(']').ToString();
    }

    private static bool IsContainer(TagScriptKey key) => key.Id.StartsWith("GTM-", StringComparison.Ordinal);

    private static string Write(Action<Utf8JsonWriter> content)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            content(json);
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
