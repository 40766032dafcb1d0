using TagGateway.Demo.Google;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Rewriting;

/// <summary>With Google's ordinary hosts the script is made for the gateway's own address: each visitor gets the variant of his own region all the same.</summary>
public sealed class FullCoverageRegionTests(CoverageLab lab) : IClassFixture<CoverageLab>
{
    /// <summary>Region; Google's host of the hit; the Digital Markets Act holds; contact data may be read; Google's domain as scripts tell it; consent by region.</summary>
    private static readonly (string Region, string Host, string Act, string Contacts, string Domain, string Consent)[] Regions =
    [
        ("US-CA", "www", "0", "true", "", "G101"),
        ("US-NY", "www", "0", "true", "", "G111"),
        ("DE-BE", "region1", "1", "false", "google.de", "G101"),
        ("FR-IDF", "region1", "1", "false", "google.fr", "G111"),
        ("IT-62", "region1", "1", "false", "google.it", "G111"),
        ("GB-ENG", "region1", "0", "false", "google.co.uk", "G111"),
        ("CH-ZH", "region1", "0", "false", "google.ch", "G111"),
        ("BR-SP", "www", "0", "false", "google.com.br", "G111"),
        ("JP-13", "www", "0", "true", "google.co.jp", "G111"),
        ("IN-KA", "www", "0", "true", "google.co.in", "G111"),
        ("AU-NSW", "www", "0", "true", "google.com.au", "G111"),
        ("CN-31", "www", "0", "true", "google.cn", "G111"),
    ];

    [Fact]
    public async Task Visits_OfTwelveRegions_GetTwelveVariantsOfOneScript()
    {
        var scene = new Scene
        {
            Commands = "gtag('consent', 'default', { ad_storage: 'granted', analytics_storage: 'granted' });"
                + "gtag('consent', 'default', { ad_storage: 'denied', region: ['US-CA', 'DE'] }); gtag('js', new Date()); gtag('config', 'G-MAIN1');",
        };
        lab.Google.Scenario = new GoogleScenario { ServiceWorker = false, AskerRegion = "SE-AB" };
        await using var gateway = await RunningGateway.StartFromJsonAsync(lab.ConfigurationOf(scene, Way.FullByGoogle));
        var (told, expected, fetches) = (new List<string>(), new List<string>(), 0);

        foreach (var (region, host, act, contacts, domain, consent) in Regions)
        {
            var passage = await lab.VisitAsync(scene with { Region = region }, Way.FullByGoogle, gateway, like: null);
            passage.AssertClean();
            fetches += passage.Received.Count(request => request.Kind == RequestKind.Script);
            told.AddRange(passage.Hits.Where(hit => hit["en"] == "page_view" && hit.Place.EndsWith("/g/collect", StringComparison.Ordinal))
                .Select(hit => $"{hit.Place} {hit["ur"]} {hit["dma"]} {hit["gcs"]} {Uri.UnescapeDataString(hit["region"]!)}"));
            expected.Add($"POST {host}.google-analytics.com/g/collect {region} {act} {consent} {region[..2]}~{region}~{contacts}~{domain}~{(host == "www" ? "" : host)}~{contacts}~"
                + $"{(act == "1" ? "true" : "false")}~ad_storage|analytics_storage|ad_user_data|ad_personalization~{domain}");
        }

        Assert.Equal(expected, told);
        Assert.Equal(1, fetches);
    }
}
