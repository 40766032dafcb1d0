using TagGateway.Caching;
using TagGateway.TagScripts;
using TagGateway.Tests.Responding;

namespace TagGateway.Tests.TagScripts;

/// <summary>Google's 304 to a stale entry: what it changes, what it cannot change, and when it ends it (RFC 9111 §3.2, §4.3.4).</summary>
public sealed class RevalidationTests : IDisposable
{
    private readonly SomeScripts _scripts = new();

    public void Dispose() => _scripts.Dispose();

    [Theory]
    [InlineData("X-Own: new", "X-Own", "new")]
    [InlineData("Content-Foo: new", "Content-Foo", "new")]
    [InlineData("Content-Location: /new", "Content-Location", "/new")]
    [InlineData("Content-Security-Policy: default-src 'self'", "Content-Security-Policy", "default-src 'self'")]
    [InlineData("Last-Modified: Fri, 02 Jan 2026 00:00:00 GMT", "Last-Modified", "Fri, 02 Jan 2026 00:00:00 GMT")]
    [InlineData("Date: Fri, 02 Jan 2026 00:00:00 GMT", "Date", "Fri, 02 Jan 2026 00:00:00 GMT")]
    [InlineData("X-Other: 1", "X-Own", "old")]
    [InlineData("Content-Type: text/html", "Content-Type", "application/javascript; charset=UTF-8")]
    [InlineData("Content-Encoding: br", "Content-Encoding", "")]
    [InlineData("Content-Length: 5", "Content-Length", "6")]
    [InlineData("Cache-Control: max-age=60", "Cache-Control", "private, max-age=60")]
    public async Task Answer_304_UpdatesWhatIsNotOfTheBody(string said, string name, string expected)
    {
        _scripts.Google.Answer(() => FakeGoogle.Script("script", headers: [("ETag", "\"g\""), ("X-Own", "old")]));
        _scripts.Google.Answer(() => NotModified(said));
        await _scripts.AskAsync();
        _scripts.Time.Advance(TimeSpan.FromHours(3));

        var first = await _scripts.AskAsync();
        var second = await _scripts.AskAsync();

        Assert.Equal(("script", "script"), (SomeContext.BodyOf(first.Context), SomeContext.BodyOf(second.Context)));
        Assert.Equal((expected, expected), ((string?)first.Context.Response.Headers[name] ?? "", (string?)second.Context.Response.Headers[name] ?? ""));
        Assert.Equal(2, _scripts.Google.Asked.Count);
    }

    /// <summary>Whatever tag a 304 carries, the next question is by the tag of the body that is kept.</summary>
    [Fact]
    public async Task Answer_304WithAnotherTag_AsksByTheBodysOwnNextTime()
    {
        _scripts.Google.Answer(() => FakeGoogle.Script("script", headers: ("ETag", "\"g\"")));
        _scripts.Google.Always(() => NotModified("ETag: \"other\""));

        for (var i = 0; i < 3; i++)
        {
            await _scripts.AskAsync();
            _scripts.Time.Advance(TimeSpan.FromHours(3));
        }

        Assert.All(_scripts.Google.Asked.Skip(1), asked => Assert.Equal(["\"g\""], asked.Headers.NonValidated["If-None-Match"]));
    }

    [Theory]
    [InlineData("Cache-Control: no-store")]
    [InlineData("Set-Cookie: FPID=1")]
    [InlineData("Set-Cookie: a=b; Domain=google.com")]
    [InlineData("Vary: *")]
    public async Task Answer_304ThatForbidsKeeping_IsPassedAndForgotten(string said)
    {
        _scripts.Google.Answer(() => FakeGoogle.Script("script", headers: ("ETag", "\"g\"")));
        _scripts.Google.Answer(() => NotModified(said));
        await _scripts.AskAsync();
        _scripts.Time.Advance(TimeSpan.FromHours(3));

        var answer = await _scripts.AskAsync();

        Assert.Equal(ScriptBypass.NotKept, answer.Bypass);
        Assert.False(_scripts.Memory.TryGet<Entry>(_scripts.Load().Key, out _));
    }

    /// <summary>Google's "not modified" is about what was purged meanwhile.</summary>
    [Fact]
    public async Task Answer_PurgedWhileGoogleIsAsked_KeepsNothingOfIt()
    {
        _scripts.Google.Answer(() => FakeGoogle.Script("script", headers: ("ETag", "\"g\"")));
        _scripts.Google.Answer(() =>
        {
            _scripts.Purge(PurgeScope.All);
            return FakeGoogle.Status(304);
        });
        await _scripts.AskAsync();
        _scripts.Time.Advance(TimeSpan.FromHours(3));

        var answer = await _scripts.AskAsync();

        Assert.Equal(ScriptBypass.Purged, answer.Bypass);
        Assert.False(_scripts.Memory.TryGet<Entry>(_scripts.Load().Key, out _));
    }

    [Fact]
    public async Task Answer_304OfAge_IsThatOldAlready()
    {
        _scripts.Google.Answer(() => FakeGoogle.Script("script", headers: ("ETag", "\"g\"")));
        _scripts.Google.Answer(() => NotModified("Age: 100"));
        await _scripts.AskAsync();
        _scripts.Time.Advance(TimeSpan.FromHours(3));

        var answer = await _scripts.AskAsync();

        Assert.Equal("100", answer.Context.Response.Headers.Age);
    }

    [Fact]
    public async Task Answer_NoCacheWithAValidator_AsksGoogleEachTime()
    {
        _scripts.Google.Answer(() => FakeGoogle.Script("script", "no-cache", ("ETag", "\"g\"")));
        _scripts.Google.Always(() => NotModified("X: y"));

        var answers = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            var answer = await _scripts.AskAsync();
            answers.Add($"{answer.Context.Response.Headers["Cache-Status"]} {SomeContext.BodyOf(answer.Context)}");
        }

        Assert.Equal(
            ["taggateway; fwd=uri-miss; stored script", "taggateway; fwd=stale; fwd-status=304; stored script", "taggateway; fwd=stale; fwd-status=304; stored script"],
            answers);
        Assert.Equal(3, _scripts.Google.Asked.Count);
    }

    [Fact]
    public async Task Answer_304WhereNothingWasKept_IsPassed()
    {
        _scripts.Google.Always(() => FakeGoogle.Status(304));

        Assert.Equal(ScriptBypass.NotKept, (await _scripts.AskAsync()).Bypass);
    }

    private static HttpResponseMessage NotModified(string header)
    {
        var answer = FakeGoogle.Status(304);
        var (name, value) = (header.Split(':', 2)[0], header.Split(':', 2)[1].Trim());
        _ = answer.Headers.TryAddWithoutValidation(name, value) || answer.Content.Headers.TryAddWithoutValidation(name, value);
        return answer;
    }
}
