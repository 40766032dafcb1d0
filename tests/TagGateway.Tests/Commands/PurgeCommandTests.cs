using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using TagGateway.Commands;
using TagGateway.Tests.Configuration;

namespace TagGateway.Tests.Commands;

/// <summary>Asks a real server on a free port, which notes what it is asked.</summary>
public sealed class PurgeCommandTests : IDisposable
{
    private const string Token = "a-token-of-some-length";
    private readonly TempFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly List<string> _asked = [];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--site shop", """{"site":"shop"}""", "purged 12 entries of site shop, on every gateway")]
    [InlineData("--tag G-ABC123", """{"tag":"G-ABC123"}""", "purged 12 entries of tag G-ABC123, on every gateway")]
    [InlineData("--tag G-ABC123 --site shop", """{"site":"shop","tag":"G-ABC123"}""", "purged 12 entries of tag G-ABC123 of site shop, on every gateway")]
    [InlineData("--all", """{"all":true}""", "purged 12 entries, on every gateway")]
    public async Task Purge_Done_SaysWhatAndEndsWith0(string arguments, string body, string line)
    {
        await using var gateway = await StartAsync(200, """{"removed":12,"reach":"allGateways"}""");

        Assert.Equal(0, await InvokeAsync(gateway, arguments));
        Assert.Equal(line, _output.ToString().TrimEnd());
        Assert.Equal($"POST /api/purge application/json; charset=utf-8  {body}", Assert.Single(_asked));
        Assert.Empty(_error.ToString());
    }

    [Theory]
    [InlineData("""{"removed":1,"reach":"thisGateway"}""", "purged 1 entry, on this gateway")]
    [InlineData("""{"reach":"thisGateway","removed":0,"more":true}""", "purged 0 entries, on this gateway")]
    public async Task Purge_OneGateway_SaysSo(string answer, string line)
    {
        await using var gateway = await StartAsync(200, answer);

        Assert.Equal(0, await InvokeAsync(gateway, "--all"));
        Assert.Equal(line, _output.ToString().TrimEnd());
    }

    [Fact]
    public async Task Purge_OthersNotTold_SaysSoAndEndsWith1()
    {
        await using var gateway = await StartAsync(200, """{"removed":2,"reach":"othersNotTold"}""");

        Assert.Equal(1, await InvokeAsync(gateway, "--all"));
        Assert.Equal("purged 2 entries, on this gateway only", _output.ToString().TrimEnd());
        Assert.Equal("taggateway: the other gateways were not told, for Redis cannot be reached: purge again when it is back", _error.ToString().TrimEnd());
    }

    [Theory]
    [InlineData(400, """{"error":"site: there is no site \"x\""}""", "400 site: there is no site \"x\"")]
    [InlineData(401, "needs a token\nmore", "401 needs a token")]
    [InlineData(302, "", "302")]
    [InlineData(500, "{}", "500 {}")]
    [InlineData(400, "{\"error\":\"a\\nb\\u001b[2J\"}", "400 a\\u000Ab\\u001B[2J")]
    [InlineData(200, "ok", "this is not the administration port of a taggateway")]
    [InlineData(200, "{}", "this is not the administration port of a taggateway")]
    [InlineData(200, "null", "this is not the administration port of a taggateway")]
    public async Task Purge_NotDone_SaysWhyOnOneLineAndEndsWith1(int status, string answer, string expected)
    {
        await using var gateway = await StartAsync(status, answer);

        Assert.Equal(1, await InvokeAsync(gateway, "--all"));
        Assert.Equal($"taggateway: {gateway.Urls.First()}/api/purge: {expected}", _error.ToString().TrimEnd());
        Assert.Single(_asked);
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public async Task Purge_AnswerWithoutEnd_IsNotReadWhole()
    {
        await using var gateway = await StartAsync(200, new string('x', 100_000));

        Assert.Equal(1, await InvokeAsync(gateway, "--all"));
        Assert.StartsWith($"taggateway: {gateway.Urls.First()}/api/purge: ", Assert.Single(Errors()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Purge_WithToken_SendsItAndNeverTellsIt(bool inAFile)
    {
        _folder.Write("token", Token + "\n");
        await using var gateway = await StartAsync(401, "no");
        var secret = inAFile ? ("TAGGATEWAY_ADMIN__TOKEN_FILE", "token") : ("TAGGATEWAY_ADMIN__TOKEN", Token);

        Assert.Equal(1, await InvokeAsync(["purge", "--all", "--url", gateway.Urls.First() + "/"], secret));
        Assert.Contains($" Bearer {Token} ", Assert.Single(_asked), StringComparison.Ordinal);
        Assert.DoesNotContain(Token, _error.ToString() + _output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Purge_NobodyThere_EndsWith1()
    {
        var gateway = await StartAsync(200, "");
        var address = gateway.Urls.First();
        await gateway.DisposeAsync();

        Assert.Equal(1, await InvokeAsync(["purge", "--all", "--url", address]));
        Assert.Contains("refused", Assert.Single(Errors()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "admin": { "token": "short" } }""", "admin.token: must be 16 to 1024 visible ASCII characters, without spaces")]
    [InlineData("""{ "admin": { "url": "https://x" } }""", "admin.url: ")]
    [InlineData("{", "c.json: is not valid JSON")]
    public async Task Purge_AdministrationNotKnown_AsksNobodyAndEndsWith1(string json, string expected)
    {
        _folder.Write("c.json", json);

        Assert.Equal(1, await InvokeAsync(["purge", "--all", "--config", "c.json"]));
        Assert.Contains(Errors(), line => line.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Purge_ErrorElsewhereInTheFile_IsNoHindrance()
    {
        await using var gateway = await StartAsync(200, """{"removed":0,"reach":"thisGateway"}""");
        _folder.Write("c.json", $$"""{ "sites": 5, "admin": { "url": "http://*:{{new Uri(gateway.Urls.First()).Port}}" } }""");

        Assert.Equal(0, await InvokeAsync(["purge", "--all", "--config", "c.json"]));
    }

    [Theory]
    [InlineData("", "Say what to purge: --site NAME, --tag ID, both, or --all")]
    [InlineData("--all --site shop", "--all goes with neither --site nor --tag")]
    [InlineData("--all --tag G-A", "--all goes with neither --site nor --tag")]
    [InlineData("--site", "Required argument missing for option: '--site'")]
    [InlineData("--site a --site b", "Option '--site' expects a single argument but 2 were provided")]
    [InlineData("--all --url 127.0.0.1:8081", "--url must be http://HOST:PORT or https://HOST:PORT, without a path, not '127.0.0.1:8081'")]
    [InlineData("--all --url ftp://a", "--url must be ")]
    [InlineData("--all --url http://a/b", "--url must be ")]
    [InlineData("--all --url http://user@a", "--url must be ")]
    public async Task Purge_WrongUsage_EndsWith2(string arguments, string expected)
    {
        Assert.Equal(2, await InvokeAsync(["purge", .. Split(arguments)]));
        Assert.StartsWith($"taggateway: {expected}", Errors()[0], StringComparison.Ordinal);
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public async Task Purge_EmptySiteOfAForgottenVariable_IsNotEverySite()
    {
        await using var gateway = await StartAsync(400, """{"error":"site: there is no site \"\""}""");

        Assert.Equal(1, await InvokeAsync(["purge", "--site", "", "--url", gateway.Urls.First()]));
        Assert.EndsWith("""{"site":""}""", Assert.Single(_asked), StringComparison.Ordinal);
    }

    private static string[] Split(string arguments) => arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private async Task<WebApplication> StartAsync(int status, string answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var gateway = builder.Build();
        gateway.Run(async context =>
        {
            using var body = new StreamReader(context.Request.Body);
            var (request, text) = (context.Request, await body.ReadToEndAsync());
            _asked.Add($"{request.Method} {request.Path} {request.ContentType} {request.Headers.Authorization} {text}");
            context.Response.StatusCode = status;
            context.Response.Headers.Location = status == 302 ? "/elsewhere" : default(string);
            await context.Response.WriteAsync(answer);
        });
        await gateway.StartAsync(TestContext.Current.CancellationToken);
        return gateway;
    }

    private Task<int> InvokeAsync(WebApplication gateway, string arguments)
    {
        _folder.Write("c.json", $$"""{ "admin": { "url": "{{gateway.Urls.First()}}" } }""");
        return InvokeAsync(["purge", "--config", "c.json", .. Split(arguments)]);
    }

    private Task<int> InvokeAsync(string[] arguments, params (string Name, string Value)[] environment) => CommandLine.InvokeAsync(
        arguments,
        new CommandContext(_folder.Input(null, environment), (_, _) => throw new InvalidOperationException("nothing is to be started")),
        _output,
        _error,
        TestContext.Current.CancellationToken);

    private List<string> Errors() => [.. _error.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries)];
}
