using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using TagGateway.Demo.Google;

namespace TagGateway.EndToEnd.Rewriting;

/// <summary>A saved script of Google's, and what it says of itself.</summary>
/// <param name="Name">Of its file.</param>
/// <param name="Kind">Which of Google's addresses serves it.</param>
/// <param name="Id">Its tag; for <see cref="ScriptCopyKind.Analytics"/> empty.</param>
/// <param name="Region">Whose variant it is: <c>DE-BE</c>.</param>
/// <param name="Text">The whole.</param>
internal sealed partial record ScriptCopy(string Name, ScriptCopyKind Kind, string Id, string Region, string Text)
{
    private const string FolderVariable = "TAGGATEWAY_SCRIPTS";

    /// <summary>Null when no scripts are given.</summary>
    public static string? Folder { get; } = Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } folder ? folder : null;

    /// <summary>The <c>*.js</c> of the folder that <c>TAGGATEWAY_SCRIPTS</c> names; without one, the stand-in's own script.</summary>
    public static IReadOnlyList<ScriptCopy> All { get; } = Folder is not null
        ? [.. Directory.EnumerateFiles(Folder, "*.js").Order(StringComparer.Ordinal).Select(file => Read(Path.GetFileName(file), File.ReadAllText(file))).OfType<ScriptCopy>()]
        : [Read("stand-in-gtag.js", Encoding.UTF8.GetString(TagScript.Build(new TagScriptKey("G-MAIN1", "G-MAIN1", "", "dataLayer", new VisitorGeo("JP", "JP-13"), new GoogleScenario { ServiceWorker = false, Signals = true }))))!];

    /// <summary>Those of them that are to be visited: <c>TAGGATEWAY_SCRIPTS_ONLY</c> is a regular expression for their names. The others are there to be
    /// loaded by them.</summary>
    public static IReadOnlyList<ScriptCopy> Visited { get; } =
        [.. All.Where(copy => Regex.IsMatch(copy.Name, Environment.GetEnvironmentVariable(FolderVariable + "_ONLY") ?? "", RegexOptions.None, TimeSpan.FromSeconds(1)))];

    /// <summary>The same as Google would serve it for another tag.</summary>
    public string As(string id) => Id.Length == 0 || id == Id ? Text : Text.Replace(Id, id, StringComparison.Ordinal);

    /// <summary>The same as Google would serve it to a visitor in Berlin.</summary>
    public ScriptCopy InBerlin() => In("""{"0":"DE","1":"DE-BE","2":false,"3":"google.de","4":"region1","5":false,"6":true}""", "\"30\":\"DE\",\"31\":\"DE-BE\",\"32\":false") with { Region = "DE-BE" };

    /// <summary>The same as Google would serve it to whoever got <paramref name="other"/>.</summary>
    public ScriptCopy AsWith(ScriptCopy other)
    {
        if (Region == other.Region || Geo().Match(other.Text) is not { Success: true } geo)
        {
            return this;
        }

        var told = Encoding.UTF8.GetString(Decode(geo.Groups["geo"].Value));
        using var place = JsonDocument.Parse(told);
        var (country, region) = (place.RootElement.GetProperty("0").GetString(), place.RootElement.GetProperty("1").GetString());
        return In(told, $"\"30\":\"{country}\",\"31\":\"{region}\",\"32\":{place.RootElement.GetProperty("5").GetRawText()}") with { Region = other.Region };
    }

    private ScriptCopy In(string geo, string place)
    {
        var wanted = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(geo)!;
        var text = Geo().Replace(Text, match =>
        {
            var fields = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(Decode(match.Groups["geo"].Value))!;
            foreach (var key in fields.Keys.Where(key => key is [>= '0' and <= '6'] && wanted.ContainsKey(key)).ToList())
            {
                fields[key] = wanted[key];
            }

            return $"\"{Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(fields)).TrimEnd('=')}\"";
        });
        return this with { Text = Domain().Replace(Place().Replace(text, place), $"\"vtp_value\":\"{wanted["3"].GetString()}\"") };
    }

    /// <summary>Null when the file is none of these scripts.</summary>
    private static ScriptCopy? Read(string name, string text)
    {
        if (text.Contains("GoogleAnalyticsObject", StringComparison.Ordinal) && !text.Contains("\"resource\"", StringComparison.Ordinal))
        {
            return new(name, ScriptCopyKind.Analytics, "", "US-CA", text);
        }

        // "5" and "10" of the blob; before mid 2025 a property of the code.
        var own = OwnId().Match(text);
        if (!own.Success)
        {
            return null;
        }

        var id = own.Groups["id"].Value;
        var kind = id.StartsWith("GTM-", StringComparison.Ordinal) ? ScriptCopyKind.Container
            : name.Contains("dest", StringComparison.Ordinal) ? ScriptCopyKind.Destination
            : ScriptCopyKind.Tag;
        return new(name, kind, id, RegionOf(text), text);
    }

    private static string RegionOf(string text)
    {
        if (Geo().Match(text) is not { Success: true } match)
        {
            return "US-CA";
        }

        using var geo = JsonDocument.Parse(Decode(match.Groups["geo"].Value));
        var region = geo.RootElement.GetProperty("1").GetString()!;
        return region.Length > 0 ? region : geo.RootElement.GetProperty("0").GetString()!;
    }

    private static byte[] Decode(string base64) =>
        Convert.FromBase64String(base64.Replace('-', '+').Replace('_', '/').TrimEnd('=').PadRight((base64.TrimEnd('=').Length + 3) / 4 * 4, '='));

    [GeneratedRegex("\"(?<geo>eyIwIjoi[A-Za-z0-9+/_-]+=*)\"")]
    private static partial Regex Geo();

    [GeneratedRegex("\"30\":\"[A-Z]*\",\"31\":\"[A-Z0-9-]*\",\"32\":(true|false)")]
    private static partial Regex Place();

    /// <summary>A script for the United States has none.</summary>
    [GeneratedRegex("(?<=\"__c\",)\"vtp_value\":\"(?:google\\.[a-z.]+)?\"")]
    private static partial Regex Domain();

    [GeneratedRegex("(?:\"blob\":\\{[^{}]{0,200}?\"10\":\"|ctid:\")(?<id>[A-Z]+-[A-Z0-9]+)")]
    private static partial Regex OwnId();
}
