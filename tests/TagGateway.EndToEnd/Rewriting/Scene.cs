using TagGateway.Demo.Google;

namespace TagGateway.EndToEnd.Rewriting;

/// <summary>A page with a tag, and what a visitor does there before leaving it.</summary>
internal sealed record Scene
{
    /// <summary>In <see cref="Commands"/>: how the site itself writes an address of Google's, with and without full coverage.</summary>
    public const string GoogleAddress = "GOOGLE/";

    public string Tag { get; init; } = "G-MAIN1";

    /// <summary>The site's other tags.</summary>
    public IReadOnlyList<string> OtherTags { get; init; } = ["AW-1000001", "DC-2000002"];

    /// <summary>JavaScript before the tag is loaded; <c>gtag</c> and <c>dataLayer</c> are there.</summary>
    public string Commands { get; init; } = "";

    /// <summary>JavaScript once the page has come to rest.</summary>
    public string Act { get; init; } = "";

    /// <summary>Of the page's address, with its '?'.</summary>
    public string Query { get; init; } = "";

    public bool RunsScripts { get; init; } = true;

    /// <summary>Every draw falls low: whatever a script does for one visitor in a thousand, it does for this one.</summary>
    public bool IsSampled { get; init; }

    /// <summary>Where the visitor is.</summary>
    public string Region { get; init; } = "US-CA";

    /// <summary>Where Google takes the gateway to be, by its address.</summary>
    public string GatewayRegion { get; init; } = "US-CA";

    public GoogleScenario Google { get; init; } = new();

    /// <summary>Where Google keeps the script.</summary>
    public string ScriptAddress => Tag switch
    {
        "analytics.js" => "www.google-analytics.com/analytics.js",
        _ when !RunsScripts => $"www.googletagmanager.com/ns.html?id={Tag}",
        _ when Tag.StartsWith("GTM-", StringComparison.Ordinal) => $"www.googletagmanager.com/gtm.js?id={Tag}",
        _ => $"www.googletagmanager.com/gtag/js?id={Tag}",
    };

    /// <summary>Where the page has it from.</summary>
    public string SourceOf(Way way) => way switch
    {
        Way.Plain => "https://" + ScriptAddress,
        _ when Tag.Contains('-', StringComparison.Ordinal) && RunsScripts => $"/f807/?id={Tag}",
        _ => "/f807/-/" + ScriptAddress,
    };
}
