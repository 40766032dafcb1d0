using TagGateway.Caching;
using TagGateway.TagScripts;
using TagGateway.Tests.Responding;

namespace TagGateway.Tests.TagScripts;

public sealed class ScriptCacheTests : IDisposable
{
    private const string Body = "{\"blob\":{\"5\":\"G-MAIN1\"}}";
    private readonly SomeScripts _scripts = new();

    public void Dispose() => _scripts.Dispose();

    [Fact]
    public async Task Answer_SecondVisitor_IsServedFromMemory()
    {
        _scripts.Google.Answer(() => FakeGoogle.Script(Body));

        var first = await _scripts.AskAsync();
        _scripts.Time.Advance(TimeSpan.FromSeconds(60));
        var second = await _scripts.AskAsync();

        Assert.Equal("taggateway; fwd=uri-miss; stored", first.Context.Response.Headers["Cache-Status"]);
        Assert.Equal("taggateway; hit; ttl=840", second.Context.Response.Headers["Cache-Status"]);
        Assert.Equal("60", second.Context.Response.Headers.Age);
        Assert.Equal("private, max-age=900", second.Context.Response.Headers.CacheControl);
        Assert.Equal(Body, SomeContext.BodyOf(second.Context));
        Assert.Single(_scripts.Google.Asked);
    }

    [Theory]
    [InlineData("?id=G-MAIN1", "US-CA", "?id=G-MAIN1", "US-NY")]
    [InlineData("?id=G-MAIN1", "US-CA", "?id=G-MAIN1&gtg_health=1", "US-CA")]
    [InlineData("?id=G-MAIN1&l=a", "US-CA", "?id=G-MAIN1&l=b", "US-CA")]
    [InlineData("?id=G-MAIN1", "US-CA", "?id=g-main1", "US-CA")]
    public async Task Answer_AnythingOfTheKeyDiffers_IsAnotherEntry(string query, string region, string otherQuery, string otherRegion)
    {
        _scripts.Google.Answer(() => FakeGoogle.Script("1"));
        _scripts.Google.Answer(() => FakeGoogle.Script("2"));

        await _scripts.AskAsync(query, region);
        var other = await _scripts.AskAsync(otherQuery, otherRegion);

        Assert.Equal("2", SomeContext.BodyOf(other.Context));
    }

    [Fact]
    public async Task Answer_StaleWithinTheWindow_IsServedAtOnceAndReplacedBehind()
    {
        _scripts.Google.Answer(() => FakeGoogle.Script("old"));
        _scripts.Google.Answer(() => FakeGoogle.Script("new"));
        await _scripts.AskAsync();
        _scripts.Time.Advance(TimeSpan.FromMinutes(16));

        var stale = await _scripts.AskAsync();
        await _scripts.FilledAsync();
        var fresh = await _scripts.AskAsync();

        Assert.Equal("old", SomeContext.BodyOf(stale.Context));
        Assert.Equal("taggateway; hit; ttl=-60", stale.Context.Response.Headers["Cache-Status"]);
        Assert.Equal("new", SomeContext.BodyOf(fresh.Context));
    }

    [Fact]
    public async Task Answer_GoogleIsIll_IsTheStaleScriptForADay()
    {
        _scripts.Google.Answer(() => FakeGoogle.Script("old"));
        _scripts.Google.Always(() => FakeGoogle.Status(503));
        await _scripts.AskAsync();
        _scripts.Time.Advance(TimeSpan.FromHours(20));

        var stale = await _scripts.AskAsync();

        Assert.Equal("old", SomeContext.BodyOf(stale.Context));
        Assert.Equal("taggateway; fwd=stale; detail=stale-if-error", stale.Context.Response.Headers["Cache-Status"]);
    }

