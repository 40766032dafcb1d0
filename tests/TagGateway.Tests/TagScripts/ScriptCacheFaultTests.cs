using System.Text;
using TagGateway.Caching;
using TagGateway.Sites;
using TagGateway.TagScripts;
using TagGateway.Tests.Operations;
using TagGateway.Tests.Responding;

namespace TagGateway.Tests.TagScripts;

/// <summary>Odd answers, odd visitors, odd clocks.</summary>
public sealed class ScriptCacheFaultTests : IDisposable
{
    private readonly SomeScripts _scripts = new();

    public void Dispose() => _scripts.Dispose();

    /// <summary>Half a script is worse than none.</summary>
    [Theory]
    [InlineData((int)ContentCoding.Gzip, "gzip")]
    [InlineData((int)ContentCoding.Brotli, "br")]
    public async Task Answer_CodingCutShort_IsNeverServed(int coding, string name)
    {
        var body = Encode((ContentCoding)coding, "{\"blob\":{\"5\":\"G-MAIN1\"}};" + new string('x', 1000));
        _scripts.Google.Always(() => FakeGoogle.Script(body[..^3], name));

        var answer = await _scripts.AskAsync();

        Assert.Equal((302, "taggateway; fwd=uri-miss; detail=redirected"), (answer.Context.Response.StatusCode, (string?)answer.Context.Response.Headers["Cache-Status"]));
        Assert.False(_scripts.Memory.TryGet<Entry>(_scripts.Load().Key, out _));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Answer_EmptyScript_IsNeverKept(string? coding)
    {
        _scripts.Google.Answer(() => coding is null ? FakeGoogle.Script("") : FakeGoogle.Script([], coding));

        Assert.Equal(302, (await _scripts.AskAsync()).Context.Response.StatusCode);
    }

    [Fact]
    public async Task Answer_EncodedScript_IsServedAsItCameAndInTheOthers()
    {
        const string Script = "{\"blob\":{\"5\":\"G-MAIN1\"}};let a=1;";
        var body = Encode(ContentCoding.Brotli, Script);
        _scripts.Google.Answer(() => FakeGoogle.Script(body, "br"));

        var brotli = await _scripts.AskAsync(prepare: request => request.Headers.AcceptEncoding = "gzip, br");
        var gzip = await _scripts.AskAsync(prepare: request => request.Headers.AcceptEncoding = "gzip");
        var plain = await _scripts.AskAsync();

        Assert.Equal(body, ((MemoryStream)brotli.Context.Response.Body).ToArray());
        Assert.Equal(("br", "gzip", ""), (Coding(brotli), Coding(gzip), Coding(plain)));
        Assert.Equal(Script, SomeContext.BodyOf(plain.Context));
        Assert.Equal(3, new[] { brotli, gzip, plain }.Select(answer => (string?)answer.Context.Response.Headers.ETag).Distinct().Count());
        Assert.All(new[] { brotli, gzip, plain }, answer => Assert.Equal("Accept-Encoding", answer.Context.Response.Headers.Vary));
        Assert.Single(_scripts.Google.Asked);

        static string Coding((ScriptBypass, Microsoft.AspNetCore.Http.DefaultHttpContext Context) answer) => answer.Context.Response.Headers.ContentEncoding.ToString();
    }

    [Theory]
    [InlineData("Cache-Control", "no-cache")]
    [InlineData("Cache-Control", "no-store, max-age=0")]
    [InlineData("Cache-Control", "only-if-cached")]
    [InlineData("Pragma", "no-cache")]
    [InlineData("Range", "bytes=0-0")]
    [InlineData("If-Match", "\"x\"")]
    [InlineData("If-Unmodified-Since", "Thu, 01 Jan 1970 00:00:00 GMT")]
    [InlineData("If-Range", "\"x\"")]
    [InlineData("Authorization", "Bearer x")]
    [InlineData("Cookie", "session=1")]
    public async Task Answer_VisitorsWishes_CostGoogleNothing(string name, string value)
    {
        _scripts.Google.Answer(() => FakeGoogle.Script("script"));
        await _scripts.AskAsync();

        var answer = await _scripts.AskAsync(prepare: request => request.Headers[name] = value);

        Assert.Equal((200, "script", "taggateway; hit; ttl=900"), (answer.Context.Response.StatusCode, SomeContext.BodyOf(answer.Context), (string?)answer.Context.Response.Headers["Cache-Status"]));
        Assert.Single(_scripts.Google.Asked);
    }

    [Fact]
    public async Task Answer_Head_IsFilledByAGetAndHasNoBody()
    {
        _scripts.Google.Answer(() => FakeGoogle.Script("script"));

        var head = await _scripts.AskAsync(prepare: request => request.Method = "HEAD");
        var get = await _scripts.AskAsync();

        Assert.Equal((200, "", 6L), (head.Context.Response.StatusCode, SomeContext.BodyOf(head.Context), head.Context.Response.ContentLength));
        Assert.Equal("script", SomeContext.BodyOf(get.Context));
        Assert.Equal(HttpMethod.Get, _scripts.Google.Asked.Single().Method);
    }

    /// <summary>Ten thousand odd requests of one visitor: the honest script stays, and the memory is bounded.</summary>
    [Theory]
    [InlineData(200)]
    [InlineData(404)]
    public async Task Answer_TenThousandOddQueries_LeaveTheHonestScript(int status)
    {
        const int Limit = 4 * 1024 * 1024;
        using var scripts = new SomeScripts(Limit);
        var odd = new string('x', 20_000);
        scripts.Google.Answer(() => FakeGoogle.Script("{\"blob\":{\"5\":\"G-MAIN1\"}};" + new string('h', 300_000)));
        scripts.Google.Always(() => status == 200 ? FakeGoogle.Script(odd) : FakeGoogle.Status(status));
        await scripts.AskAsync();
        await scripts.AskAsync();

        for (var i = 0; i < 10_000; i++)
        {
            await scripts.AskAsync($"?id=G-MAIN1&x={i}");
            if (i % 500 == 0)
            {
                Assert.StartsWith("taggateway; hit", (await scripts.AskAsync()).Context.Response.Headers["Cache-Status"].ToString(), StringComparison.Ordinal);
                scripts.Google.Asked.Clear();
            }
        }

        Assert.StartsWith("taggateway; hit", (await scripts.AskAsync()).Context.Response.Headers["Cache-Status"].ToString(), StringComparison.Ordinal);
        Assert.InRange(scripts.Memory.Bytes, 1, Limit);
    }

    [Fact]
    public async Task Answer_TooLargeForTheStore_IsPassedForAWhile()
    {
        using var scripts = new SomeScripts(1024 * 1024);
        scripts.Google.Always(() => FakeGoogle.Script(new string(' ', 600_000)));

        var first = await scripts.AskAsync();
        var second = await scripts.AskAsync();

        Assert.Equal((ScriptBypass.TooLarge, ScriptBypass.TooLarge), (first.Bypass, second.Bypass));
        Assert.Single(scripts.Google.Asked);
    }

    /// <summary>A script that changes while it is fetched: each answer is one or the other whole, never a mixture.</summary>
    [Fact]
    public async Task Answer_ScriptChangesBetweenRegions_EachIsWhole()
    {
        var version = 0;
        _scripts.Google.Always(() => FakeGoogle.Script(new string((char)('a' + (version++ % 26)), 50_000)));

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => _scripts.AskAsync(region: $"US-{i % 50}", prepare: request => request.Headers.AcceptEncoding = i % 2 == 0 ? "gzip;q=0" : "")));

