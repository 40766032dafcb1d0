using System.ComponentModel;
using System.Text.Json.Serialization;
using TagGateway.Configuration;

namespace TagGateway.Pages;

/// <summary>The consent types that Google's tags know, under Google's names (developers.google.com/tag-platform/security/guides/consent); null: not said.</summary>
internal sealed class ConsentOptions
{
    /// <summary>Longer than this no visitor stays for a banner's answer.</summary>
    public const int MaxWaitMilliseconds = 60_000;

    [Description("Storage, such as cookies, for advertising.")]
    [JsonPropertyName("ad_storage")]
    public ConsentChoice? AdStorage { get; set; }

    [Description("Sending user data to Google for advertising.")]
    [JsonPropertyName("ad_user_data")]
    public ConsentChoice? AdUserData { get; set; }

    [Description("Personalized advertising.")]
    [JsonPropertyName("ad_personalization")]
    public ConsentChoice? AdPersonalization { get; set; }

    [Description("Storage, such as cookies, for analytics.")]
    [JsonPropertyName("analytics_storage")]
    public ConsentChoice? AnalyticsStorage { get; set; }

    [Description("Storage for functions of the site, such as its language.")]
    [JsonPropertyName("functionality_storage")]
    public ConsentChoice? FunctionalityStorage { get; set; }

    [Description("Storage for personalization, such as recommendations.")]
    [JsonPropertyName("personalization_storage")]
    public ConsentChoice? PersonalizationStorage { get; set; }

    [Description("Storage for security, such as authentication.")]
    [JsonPropertyName("security_storage")]
    public ConsentChoice? SecurityStorage { get; set; }

    [Description("How many milliseconds tags wait for the visitor's choice, 0 to 60000; null: they do not (default).")]
    [NumberRange(0, MaxWaitMilliseconds)]
    [JsonPropertyName("wait_for_update")]
    public int? WaitForUpdate { get; set; }

    [Description("Only for visitors of these countries and subdivisions: \"DE\", \"US-CA\". Default: everywhere.")]
    [JsonPropertyName("region")]
    public List<string> Region { get; set; } = [];
}
