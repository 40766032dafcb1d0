using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using TagGateway.Caching;
using TagGateway.Operations;
using TagGateway.Rewriting;
using TagGateway.Tests.Responding;
using TagGateway.Tests.Sites;

namespace TagGateway.Tests.Operations;

public sealed class AdminApiTests
{
    private const int Refused = 1800;
    private const int Purged = 1801;
    private readonly FakeLogger<AdminApi> _logger = new();
    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _scopes = [];
    private readonly RewriteLedger _rewrites;
    private PurgeResult _result = new(12, PurgeReach.AllGateways);

    public AdminApiTests() => _rewrites = new RewriteLedger(_time);

    [Theory]
    [InlineData(PurgeReach.ThisGateway, "thisGateway")]
    [InlineData(PurgeReach.AllGateways, "allGateways")]
    [InlineData(PurgeReach.OthersNotTold, "othersNotTold")]
    public async Task Purge_ASite_RemovesAndTellsTheReach(object reach, string word)
    {
        _result = new PurgeResult(12, (PurgeReach)reach);

        var context = await InvokeAsync("""{"site":"shop"}""");

        Assert.Equal(200, context.Response.StatusCode);
        Assert.Equal($$"""{"removed":12,"reach":"{{word}}"}""", SomeContext.BodyOf(context));
        Assert.Equal("application/json", context.Response.ContentType);
        Assert.Equal("no-store", context.Response.Headers.CacheControl);
        Assert.Equal(["shop"], _scopes);
        Assert.Equal([Purged], _logger.Collector.GetSnapshot().Select(record => record.Id.Id));
    }

    [Fact]
    public async Task Purge_UnknownSite_Is400AndRemovesNothing()
    {
        var context = await InvokeAsync("""{"site":"shpo"}""");

        Assert.Equal(400, context.Response.StatusCode);
        Assert.Equal("""{"error":"site: there is no site \"shpo\"; did you mean \"shop\"?"}""", SomeContext.BodyOf(context));
        Assert.Empty(_scopes);
    }

    [Theory]
    [InlineData("application/json", 200)]
    [InlineData("Application/JSON; charset=utf-8", 200)]
    [InlineData("text/plain", 415)]
    [InlineData("application/x-www-form-urlencoded", 415)]
    [InlineData("application/json-patch+json", 415)]
    [InlineData("", 415)]
    [InlineData(null, 415)]
    public async Task Purge_ContentType_MustBeJson(string? type, int expected)
    {
        var context = await InvokeAsync("""{"all":true}""", contentType: type);

        Assert.Equal(expected, context.Response.StatusCode);
        Assert.Equal(expected == 200 ? 1 : 0, _scopes.Count);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("OPTIONS")]
    [InlineData("post")]
    public async Task Purge_OtherMethod_Is405WithTheRightOne(string method)
    {
        var context = await InvokeAsync("""{"all":true}""", method);

        Assert.Equal(405, context.Response.StatusCode);
        Assert.Equal("POST", context.Response.Headers.Allow);
        Assert.Empty(_scopes);
    }

    [Theory]
    [InlineData("/api")]
    [InlineData("/api/")]
    [InlineData("/api/purge/")]
    [InlineData("/api/PURGE")]
    [InlineData("/api/sites")]
    public async Task AnyOtherPath_WhoMay_Is404(string path) =>
        Assert.Equal(404, (await InvokeAsync("""{"all":true}""", path: path)).Response.StatusCode);

    [Theory]
    [InlineData(16 * 1024, 200)]
    [InlineData((16 * 1024) + 1, 413)]
    public async Task Purge_BodyOfALength_IsLimited(int length, int expected) =>
        Assert.Equal(expected, (await InvokeAsync("""{"all":true}""".PadRight(length))).Response.StatusCode);

    [Theory]
    [InlineData("/api/purge")]
    [InlineData("/api/nothing")]
    public async Task AnyPath_NotOfThisMachine_Is403WithoutATokenAnd401WithOne(string path)
    {
        var without = await InvokeAsync("""{"all":true}""", path: path, peer: "192.0.2.7");
        var with = await InvokeAsync("""{"all":true}""", path: path, token: "a-token-of-some-length");

        Assert.Equal(403, without.Response.StatusCode);
        Assert.Equal(0, without.Response.Headers.WWWAuthenticate.Count);
        Assert.Equal(401, with.Response.StatusCode);
        Assert.Equal("Bearer realm=\"taggateway\"", with.Response.Headers.WWWAuthenticate);
        Assert.All([without, with], context => Assert.Equal(1, SomeContext.BodyOf(context).Count(c => c == '\n')));
        Assert.Empty(_scopes);
        Assert.Equal([Refused, Refused], _logger.Collector.GetSnapshot().Select(record => record.Id.Id));
    }

