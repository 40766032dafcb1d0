using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Operations;

/// <summary><c>taggateway purge</c> against the program as an operator starts it; and that nothing it prints holds the token.</summary>
public sealed class PurgeCommandTests : IDisposable
{
    private const string Token = "5ecret-t0ken/of+some=length";
    private readonly string _folder = Directory.CreateTempSubdirectory("taggateway-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Purge_WithTheTokenFileOfTheGateway_Ends0AndWithoutIt1()
    {
        var secret = ("TAGGATEWAY_ADMIN__TOKEN_FILE", Write("token", Token + "\n"));
        var config = Write("c.json", """{ "sites": { "shop": { "path": "/f807", "tags": ["G-MAIN1"] } }, "geo": { "default": "US" }, "log": { "level": "debug" } }""");
        await using var gateway = await GatewayProcess.StartAsync($"--config {config}", secret);
        var there = ("TAGGATEWAY_ADMIN__URL", gateway.Admin);

        var done = await GatewayProcess.RunAsync($"purge --site shop --config {config}", secret, there);
        var all = await GatewayProcess.RunAsync($"purge --all --url {gateway.Admin}", secret);
        var unknown = await GatewayProcess.RunAsync($"purge --site nowhere --config {config}", secret, there);
        var withoutToken = await GatewayProcess.RunAsync($"purge --all --url {gateway.Admin}");
        var wrongToken = await GatewayProcess.RunAsync($"purge --all --url {gateway.Admin}", ("TAGGATEWAY_ADMIN__TOKEN", Token + "?"));
        var conflict = await GatewayProcess.RunAsync("purge --all --tag G-MAIN1", secret);
        var nothing = await GatewayProcess.RunAsync("purge", secret);
        var nobody = await GatewayProcess.RunAsync("purge --all --url http://127.0.0.1:1", secret);
        var check = await GatewayProcess.RunAsync($"check --config {config}", secret, there);
        using var browser = new HttpClient();
        var readyz = await browser.GetStringAsync(gateway.Admin + "/readyz");
        var metrics = await browser.GetStringAsync(gateway.Admin + "/metrics");
        Assert.Equal(0, await gateway.TerminateAsync());

        Assert.Matches(@"^purged \d+ entr(y|ies) of site shop, on this gateway$", done.Output.Trim());
        Assert.Equal("taggateway: " + gateway.Admin + "/api/purge: 400 site: there is no site \"nowhere\"", unknown.Errors.Trim());
        Assert.StartsWith("taggateway: " + gateway.Admin + "/api/purge: 401 ", withoutToken.Errors, StringComparison.Ordinal);
        (int ExitCode, string Output, string Errors)[] runs = [done, all, check, unknown, withoutToken, wrongToken, nobody, conflict, nothing];
        Assert.Equal([0, 0, 0, 1, 1, 1, 1, 2, 2], runs.Select(run => run.ExitCode));
        Assert.All(runs, run => Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal));
        Assert.Contains("[1801]", gateway.Output, StringComparison.Ordinal);
        Assert.Contains("[1800]", gateway.Output, StringComparison.Ordinal);
        Assert.All(
            runs.SelectMany(run => new[] { run.Output, run.Errors }).Concat([readyz, metrics, gateway.Output]),
            text => Assert.DoesNotContain(Token, text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("5ecret", "")]
    [InlineData("5ecret t0ken with spaces", "")]
    [InlineData("", "5ecret-t0ken-where-a-path-belongs")]
    public async Task Check_BadToken_Ends1AndDoesNotTellIt(string token, string file)
    {
        var (exitCode, output, errors) = await GatewayProcess.RunAsync(
            "check --tag G-MAIN1 --path /f807", ("TAGGATEWAY_ADMIN__TOKEN", token), ("TAGGATEWAY_ADMIN__TOKEN_FILE", file));

        Assert.Equal(1, exitCode);
        Assert.Contains("TAGGATEWAY_ADMIN__TOKEN", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("5ecret", output + errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Purge_CallerLeavesInTheMiddleOfItsBody_IsNoFault()
    {
        await using var gateway = await GatewayProcess.StartAsync("--tag G-MAIN1 --path /f807");
        using (var client = await RawClient.ConnectAsync(gateway.Admin))
        {
            await client.WriteAsync("POST /api/purge HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 12\r\n\r\n{\"al");
            client.Close(reset: true);
        }

        Assert.Equal(200, (await RawClient.SendAsync(gateway.Admin, "GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n")).Status);
        Assert.Equal(0, await gateway.TerminateAsync());
        Assert.DoesNotContain("fail:", gateway.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("[1801]", gateway.Output, StringComparison.Ordinal);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
