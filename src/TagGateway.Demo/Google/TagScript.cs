using System.Text;

namespace TagGateway.Demo.Google;

/// <summary>Makes the synthetic tag script: the embedded parts with the tag's data and the asker's geo spliced in.</summary>
internal static class TagScript
{
    private const string TagsSlot = "\"tags\":[]";
    private const string RuntimeSlot = "\"runtime\":[]";
    private const string BlobSlot = "\"blob\":{}";
    private const string SyntheticSlot = "\"synthetic\":{}";
    private const string DomainSlot = "\"vtp_value\":\"google.com\"";
    private const string ReleaseSlot = "\"release code\"";

    /// <summary>Custom HTML of the site's own, as containers carry it: data, whatever hosts it names.</summary>
    private const string CustomHtml = """
        {"function":"__html","vtp_html":"\u003Cscript async src=\"https:\/\/www.googletagmanager.com\/gtag\/js?id=G-CUSTOMER\"\u003E\u003C\/script\u003E\u003Cimg src=\"\/\/www.google-analytics.com\/collect?v=1\"\u003E","tag_id":
        """;

    /// <summary>Which constant of <c>settings.js</c> holds the domain: the fourth.</summary>
    private const string Settings = """{"function":"__set_product_settings","vtp_foreignTldMacroResult":["macro",3],"tag_id":""";

    private const string UnknownSlot = "/* unknown forms */\n";

    /// <summary>The files of the folder <c>Tag</c> are one program: they share one function's scope, in this order. The second is one of <c>Spelling</c>.</summary>
    private static readonly string[] Parts =
        ["settings", "Spelling/{0}", "sending", "answers", "rules", "visitor", "analytics", "signals", "ads", "remarketing", "floodlight", "loading", "worker", "probe", "diagnostics", "commands"];

    private static readonly Dictionary<string, string> Templates =
        new[] { TagSpelling.Oldest, TagSpelling.Earlier, TagSpelling.Newest }.ToDictionary(spelling => spelling.File, Template, StringComparer.Ordinal);

    public static byte[] Build(TagScriptKey key)
    {
        var script = Templates[key.Spelling.File]
            .Replace(TagsSlot, $"\"tags\":{Tags(key)}", StringComparison.Ordinal)
            .Replace(DomainSlot, $"\"vtp_value\":\"{key.Geo?.ToldDomain}\"", StringComparison.Ordinal)
            .Replace(UnknownSlot, key.Scenario.UnknownForm.Length > 0 ? Part($"Unknown/{key.Scenario.UnknownForm}") : "", StringComparison.Ordinal)
            .Replace(ReleaseSlot, $"\"{key.Scenario.Release}\"", StringComparison.Ordinal)
            .Replace(SyntheticSlot, $"\"synthetic\":{TagBlob.Synthetic(key.Scenario)}", StringComparison.Ordinal)
            .Replace(BlobSlot, $"\"blob\":{TagBlob.Write(key)}", StringComparison.Ordinal);
        var missing = key.Scenario.ScriptBytes - (script.Length - "[]".Length);
        script = script.Replace(RuntimeSlot, $"\"runtime\":{Runtime(missing)}", StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(script);
    }

    private static string Template(TagSpelling spelling)
    {
        var parts = Parts.Select(part => Part(part.Replace("{0}", spelling.File, StringComparison.Ordinal)));
        return $"(function () {{\n{string.Join('\n', parts)}{UnknownSlot}}})();\n";
    }

    private static string Part(string name) => EmbeddedFile.ReadText($"Google/Tag/{name}.js");

    /// <summary>The tags inside: of a container the children that it loads, in the form real containers name them; last the site's own HTML.</summary>
    private static string Tags(TagScriptKey key)
    {
        var number = 1;
        var children = TagBlob.Write(json =>
        {
            json.WriteStartArray();
            foreach (var child in key.Scenario.Containers.GetValueOrDefault(key.Id, []))
            {
                json.WriteStartObject();
                json.WriteString("function", "__googtag");
                json.WriteBoolean("once_per_event", true);
                json.WriteString("vtp_tagId", child);
                json.WriteNumber("tag_id", number++);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
        return $"{children[..^1]}{(number > 1 ? "," : "")}{Settings}{number}}},{CustomHtml}{number + 1}}}]";
    }

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
}
