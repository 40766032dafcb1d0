using System.Buffers;
using System.Text;
using System.Text.Json;

namespace TagGateway.Demo.Google;

/// <summary>Writes the JSON that Google puts into a script for whoever asked: who he is, where he is, which release it is.</summary>
internal static class TagBlob
{
    private const string ScriptHost = "www.googletagmanager.com";
    private const string ConsentTypes = "ad_storage|analytics_storage|ad_user_data|ad_personalization";

    /// <summary>The blob of this script. Keys 18, 47, 54 and 58 are first-party only; 3, 14, 21, 46 and 56 came with mid 2025.</summary>
    public static string Write(TagScriptKey key) => Write(json =>
    {
        var (scenario, geo) = (key.Scenario, key.Geo);
        json.WriteStartObject();
        json.WriteString("1", "1");
        WriteHost(json, key, "3");
        json.WriteString("5", key.Id);
        json.WriteString("10", key.IsContainer ? key.Id : $"{key.Id}|GT-{key.Id[(key.Id.IndexOf('-') + 1)..]}");
        WriteRelease(json, key);
        json.WriteString("19", key.Layer);
        WriteHost(json, key, "21");
        json.WriteString("22", Convert.ToBase64String(Encoding.UTF8.GetBytes(Geo(geo, scenario, key.IsFirstParty))));
        json.WriteString("24", "www.googletagmanager.com|tagassistant.google.com");
        json.WriteString("30", geo?.Country ?? "");
        json.WriteString("31", geo?.Region ?? "");
        json.WriteBoolean("32", geo?.MayReadContacts ?? false);
        json.WriteString("36", "https://adservice.google.com/pagead/regclk");
        json.WriteString("38", "googleads.g.doubleclick.net|www.googleadservices.com");
        if (key.Spelling.ReadsHosts)
        {
            json.WriteBoolean("45", !key.IsContainer);
            json.WriteStartObject("46");
            json.WriteString("11", scenario.Release);
            json.WriteString("61", "1000");
            json.WriteEndObject();
            WriteFlags(json, key);
        }

        WriteFirstParty(json, key);
        json.WriteEndObject();
    });

    /// <summary>Blob key 22 before its base64: where the script believes to run. All empty when nothing is known.</summary>
    public static string Geo(VisitorGeo? geo, GoogleScenario scenario, bool isFirstParty) => Write(json =>
    {
        var isEurope = geo?.IsEurope is true;
        json.WriteStartObject();
        json.WriteString("0", geo?.Country ?? "");
        json.WriteString("1", geo?.Region ?? "");
        json.WriteBoolean("2", geo?.Country is "CN");
        json.WriteString("3", geo?.ToldDomain ?? "");
        json.WriteString("4", isEurope && (scenario.RegionalCollection || !isFirstParty) ? "region1" : "");
        json.WriteBoolean("5", geo?.MayReadContacts ?? false);
        json.WriteBoolean("6", geo?.IsEconomicArea ?? true);
        json.WriteString("7", ConsentTypes);
        json.WriteEndObject();
    });

    /// <summary>What the scenario asks of the script: our own, in no real blob, so that no key of Google's gets a second meaning.</summary>
    public static string Synthetic(GoogleScenario scenario) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("healthProbe", scenario.HealthProbe);
        json.WriteBoolean("thirdParty", scenario.ThirdPartyHits);
        json.WriteBoolean("signals", scenario.Signals);
        json.WriteBoolean("serviceWorker", scenario.ServiceWorker);
        json.WriteBoolean("diagnostics", scenario.Diagnostics);
        json.WriteEndObject();
    });

    /// <summary>JSON text of what <paramref name="content"/> writes.</summary>
    public static string Write(Action<Utf8JsonWriter> content)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            content(json);
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static void WriteHost(Utf8JsonWriter json, TagScriptKey key, string name)
    {
        if (key.Spelling.ReadsHosts)
        {
            json.WriteString(name, ScriptHost);
        }
    }

    private static void WriteRelease(Utf8JsonWriter json, TagScriptKey key)
    {
        if (key.Spelling.ReadsHosts)
        {
            json.WriteString("14", key.Scenario.Release);
        }

        if (key.IsFirstParty)
        {
            json.WriteString("18", key.MeasurementPath);
        }
    }

    private static void WriteFirstParty(Utf8JsonWriter json, TagScriptKey key)
    {
        if (!key.IsFirstParty)
        {
            return;
        }

        json.WriteBoolean("47", true);
        if (key.Scenario.Fallback > 0)
        {
            json.WriteNumber("54", key.Scenario.Fallback);
        }

        if (key.Scenario.OpaquePaths)
        {
            json.WriteBase64String("58", PathToken.KeyOf(key.HostTag));
        }
    }

    private static void WriteFlags(Utf8JsonWriter json, TagScriptKey key)
    {
        json.WriteStartArray("56");
        foreach (var (number, isOn) in new[] { (413, true), (495, key.Scenario.SetCookie), (547, key.Scenario.RootPost), (584, true) })
        {
            json.WriteStartObject();
            json.WriteNumber("1", number);
            json.WriteBoolean("2", isOn);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