        Assert.All(answers, answer => Assert.Single(SomeContext.BodyOf(answer.Context).Distinct()));
        Assert.Equal(50, _scripts.Google.Asked.Count);
        Assert.Equal(50, answers.Select(answer => (string?)answer.Context.Response.Headers["Cache-Status"]).Count(status => status == CacheStatus.Miss));
    }

    [Theory]
    [InlineData("private, max-age=900", 0, "Fresh")]
    [InlineData("private, max-age=900", 899, "Fresh")]
    [InlineData("private, max-age=900", 900, "Stale")]
    [InlineData("private, max-age=900", 900 + 3599, "Stale")]
    [InlineData("private, max-age=900", 900 + 3600, "StaleIfError")]
    [InlineData("private, max-age=900", 900 + 86_399, "StaleIfError")]
    [InlineData("private, max-age=900", 900 + 86_400, "Redirected")]
    [InlineData("max-age=60, must-revalidate", 59, "Fresh")]
    [InlineData("max-age=60, must-revalidate", 60, "Redirected")]
    [InlineData("max-age=60, stale-while-revalidate=30, stale-if-error=40", 89, "Stale")]
    [InlineData("max-age=60, stale-while-revalidate=30, stale-if-error=40", 90, "StaleIfError")]
    [InlineData("max-age=60, stale-while-revalidate=30, stale-if-error=40", 100, "Redirected")]
    [InlineData("max-age=86400", 900, "Stale")]
    public async Task Answer_GoogleIsAway_IsByAge(string cacheControl, int age, string expected)
    {
        _scripts.Google.Answer(() => FakeGoogle.Script("script", cacheControl));
        await _scripts.AskAsync();
        _scripts.Time.Advance(TimeSpan.FromSeconds(age));

        var answer = await _scripts.AskAsync();

        var status = answer.Context.Response.Headers["Cache-Status"].ToString();
        Assert.Equal(
            expected,
            answer.Context.Response.StatusCode == 302 ? "Redirected"
            : status.EndsWith("stale-if-error", StringComparison.Ordinal) ? "StaleIfError"
            : status.Contains("ttl=-", StringComparison.Ordinal) || status.EndsWith("ttl=0", StringComparison.Ordinal) ? "Stale"
            : "Fresh");
    }

    /// <summary>With a stale script at hand nobody waits long for a newer one.</summary>
    [Fact]
    public async Task Answer_GoogleIsSlowAndAStaleOneIsThere_IsThatAfterASecond()
    {
        _scripts.Google.Answer(() => FakeGoogle.Script("old"));
        var asked = new TaskCompletionSource();
        _scripts.Google.Always((_, ending) =>
        {
            asked.TrySetResult();
            return FakeGoogle.NeverAsync(ending);
        });
        await _scripts.AskAsync();
        _scripts.Time.Advance(TimeSpan.FromHours(3));

        var asking = _scripts.AskAsync();
        await asked.Task;
        _scripts.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("old", SomeContext.BodyOf((await asking).Context));
    }

    [Fact]
    public async Task Answer_GoogleIsSlowAndNothingIsThere_IsRedirectedAfterTheSitesTimeout()
    {
        var asked = new TaskCompletionSource();
        _scripts.Google.Always((_, ending) =>
        {
            asked.TrySetResult();
            return FakeGoogle.NeverAsync(ending);
        });

        var asking = _scripts.AskAsync();
        await asked.Task;
        _scripts.Time.Advance(_scripts.Site.Timeout);

        Assert.Equal(302, (await asking).Context.Response.StatusCode);
    }

    /// <summary>Nothing but the service worker's own file would do, so that there is no other address to send the browser to.</summary>
    [Fact]
    public async Task Answer_VersionedFileAndGoogleIsAway_IsAnError()
    {
        var load = ScriptLoad.OfVersionedFile(new MeasurementTarget(_scripts.Site, "/f807/_/service_worker/5a/sw.js", ""));

        var answer = await _scripts.AskAsync(load);

        Assert.Equal((502, "no-store"), (answer.Context.Response.StatusCode, (string?)answer.Context.Response.Headers.CacheControl));
    }

    [Fact]
    public async Task Answer_VersionedFile_IsKeptAsLongAsItSaysAndForAllRegions()
    {
        _scripts.Google.Answer(() => FakeGoogle.Script("sw", "public, max-age=31536000", ("Service-Worker-Allowed", "/f807/_/service_worker")));
        var load = ScriptLoad.OfVersionedFile(new MeasurementTarget(_scripts.Site, "/f807/_/service_worker/5a/sw.js", ""));
        await _scripts.AskAsync(load);
        _scripts.Time.Advance(TimeSpan.FromDays(300));

        var answer = await _scripts.AskAsync(load);

        Assert.Equal(
            ("sw", "public, max-age=31536000", "/f807/_/service_worker"),
            (SomeContext.BodyOf(answer.Context), (string?)answer.Context.Response.Headers.CacheControl, (string?)answer.Context.Response.Headers["Service-Worker-Allowed"]));
        Assert.False(_scripts.Google.Asked.Single().Headers.NonValidated.Contains("X-Forwarded-CountryRegion"));
    }

    [Fact]
    public async Task Answer_EveryOutcome_IsCounted()
    {
        using var collector = _scripts.Metrics.Collect("taggateway.tagscripts.requests");
        _scripts.Google.Answer(() => FakeGoogle.Script("1", headers: ("ETag", "\"g\"")));
        _scripts.Google.Answer(() => FakeGoogle.Status(304));
        await _scripts.AskAsync();
        await _scripts.AskAsync();
        _scripts.Time.Advance(TimeSpan.FromHours(3));
        await _scripts.AskAsync();
        _scripts.Time.Advance(TimeSpan.FromHours(3));
        await _scripts.AskAsync();
        _scripts.Time.Advance(TimeSpan.FromDays(3));
        await _scripts.AskAsync();

        Assert.Equal(
            ["1 outcome=miss site=shop", "1 outcome=hit site=shop", "1 outcome=revalidated site=shop", "1 outcome=stale_if_error site=shop", "1 outcome=redirected site=shop"],
            TestMetrics.Lines(collector));
    }

    private static byte[] Encode(ContentCoding coding, string script)
    {
        using var target = new PooledBuffer();
        Compression.Encode(coding, Encoding.UTF8.GetBytes(script), target);
        return target.Span.ToArray();
    }
}
