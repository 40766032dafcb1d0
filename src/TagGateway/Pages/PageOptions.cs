using System.ComponentModel;
using System.Text.Json;
using TagGateway.Configuration;

namespace TagGateway.Pages;

/// <summary>What happens to the tag in the site's own pages.</summary>
internal sealed class PageOptions
{
    [Description("\"leave\": pages pass untouched (default).")]
    [NotYet("\"leave\"")]
    public PageTagHandling Tag { get; set; } = PageTagHandling.Leave;

    [NotYet]
    public JsonElement? Position { get; set; }

    [NotYet]
    public JsonElement? ConsentDefault { get; set; }
}
