using System.Text.Json;
using System.Text.RegularExpressions;
using TagGateway.Demo.Google;

namespace TagGateway.Tests.Demo;

/// <summary>The scripts of Google's ordinary hosts: what is written into them, and in which forms they write their addresses.</summary>
public sealed partial class OrdinaryScriptTests(StandInFixture standIn) : IClassFixture<StandInFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("6b91", "1,10,14,19,21,22,24,3,30,31,32,36,38,45,46,5,56")]
    [InlineData("65j1", "1,10,14,19,21,22,24,3,30,31,32,36,38,45,46,5,56")]
    [InlineData("4bc0", "1,10,19,22,24,30,31,32,36,38,5")]
    public async Task Get_Blob_HasTheKeysOfItsReleaseAndNoneOfTheGateways(string release, string keys)
    {
        var data = DataOf(await ScriptAsync(new() { Release = release, Fallback = 1 }));

        Assert.Equal(keys, string.Join(',', data.GetProperty("blob").EnumerateObject().Select(key => key.Name).Order(StringComparer.Ordinal)));
    }

    /// <summary>Whoever asks gets the script of his own address: headers say nothing to this host.</summary>
    [Theory]
    [InlineData("US-CA", "US", "US-CA", false, "", "")]
    [InlineData("DE-BE", "DE", "DE-BE", true, "google.de", "region1")]
    [InlineData("IN", "IN", "", false, "google.co.in", "")]
    public async Task Get_Region_IsTheAskersWhateverTheHeadersSay(string asker, string country, string region, bool isEurope, string domain, string subdomain)
    {
        var data = DataOf(await ScriptAsync(new() { AskerRegion = asker }, ("X-Forwarded-CountryRegion", "FR-IDF"), ("X-Forwarded-For", "192.0.2.1")));

        var blob = data.GetProperty("blob");
        var geo = JsonDocument.Parse(blob.GetProperty("22").GetBytesFromBase64()).RootElement;
        Assert.Equal((country, region, !isEurope), (blob.GetProperty("30").GetString(), blob.GetProperty("31").GetString(), blob.GetProperty("32").GetBoolean()));
        Assert.Equal((country, region, domain, subdomain), (geo.GetProperty("0").GetString(), geo.GetProperty("1").GetString(), geo.GetProperty("3").GetString(), geo.GetProperty("4").GetString()));
        Assert.Equal(domain, data.GetProperty("resource").GetProperty("macros")[3].GetProperty("vtp_value").GetString());
    }

    [Fact]
    public async Task Get_Script_IsPrivateForAQuarterOfAnHour()
    {
        using var answer = await standIn.SendAsync(HttpMethod.Get, "www.googletagmanager.com", "/gtag/js?id=G-TEST1", null);

        Assert.Equal("private, max-age=900", answer.Headers.NonValidated["Cache-Control"].ToString());
    }

    /// <summary>Each form that an address takes in real scripts stands in the script of some release. Spaces at the ends do not count: a raw
    /// string cannot begin or end with a quotation mark.</summary>
    [Theory]
    [InlineData("6b91", """google("www.google.com", "/ccm/collect")""")]
    [InlineData("6b91", """return "https://" + host + path;""")]
    [InlineData("6b91", """return "www.google.com";""")]
    [InlineData("6b91", """denied ? "pagead2.googlesyndication.com" : "www.googleadservices.com";""")]
    [InlineData("6b91", """ "https://" + (regionHost() || "www") + ".google-analytics.com/" + path""")]
    [InlineData("6b91", """ "https://" + (region ? region + "." : "") + "analytics.google.com/" + path""")]
    [InlineData("6b91", """ "https://" + advertiser.src + ".fls.doubleclick.net/activityi;" """)]
    [InlineData("6b91", """ "https://{ga4CollectionSubdomain.}google-analytics.com/g/s/collect".replace("{ga4CollectionSubdomain.}", """)]
    [InlineData("6b91", """ "https://www.%/ads/ga-audiences?v=1&t=sr&slf_rd=1&_r=4".replace("%", """)]
    [InlineData("6b91", """ "https://" + text('3') + path""")]
    [InlineData("6b91", """{"https://www.google.com":"/g","https://www.googleadservices.com":"/as",""")]
    [InlineData("6b91", """source.startsWith("https://www.googletagmanager.com/")""")]
    [InlineData("6b91", """event.origin !== "https://www.googletagmanager.com" """)]
    [InlineData("6b91", """folder.origin !== "https://www.googletagmanager.com" """)]
    [InlineData("6b91", """geo['3'] !== "google.com" """)]
    [InlineData("6b91", """host === "www.google.com" """)]
    [InlineData("6b91", """/^(www\.)?googletagmanager\.com$/""")]
    [InlineData("6b91", """/^www\.googleadservices\.com$/""")]
    [InlineData("6b91", """/^\d+\.fls\.doubleclick\.net$/""")]
    [InlineData("6b91", """ "24":"www.googletagmanager.com|tagassistant.google.com",""")]
    [InlineData("6b91", """ "36":"https://adservice.google.com/pagead/regclk",""")]
    [InlineData("65j1", """return"https://www.google.com/ccm/collect";""")]
    [InlineData("65j1", """ "https://" + (geo['4'] || "www") + ".google-analytics.com/" + path""")]
    [InlineData("4bc0", """hosts.script="www.googletagmanager.com";""")]
    [InlineData("4bc0", """hosts.diagnostics='www.googletagmanager.com';""")]
    [InlineData("4bc0", """45: "https://www.google.com/ccm/collect",""")]
    [InlineData("4bc0", """21: 'https://www.google.com/ccm/form-data',""")]
    [InlineData("4bc0", """ "//www.googletagmanager.com/a?id=" """)]
    [InlineData("4bc0", """("https:" == location.protocol ? "https:" : "http:")""")]
    [InlineData("4bc0", """scheme + "//www.google-analytics.com" + "/" + path""")]
    public async Task Get_AddressForms_AreThoseOfTheRelease(string release, string form)
    {
        var script = await ScriptAsync(new() { Release = release });

        Assert.Contains(form.Trim(), script, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("6b91")]
    [InlineData("65j1")]
    [InlineData("4bc0")]
    public async Task Get_CustomersData_NamesGooglesHostsToo(string release)
    {
        var script = await ScriptAsync(new() { Release = release });

        var resource = DataOf(script).GetProperty("resource");
        Assert.Contains(""" "arg1":"www.google.com"}""".TrimStart(), script, StringComparison.Ordinal);
        Assert.Contains(""" "arg1":"https:\/\/www.googletagmanager.com\/"}""".TrimStart(), script, StringComparison.Ordinal);
        Assert.Contains(""" "vtp_html":"\u003Cscript async src=\"https:\/\/www.googletagmanager.com\/gtag\/js""".TrimStart(), script, StringComparison.Ordinal);
        Assert.Equal("www.google-analytics.com", resource.GetProperty("predicates")[3].GetProperty("arg1").GetString());
    }

    /// <summary>The newest releases keep host and path apart: no whole address of a hit is there to be found by text.</summary>
    [Fact]
    public async Task Get_NewestSpelling_HasNoWholeAddressOfAHit()
    {
        var script = await ScriptAsync(new());

        Assert.DoesNotMatch(WholeHitAddress(), script);
    }

    private async Task<string> ScriptAsync(GoogleScenario scenario, params (string Name, string Value)[] headers)
    {
        standIn.Google.Scenario = scenario;
        using var answer = await standIn.SendAsync(HttpMethod.Get, "www.googletagmanager.com", "/gtag/js?id=G-TEST1", null, headers);
        standIn.Google.Scenario = new();
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }

    private static JsonElement DataOf(string script)
    {
        const string start = "var data = ";
        var json = script[(script.IndexOf(start, StringComparison.Ordinal) + start.Length)..];
        return JsonDocument.Parse(json[..json.IndexOf(";\n", StringComparison.Ordinal)]).RootElement;
    }

    [GeneratedRegex("""["']https://www\.google(-analytics)?\.com/(g/collect|ccm/collect|rmkt/)""")]
    private static partial Regex WholeHitAddress();
}
