using System.Text;
using System.Text.Json;
using TagGateway.Rewriting;

namespace TagGateway.Tests.Rewriting;

/// <summary>The script as every visitor gets it, out of one that was made for Ireland.</summary>
public class RegionRulesTests
{
    private static readonly string Geo = Base64("{\"0\":\"IE\",\"1\":\"IE-L\",\"2\":false,\"3\":\"google.ie\",\"4\":\"region1\",\"5\":false,\"6\":true,\"7\":\"a_b\",\"9\":\"ü\"}");

    [Theory]
    [InlineData("US-CA", "US", "US-CA", "", "", true, false, false)]
    [InlineData("US", "US", "", "", "", true, false, false)]
    [InlineData("DE-BY", "DE", "DE-BY", "google.de", "region1", false, true, false)]
    [InlineData("FR", "FR", "", "google.fr", "region1", false, true, false)]
    [InlineData("NO-03", "NO", "NO-03", "google.no", "region1", false, true, false)]
    [InlineData("GB-ENG", "GB", "GB-ENG", "google.co.uk", "region1", false, false, false)]
    [InlineData("CH-ZH", "CH", "CH-ZH", "google.ch", "region1", false, false, false)]
    [InlineData("BR-SP", "BR", "BR-SP", "google.com.br", "", false, false, false)]
    [InlineData("CN-BJ", "CN", "CN-BJ", "google.cn", "", true, false, true)]
    [InlineData("JP-13", "JP", "JP-13", "google.co.jp", "", true, false, false)]
    [InlineData("IN", "IN", "", "google.co.in", "", true, false, false)]
    [InlineData("", "", "", "", "", false, true, false)]
    public void Render_Region_IsTheVisitorsEverywhere(string region, string country, string code, string domain, string collection, bool contacts, bool markets, bool restricted)
    {
        var script = $"var data={{\"resource\":{{\"macros\":[{{\"function\":\"__e\"}},{{\"function\":\"__c\",\"vtp_value\":\"google.ie\"}}],"
            + "\"tags\":[{\"function\":\"__x\",\"vtp_foreignTldMacroResult\":[\"macro\",1],\"vtp_html\":\"google.ie\"}]},"
            + $"\"blob\":{{\"19\":\"dataLayer\",\"22\":\"{Geo}\",\"30\":\"IE\",\"31\":\"IE-L\",\"32\":false,\"33\":\"IE\"}}}};";

        var text = RewrittenScript.Of(script, values: RewrittenScript.Values with { Place = GooglePlace.Of(region) }).Text;

        using var data = JsonDocument.Parse(text["var data=".Length..^1]);
        var blob = data.RootElement.GetProperty("blob");
        Assert.Equal((country, code, contacts, "IE"), (Text(blob, "30"), Text(blob, "31"), blob.GetProperty("32").GetBoolean(), Text(blob, "33")));
        AssertGeo(Text(blob, "22"), country, code, domain, collection, contacts, markets, restricted);
        var resource = data.RootElement.GetProperty("resource");
        Assert.Equal(domain, Text(resource.GetProperty("macros")[1], "vtp_value"));
        Assert.Equal("google.ie", Text(resource.GetProperty("tags")[0], "vtp_html"));
    }

    [Fact]
    public void Render_ScriptOfBeforeMid2025_HasItsGeoInTheCode()
    {
        var text = RewrittenScript.Of($"var a='{Geo}';function f(){{return \"{Geo}\"}}").Text;

        Assert.DoesNotContain(Geo, text, StringComparison.Ordinal);
        AssertGeo(text[7..text.IndexOf('\'', 7)], "DE", "DE-BY", "google.de", "region1", false, true, false);
    }

    [Fact]
    public void Rewrite_RegionNotToBeReplaced_Stays() =>
        Assert.Equal($"var a='{Geo}'", RewrittenScript.Of($"var a='{Geo}'", replacesRegion: false).Text);

    [Theory]
    [InlineData("eyIwIjoi")]
    [InlineData("eyIwIjoi!!!!")]
    [InlineData("eyIwIjoiSUUifQ")]
    [InlineData("eyIwIjoiSUUiLCIxIjoxfQ")]
    [InlineData("eyIwIjoiXHVEODAwIiwiMSI6IngiLCI3IjoiXHVEODAwIn0")]
    [InlineData("eyIwIjoieCIsIjEiOiJ4IiwiXHVEODAwIjoxfQ")]
    public void Rewrite_WhatOnlyBeginsLikeGeo_Stays(string text) =>
        Assert.Equal($"var a=\"{text}\"", RewrittenScript.Of($"var a=\"{text}\"").Text);

    [Theory]
    [InlineData("99999999999999999999")]
    [InlineData("7")]
    [InlineData("-1")]
    public void Rewrite_MacroThatIsNotThere_ChangesNothing(string number)
    {
        var script = $"var data={{\"resource\":{{\"macros\":[{{\"vtp_value\":\"google.ie\"}}],\"tags\":[{{\"vtp_foreignTldMacroResult\":[\"macro\",{number}]}}]}}}};";

        Assert.Equal(script, RewrittenScript.Of(script).Text);
    }

    private static void AssertGeo(string base64, string country, string code, string domain, string collection, bool contacts, bool markets, bool restricted)
    {
        using var geo = JsonDocument.Parse(Convert.FromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '=')));
        var root = geo.RootElement;
        Assert.Equal((country, code, domain, collection), (Text(root, "0"), Text(root, "1"), Text(root, "3"), Text(root, "4")));
        Assert.Equal((contacts, markets, restricted), (root.GetProperty("5").GetBoolean(), root.GetProperty("6").GetBoolean(), root.GetProperty("2").GetBoolean()));
        Assert.Equal(("a_b", "ü"), (Text(root, "7"), Text(root, "9")));
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static string Base64(string json) => Convert.ToBase64String(Encoding.UTF8.GetBytes(json)).TrimEnd('=');
}