    [Fact]
    public async Task Answer_NothingKeptAndGoogleIsIll_RedirectsToGooglesOwnAddress()
    {
        _scripts.Google.Always(() => FakeGoogle.Status(503));

        var answer = await _scripts.AskAsync("?id=G-MAIN1&l=x");

        Assert.Equal(302, answer.Context.Response.StatusCode);
        Assert.Equal("https://www.googletagmanager.com/gtag/js?id=G-MAIN1&l=x", answer.Context.Response.Headers.Location);
        Assert.Equal("no-store", answer.Context.Response.Headers.CacheControl);
    }

    [Fact]
    public async Task Answer_TwoForAScriptPastItsTime_SayWhoAsked()
    {
        var gate = new TaskCompletionSource();
        _scripts.Google.Answer(() => FakeGoogle.Script("old"));
        _scripts.Google.Answer(async (_, _) =>
        {
            await gate.Task;
            return FakeGoogle.Script("new");
        });
        await _scripts.AskAsync();
        _scripts.Time.Advance(TimeSpan.FromHours(3));

        var asking = new[] { _scripts.AskAsync(), _scripts.AskAsync() };
        gate.SetResult();
        var answers = await Task.WhenAll(asking);

        Assert.Equal(
            ["taggateway; fwd=stale; collapsed", "taggateway; fwd=stale; fwd-status=200; stored"],
            answers.Select(answer => answer.Context.Response.Headers["Cache-Status"].ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Answer_ThousandAtOnce_AskGoogleOnce()
    {
        var gate = new TaskCompletionSource();
        _scripts.Google.Always(async (_, _) =>
        {
            await gate.Task;
            return FakeGoogle.Script(Body);
        });

        var asking = Enumerable.Range(0, 1000).Select(_ => _scripts.AskAsync()).ToList();
        gate.SetResult();
        var answers = await Task.WhenAll(asking);

        Assert.All(answers, answer => Assert.Equal(Body, SomeContext.BodyOf(answer.Context)));
        Assert.Single(_scripts.Google.Asked);
    }

    /// <summary>It looked, found nothing, and meanwhile the fill for somebody else ended.</summary>
    [Fact]
    public async Task Fill_StartedAMomentTooLate_DoesNotAskGoogleAgain()
    {
        _scripts.Google.Always(() => FakeGoogle.Script(Body));
        await _scripts.AskAsync();

        var late = await _scripts.Fills.JoinAsync(_scripts.Load(), former: null, out _);

        Assert.Equal(FillKind.Kept, late.Kind);
        Assert.NotNull(late.Entry);
        Assert.Single(_scripts.Google.Asked);
    }

    [Theory]
    [InlineData("no-store")]
    [InlineData("private, no-store, max-age=900")]
    public async Task Answer_NoStore_IsPassedByEveryVisitor(string cacheControl)
    {
        _scripts.Google.Answer(() => FakeGoogle.Script(Body, cacheControl));

        var first = await _scripts.AskAsync();
        var second = await _scripts.AskAsync();

        Assert.Equal((ScriptBypass.NotKept, ScriptBypass.NotKept), (first.Bypass, second.Bypass));
        Assert.Single(_scripts.Google.Asked);
        Assert.Equal(0, _scripts.Memory.Remove(PurgeScope.All));
    }

    [Fact]
    public async Task Answer_SetCookie_IsPassedByEveryVisitor()
    {
        _scripts.Google.Answer(() => FakeGoogle.Script(Body, headers: ("Set-Cookie", "FPID=1")));

        Assert.Equal(ScriptBypass.NotKept, (await _scripts.AskAsync()).Bypass);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(302)]
    [InlineData(204)]
    public async Task Answer_NotA200_IsPassed(int status)
    {
        _scripts.Google.Always(() => FakeGoogle.Status(status));

        Assert.Equal(ScriptBypass.NotKept, (await _scripts.AskAsync()).Bypass);
    }

    [Fact]
    public async Task Answer_BrowserHasIt_Is304WithoutABody()
    {
        _scripts.Google.Answer(() => FakeGoogle.Script(Body));
        var first = await _scripts.AskAsync();
        var tag = first.Context.Response.Headers.ETag.ToString();

        var second = await _scripts.AskAsync(prepare: request => request.Headers.IfNoneMatch = $"\"x\", W/{tag}");

        Assert.Equal(304, second.Context.Response.StatusCode);
        Assert.Equal(tag, second.Context.Response.Headers.ETag);
        Assert.Equal("", SomeContext.BodyOf(second.Context));
    }

    [Fact]
    public async Task Answer_StaleWithAValidator_IsRevalidated()
    {
        _scripts.Google.Answer(() => FakeGoogle.Script(Body, headers: ("ETag", "\"g1\"")));
        _scripts.Google.Answer(() => FakeGoogle.Status(304));
        await _scripts.AskAsync();
        _scripts.Time.Advance(TimeSpan.FromHours(3));

        var answer = await _scripts.AskAsync();

        Assert.Equal(Body, SomeContext.BodyOf(answer.Context));
        Assert.Equal("taggateway; fwd=stale; fwd-status=304; stored", answer.Context.Response.Headers["Cache-Status"]);
        Assert.Equal("0", answer.Context.Response.Headers.Age);
        Assert.Equal(["\"g1\""], _scripts.Google.Asked.Last().Headers.NonValidated["If-None-Match"]);
    }

    [Fact]
    public async Task Answer_ForeignScript_IsRedirectedAndNeverKept()
    {
        _scripts.Google.Always(() => FakeGoogle.Script("{\"blob\":{\"5\":\"G-FOREIGN3\"}}"));

        var answer = await _scripts.AskAsync();

        Assert.Equal("https://www.googletagmanager.com/gtag/js?id=G-FOREIGN3", answer.Context.Response.Headers.Location);
        Assert.Equal(0, _scripts.Memory.Remove(PurgeScope.All));
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    [InlineData("zstd")]
    [InlineData("br, gzip")]
    public async Task Answer_MisdeclaredCoding_IsNeverServed(string coding)
    {
        _scripts.Google.Always(() => FakeGoogle.Script(Body, headers: ("Content-Encoding", coding)));

        Assert.Equal(302, (await _scripts.AskAsync()).Context.Response.StatusCode);
    }

    [Fact]
    public async Task Answer_VisitorsHeaders_NeverLeave()
    {
        _scripts.Google.Always(() => FakeGoogle.Script(Body));

        await _scripts.AskAsync(prepare: request =>
        {
            request.Headers.Cookie = "session=1; _ga=2";
            request.Headers.UserAgent = "Mine";
            request.Headers["X-Forwarded-For"] = "203.0.113.9";
            request.Headers["X-Forwarded-Host"] = "evil";
        });

        Assert.Equal(
            ["Accept: */*", "Accept-Encoding: br, gzip", "User-Agent: Mozilla/5.0 (compatible; TagGateway)", "X-Forwarded-CountryRegion: US-CA"],
            _scripts.Google.Asked.Single().Headers.NonValidated.Select(header => $"{header.Key}: {header.Value}"));
    }

    [Fact]
    public async Task Answer_PurgeDuringTheFetch_KeepsNothingOfIt()
    {
        var (asked, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        _scripts.Google.Answer(async (_, _) =>
        {
            asked.SetResult();
            await gate.Task;
            return FakeGoogle.Script("before");
        });
        _scripts.Google.Answer(() => FakeGoogle.Script("after"));

        var asking = _scripts.AskAsync();
        await asked.Task;
        _scripts.Purge(PurgeScope.All);
        var after = await _scripts.AskAsync();
        gate.SetResult();
        await asking;

        Assert.Equal("after", SomeContext.BodyOf(after.Context));
        Assert.Equal("after", SomeContext.BodyOf((await _scripts.AskAsync()).Context));
    }
}
