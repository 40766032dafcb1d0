using System.Net;
using System.Text;
using System.Text.Json;

namespace TagGateway.Tests.Demo;

public sealed class ControlApiTests(StandInFixture standIn) : IClassFixture<StandInFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hits_OfOneKind_AreListedAndForgotten()
    {
        using var control = Control();
        using var empty = await control.DeleteAsync("/hits", Cancellation);
        using var hit = await standIn.SendAsync(HttpMethod.Post, "G-TEST1.fps.goog", "/m/ga/g/c?v=2&en=page_view", new StringContent("x"), ("X-Case", "Kept"));
        using var script = await standIn.GetAsync("/m/");

        var listed = JsonDocument.Parse(await control.GetStringAsync("/hits?kind=hit", Cancellation)).RootElement;
        using var forgotten = await control.DeleteAsync("/hits", Cancellation);

        var recorded = Assert.Single(listed.EnumerateArray());
        Assert.Equal("Hit", recorded.GetProperty("kind").GetString());
        Assert.Equal("/m/ga/g/c?v=2&en=page_view", recorded.GetProperty("rawTarget").GetString());
        Assert.Contains(recorded.GetProperty("headers").EnumerateArray(), line => line.GetProperty("name").GetString() == "X-Case");
        Assert.Equal("x", recorded.GetProperty("bodyText").GetString());
        Assert.Equal("[]", await control.GetStringAsync("/hits", Cancellation));
    }

    [Fact]
    public async Task Faults_PutAndDelete_TakeEffect()
    {
        using var control = Control();
        using var put = await control.PutAsync("/faults", Json("""[{"pathPrefix":"/m/","kind":"Hit","status":502,"delay":"00:00:00.001"}]"""), Cancellation);
        using var faulty = await standIn.GetAsync("/m/ga/g/c");
        using var delete = await control.DeleteAsync("/faults", Cancellation);
        using var well = await standIn.GetAsync("/m/ga/g/c");

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (put.StatusCode, delete.StatusCode));
        Assert.Equal((HttpStatusCode.BadGateway, HttpStatusCode.NoContent), (faulty.StatusCode, well.StatusCode));
    }

    [Fact]
    public async Task Scenario_Put_ReplacesItAndKeepsTheOtherDefaults()
    {
        using var control = Control();

        using var put = await control.PutAsync("/scenario", Json("""{"release":"7111","containers":{"GTM-A":["G-B"]}}"""), Cancellation);

        Assert.Equal(("7111", "G-B", true), (standIn.Google.Scenario.Release, standIn.Google.Scenario.Containers["GTM-A"][0], standIn.Google.Scenario.OpaquePaths));
        standIn.Google.Scenario = new();
    }

    [Theory]
    [InlineData("/faults", "{")]
    [InlineData("/scenario", "[]")]
    public async Task Put_Malformed_Answers400(string path, string body)
    {
        using var control = Control();

        using var answer = await control.PutAsync(path, Json(body), Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Events_Hit_ArrivesLive()
    {
        using var control = Control();
        await using var events = await control.GetStreamAsync("/events", Cancellation);
        using var reader = new StreamReader(events);

        using var hit = await standIn.GetAsync("/live/ga/g/c");

        Assert.Contains("\"rawTarget\":\"/live/ga/g/c\"", await reader.ReadLineAsync(Cancellation), StringComparison.Ordinal);
    }

    private HttpClient Control() => new() { BaseAddress = standIn.Google.ControlAddress };

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