    [Fact]
    public async Task Purge_RedisDoesNotAnswer_IsToldToStopInTime()
    {
        var asked = new TaskCompletionSource<CancellationToken>();
        var api = Api(null, (_, stop) =>
        {
            asked.SetResult(stop);
            var stopped = new TaskCompletionSource<PurgeResult>();
            stop.Register(() => stopped.SetResult(new PurgeResult(3, PurgeReach.OthersNotTold)));
            return stopped.Task;
        });
        var context = Request("""{"all":true}""");

        var answered = api.InvokeAsync(context);
        await asked.Task;
        _time.Advance(TimeSpan.FromSeconds(5));
        await answered;

        Assert.Equal("""{"removed":3,"reach":"othersNotTold"}""", SomeContext.BodyOf(context));
    }

    private static DefaultHttpContext Request(string body, string method = "POST", string path = "/api/purge", string? contentType = "application/json", string peer = "127.0.0.1")
    {
        var context = SomeContext.Create(method, path, "localhost:8081", peer);
        context.Connection.LocalIpAddress = IPAddress.Loopback;
        context.Request.Path = path;
        context.Request.ContentType = contentType;
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        return context;
    }

    [Fact]
    public async Task Scripts_OfTwoTags_TellsWhatWasMadeOfThem()
    {
        _rewrites.Add("shop", "G-1", new ScriptRewrite(RewriteOutcome.Whole, RewriteDoubt.None, "65j1"));
        _rewrites.Add("shop", "GTM-2", new ScriptRewrite(RewriteOutcome.Reduced, RewriteDoubt.HostLeft, "<b>\"x"));

        var context = await InvokeAsync("", "GET", "/api/scripts");

        var at = System.Text.Json.JsonSerializer.Serialize(_time.GetUtcNow());
        Assert.Equal((200, "application/json", "no-store"), (context.Response.StatusCode, context.Response.ContentType, context.Response.Headers.CacheControl.ToString()));
        Assert.Equal(
            $$"""[{"site":"shop","tag":"G-1","release":"65j1","outcome":"whole","doubt":"none","at":{{at}}},{"site":"shop","tag":"GTM-2","release":"<b>\"x","outcome":"reduced","doubt":"hostLeft","at":{{at}}}]""",
            SomeContext.BodyOf(context));
    }

    [Theory]
    [InlineData("GET", "127.0.0.1", null, 200)]
    [InlineData("HEAD", "127.0.0.1", null, 200)]
    [InlineData("POST", "127.0.0.1", null, 405)]
    [InlineData("GET", "203.0.113.9", null, 403)]
    [InlineData("GET", "203.0.113.9", "a-long-enough-secret-token-0123456789", 401)]
    public async Task Scripts_AnyRequest_IsAnsweredToThoseWhoMayAsk(string method, string peer, string? token, int expected)
    {
        var context = await InvokeAsync("", method, "/api/scripts", peer: peer, token: token);

        Assert.Equal(expected, context.Response.StatusCode);
    }

    private async Task<DefaultHttpContext> InvokeAsync(
        string body, string method = "POST", string path = "/api/purge", string? contentType = "application/json", string peer = "127.0.0.1", string? token = null)
    {
        var context = Request(body, method, path, contentType, peer);
        await Api(token, (scope, _) =>
        {
            _scopes.Add(scope.ToString());
            return Task.FromResult(_result);
        }).InvokeAsync(context);
        return context;
    }

    private AdminApi Api(string? secret, PurgeEntries purge)
    {
        AdminToken? token = null;
        Assert.True(secret is null || AdminToken.TryParse(secret, out token, out _));
        var settings = SomeSettings.Create([SomeSite.Create("shop")]);
        settings.Value = settings.Value with { AdminToken = token };
        return new AdminApi(settings, purge, _rewrites, _time, _logger);
    }
}
