using System.ComponentModel;
using System.Text.Json;
using TagGateway.Configuration;

namespace TagGateway.TagScripts;

/// <summary>How tag scripts are kept. Today every script is fetched anew.</summary>
internal sealed class ScriptOptions
{
    [Description("false: every tag script is fetched from Google anew.")]
    [NotYet("false")]
    public bool Cache { get; set; }

    [NotYet]
    public JsonElement? MaxAge { get; set; }

    [NotYet]
    public JsonElement? StaleWhileRevalidate { get; set; }

    [NotYet]
    public JsonElement? StaleIfError { get; set; }
}
