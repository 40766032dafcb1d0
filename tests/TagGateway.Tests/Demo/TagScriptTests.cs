using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using TagGateway.Demo.Google;

namespace TagGateway.Tests.Demo;

public sealed class TagScriptTests(StandInFixture standIn) : IClassFixture<StandInFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/metrics/")]
    [InlineData("/metrics/?id=G-TEST1")]
    [InlineData("/metrics/gtm.js?id=G-TEST1")]
    [InlineData("/metrics/gtag/js?id=G-TEST1")]
    [InlineData("/metrics/gtd?id=G-TEST1")]
    [InlineData("/metrics/gtag/destination?id=g-test1&cx=c&gtm=4e6b91")]
    public async Task Get_EveryAddressOfTheScript_ServesThePersonalisedScript(string target)
    {
        using var answer = await standIn.GetAsync(target, ("X-Forwarded-CountryRegion", "DE-BE"));

        var blob = Blob(await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal("application/javascript; charset=UTF-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("max-age=900, private", answer.Headers.CacheControl!.ToString());
        Assert.Equal("G-TEST1", blob.GetProperty("5").GetString());
        Assert.Equal("/metrics/", blob.GetProperty("18").GetString());
        Assert.True(blob.GetProperty("47").GetBoolean());
        Assert.Equal("DE-BE", blob.GetProperty("31").GetString());
    }

    [Fact]
    public async Task Get_Blob_StandsAsPlainJsonRightAfterTheEntities()
    {
        using var answer = await standIn.GetAsync("/metrics/?id=G-TEST1&l=otherLayer");

        var script = await answer.Content.ReadAsStringAsync(Cancellation);
        var data = DataOf(script);
        Assert.Contains("},\"blob\":{\"1\":\"1\",", script, StringComparison.Ordinal);
        Assert.Equal("1", data.GetProperty("resource").GetProperty("version").GetString());
        Assert.Equal("otherLayer", data.GetProperty("blob").GetProperty("19").GetString());
        Assert.Equal(PathToken.KeyOf("G-TEST1"), data.GetProperty("blob").GetProperty("58").GetBytesFromBase64());
        var geo = JsonDocument.Parse(data.GetProperty("blob").GetProperty("22").GetBytesFromBase64()).RootElement;
        Assert.Equal("", geo.GetProperty("0").GetString());
    }

    [Fact]
    public async Task Get_Token_ServesWhatItHides()
    {
        var token = PathToken.Encode(PathToken.KeyOf("G-TEST1"), "gtd?id=AW-77&cx=c&gtm=4e6b91");

        using var answer = await standIn.GetAsync($"/metrics/{token}");

        Assert.Equal("AW-77", Blob(await answer.Content.ReadAsStringAsync(Cancellation)).GetProperty("5").GetString());
        var recorded = standIn.Google.Recorder.Requests[^1];
        Assert.Equal((RequestKind.Script, "gtd", true, "/metrics/"), (recorded.Kind, recorded.SubPath, recorded.Obscured, recorded.MeasurementPath));
    }

    [Fact]
    public async Task Get_HealthProbe_ServesAStubThatIsNoTag()
    {
        using var answer = await standIn.GetAsync("/metrics/?id=G-TEST1&gtg_health=1");

        Assert.DoesNotContain("blob", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("br, gzip", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("br;q=0, gzip;q=0.5", "gzip")]
    [InlineData("identity", null)]
    public async Task Get_AcceptEncoding_CompressesTheSameScript(string accept, string? encoding)
    {
        using var plain = await standIn.GetAsync("/metrics/");

        using var answer = await standIn.GetAsync("/metrics/", ("Accept-Encoding", accept));

        Assert.Equal(encoding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        await using var body = await answer.Content.ReadAsStreamAsync(Cancellation);
        await using var decoded = encoding switch { "br" => new BrotliStream(body, CompressionMode.Decompress), "gzip" => new GZipStream(body, CompressionMode.Decompress), _ => body };
        using var reader = new StreamReader(decoded, Encoding.UTF8);
        Assert.Equal(await plain.Content.ReadAsStringAsync(Cancellation), await reader.ReadToEndAsync(Cancellation));
        Assert.Equal("Accept-Encoding", answer.Headers.Vary.Single());
    }

    [Fact]
    public async Task Get_SameETag_Answers304()
    {
        using var first = await standIn.GetAsync("/metrics/");

        using var second = await standIn.GetAsync("/metrics/", ("If-None-Match", first.Headers.ETag!.Tag));

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task Head_Script_HasTheLengthAndNoBody()
    {
        using var answer = await standIn.SendAsync(HttpMethod.Head, "G-TEST1.fps.goog", "/metrics/", null);

        Assert.True(answer.Content.Headers.ContentLength > 1000);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Fact]
    public async Task Get_Container_NamesItsChildrenAndOnlyTheyAreServed()
    {
        await using var google = await GoogleStandIn.StartAsync(
            new() { Scenario = new() { OnlyOwnTag = true, Containers = new Dictionary<string, IReadOnlyList<string>> { ["GTM-BOX"] = ["G-CHILD"] } } }, Cancellation);
        using var client = new HttpClient { BaseAddress = google.HttpAddress, DefaultRequestHeaders = { Host = "gtm-box.fps.goog" } };

        var container = DataOf(await client.GetStringAsync("/m/", Cancellation));
        using var child = await client.GetAsync("/m/?id=G-CHILD", Cancellation);
        using var foreign = await client.GetAsync("/m/?id=G-FOREIGN", Cancellation);

        Assert.Equal("G-CHILD", container.GetProperty("resource").GetProperty("tags")[0].GetProperty("vtp_tagId").GetString());
        Assert.False(container.GetProperty("blob").GetProperty("45").GetBoolean());
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.BadRequest), (child.StatusCode, foreign.StatusCode));
    }

    [Theory]
    [InlineData("/metrics/?id=G-TEST1&gtm_debug=x", "")]
    [InlineData("/metrics/", "a=b; __TAG_ASSISTANT=1")]
    public async Task Get_Preview_AddsDebugHeadersAndCookies(string target, string cookie)
    {
        standIn.Google.Scenario = new() { DebugHeaderBytes = 20_000 };

        using var answer = await standIn.GetAsync(target, ("Cookie", cookie));

        standIn.Google.Scenario = new();
        Assert.Equal(20_000, answer.Headers.GetValues("x-encrypted-debug-headers").Single().Length);
        Assert.Equal(3, answer.Headers.GetValues("Set-Cookie").Count());
    }

    [Fact]
    public async Task Get_ScenarioWithScriptBytes_FillsTheScriptWithValidJson()
    {
        standIn.Google.Scenario = new() { ScriptBytes = 400_000 };

        using var answer = await standIn.GetAsync("/metrics/");

        standIn.Google.Scenario = new();
        var script = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.InRange(script.Length, 400_000, 401_000);
        Assert.True(DataOf(script).GetProperty("runtime").GetArrayLength() > 1000);
    }

    private static JsonElement Blob(string script) => DataOf(script).GetProperty("blob");

    private static JsonElement DataOf(string script)
    {
        const string start = "var data = ";
        var json = script[(script.IndexOf(start, StringComparison.Ordinal) + start.Length)..];
        return JsonDocument.Parse(json[..json.IndexOf(";\n", StringComparison.Ordinal)]).RootElement;
    }
}
