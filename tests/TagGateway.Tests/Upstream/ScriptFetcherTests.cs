using System.Net;
using TagGateway.Caching;
using TagGateway.Tests.Caching;
using TagGateway.Tests.TagScripts;
using TagGateway.Upstream;

namespace TagGateway.Tests.Upstream;

public sealed class ScriptFetcherTests : IDisposable
{
    private readonly SomeFetcher _some = new();

    public void Dispose() => _some.Dispose();

    [Fact]
    public async Task Fetch_Script_AsksWordForWordAndInItsOwnName()
    {
        _some.Google.Answer(() => FakeGoogle.Script("1"));

        using var fetched = await _some.FetchAsync(path: "/f807/a%2Fb", query: "?id=G-MAIN1&x=%7E%41|[x]&&", region: "DE-BE");

        var asked = _some.Google.Asked.Single();
        Assert.Equal("https://G-MAIN1.fps.goog/f807/a%2Fb?id=G-MAIN1&x=%7E%41|[x]&&", asked.RequestUri?.OriginalString);
        Assert.Equal("/f807/a%2Fb?id=G-MAIN1&x=%7E%41|[x]&&", asked.RequestUri?.PathAndQuery);
        Assert.Equal((HttpMethod.Get, HttpVersion.Version20, HttpVersionPolicy.RequestVersionOrLower, null), (asked.Method, asked.Version, asked.VersionPolicy, asked.Content));
        Assert.Equal(
            ["Accept: */*", "Accept-Encoding: br, gzip", "User-Agent: Mozilla/5.0 (compatible; TagGateway)", "X-Forwarded-CountryRegion: DE-BE"],
            asked.Headers.NonValidated.Select(header => $"{header.Key}: {header.Value}"));
        Assert.Equal((FetchOutcome.Answered, 200, 1), (fetched.Outcome, fetched.Status, fetched.Body?.Length));
    }

    [Fact]
    public async Task Fetch_RegionUnknown_SendsNone()
    {
        _some.Google.Answer(() => FakeGoogle.Script("1"));

        using var fetched = await _some.FetchAsync(region: null);

        Assert.False(_some.Google.Asked.Single().Headers.NonValidated.Contains("X-Forwarded-CountryRegion"));
    }

    [Theory]
    [InlineData("ETag: \"a\"", "\"a\"", null)]
    [InlineData("ETag: W/\"a\"", "W/\"a\"", null)]
    [InlineData("Last-Modified: Thu, 01 Jan 2026 00:00:00 GMT", null, "Thu, 01 Jan 2026 00:00:00 GMT")]
    [InlineData("ETag: \"a\"\nLast-Modified: then", "\"a\"", "then")]
    [InlineData("X: y", null, null)]
    public async Task Fetch_StaleEntry_SendsItsValidators(string headers, string? tag, string? date)
    {
        _some.Google.Answer(() => FakeGoogle.Status(304));

        using var fetched = await _some.FetchAsync(former: SomeEntry.Create(headers: headers));

        var sent = _some.Google.Asked.Single().Headers.NonValidated;
        Assert.Equal(tag, sent.TryGetValues("If-None-Match", out var tags) ? tags.ToString() : null);
        Assert.Equal(date, sent.TryGetValues("If-Modified-Since", out var dates) ? dates.ToString() : null);
        Assert.Equal((FetchOutcome.Answered, 304, false), (fetched.Outcome, fetched.Status, fetched.Body is not null));
    }

    [Theory]
    [InlineData(200, "application/javascript", true)]
    [InlineData(200, "text/javascript; charset=UTF-8", true)]
    [InlineData(200, "text/html", false)]
    [InlineData(200, "text/plain", false)]
    [InlineData(200, null, false)]
    [InlineData(203, "application/javascript", false)]
    [InlineData(206, "application/javascript", false)]
    [InlineData(302, "application/javascript", false)]
    [InlineData(404, "application/javascript", false)]
    public async Task Fetch_Answer_HasABodyOnlyWhenItIsAWholeScript(int status, string? type, bool expected)
    {
        _some.Google.Always(() => Answer(status, type));

        using var fetched = await _some.FetchAsync();

        Assert.Equal((FetchOutcome.Answered, status, expected), (fetched.Outcome, fetched.Status, fetched.Body is not null));
    }

    [Theory]
    [InlineData("/f807/_/service_worker/5a/sw_iframe.html", "text/html; charset=utf-8", true)]
    [InlineData("/f807/_/service_worker/5a/sw.js", "application/javascript", true)]
    [InlineData("/f807/_/service_worker/5a/sw.js", "text/html", false)]
    public async Task Fetch_VersionedFile_MayBeItsPage(string path, string type, bool expected)
    {
        _some.Google.Always(() => Answer(200, type));

        using var fetched = await _some.FetchAsync(path: path, isVersioned: true);

        Assert.Equal(expected, fetched.Body is not null);
        Assert.DoesNotContain(fetched.Headers, field => expected && field.Name == "Content-Security-Policy");
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(429)]
    public async Task Fetch_GoogleIsIll_IsAnUpstreamError(int status)
    {
        _some.Google.Always(() => FakeGoogle.Status(status));

        using var fetched = await _some.FetchAsync();

        Assert.Equal((FetchOutcome.UpstreamError, status), (fetched.Outcome, fetched.Status));
    }

    [Fact]
    public async Task Fetch_NoConnection_IsUnreachable()
    {
        using var fetched = await _some.FetchAsync();

        Assert.Equal((FetchOutcome.Unreachable, 0), (fetched.Outcome, fetched.Status));
    }

    [Fact]
    public async Task Fetch_BodyThatBreaksOff_IsCutShort()
    {
        _some.Google.Always(() => WithBody(new BreakingStream()));

        using var fetched = await _some.FetchAsync();

        Assert.Equal((FetchOutcome.CutShort, false), (fetched.Outcome, fetched.Body is not null));
    }

    [Theory]
    [InlineData(ScriptAnswer.MaxBytes, FetchOutcome.Answered)]
    [InlineData(ScriptAnswer.MaxBytes + 1, FetchOutcome.TooLarge)]
    [InlineData(64 * 1024 * 1024, FetchOutcome.TooLarge)]
    public async Task Fetch_LargeScript_EndsAtTheLimit(int length, object expected)
    {
        using var endless = new CountingStream(length);
        _some.Google.Always(() => WithBody(endless));

        using var fetched = await _some.FetchAsync();

        Assert.Equal(expected, fetched.Outcome);
        Assert.InRange(endless.Given, 0, ScriptAnswer.MaxBytes + 8 * 1024 * 1024);
        Assert.Single(_some.Google.Asked);
    }

    [Fact]
    public async Task Fetch_NoAnswerInTime_IsTimedOutAndNotTriedAgain()
    {
        var asked = new TaskCompletionSource();
        _some.Google.Always((_, ending) =>
        {
            asked.SetResult();
            return FakeGoogle.NeverAsync(ending);
        });

        var fetching = _some.FetchAsync();
        await asked.Task;
        _some.Time.Advance(_some.Site.Timeout);
        using var fetched = await fetching;

        Assert.Equal(FetchOutcome.TimedOut, fetched.Outcome);
        Assert.Single(_some.Google.Asked);
    }

    [Fact]
    public async Task Fetch_GatewayStops_IsCancelled()
    {
        using var stop = new CancellationTokenSource();
        _some.Google.Always(async (_, ending) =>
        {
            await stop.CancelAsync();
            ending.ThrowIfCancellationRequested();
            throw new InvalidOperationException();
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _some.FetchAsync(stop: stop.Token));
    }

    /// <summary>A fault of the gateway's own is none of Google's: it must come to light.</summary>
    [Fact]
    public async Task Fetch_OwnFault_IsThrown()
    {
        _some.Google.Always(() => throw new NotSupportedException("a fault"));

        await Assert.ThrowsAsync<NotSupportedException>(() => _some.FetchAsync());
    }

    [Theory]
    [InlineData(404)]
    [InlineData(400)]
    public async Task Fetch_MainHostRefusesAnotherTag_AsksThatTagsOwnHostAndRemembersIt(int status)
    {
        _some.Google.Answer(() => FakeGoogle.Status(status));
        _some.Google.Always(() => FakeGoogle.Script("1"));

        using var first = await _some.FetchAsync("AW-2");
        using var second = await _some.FetchAsync("AW-2");
        using var main = await _some.FetchAsync();

        Assert.Equal((200, 200), (first.Status, second.Status));
        Assert.Equal(["https://G-MAIN1.fps.goog/f807/", "https://AW-2.fps.goog/f807/", "https://AW-2.fps.goog/f807/", "https://G-MAIN1.fps.goog/f807/"], _some.Asked);
    }

    [Fact]
    public async Task Fetch_OwnHostRefusesLater_IsForgotten()
    {
        _some.Hosts.Remember(_some.Site, SomeSiteTag);
        _some.Google.Answer(() => FakeGoogle.Status(404));
        _some.Google.Always(() => FakeGoogle.Script("1"));

        using var refused = await _some.FetchAsync("AW-2");
        using var second = await _some.FetchAsync("AW-2");

        Assert.Equal((404, 200), (refused.Status, second.Status));
        Assert.Equal(["https://AW-2.fps.goog/f807/", "https://G-MAIN1.fps.goog/f807/"], _some.Asked);
    }

    [Theory]
    [InlineData("G-MAIN1", 404, 1)]
    [InlineData("AW-2", 429, 1)]
    [InlineData("AW-2", 302, 1)]
    [InlineData("AW-2", 404, 2)]
    public async Task Fetch_Refusal_IsTheLastWordUnlessAnotherHostMayKnow(string tag, int status, int asked)
    {
        _some.Google.Always(() => FakeGoogle.Status(status));

        using var fetched = await _some.FetchAsync(tag);

        Assert.Equal((status, asked), (fetched.Status, _some.Google.Asked.Count));
        Assert.Equal("G-MAIN1", _some.Hosts.Find(_some.Site, SomeSiteTag).ToString());
    }

    /// <summary>RFC 9111 §4.2.3: from the asking on, until it is whole.</summary>
    [Fact]
    public async Task Fetch_SlowAnswer_DelayIsTheWholeTime()
    {
        _some.Google.Answer(() =>
        {
            _some.Time.Advance(TimeSpan.FromSeconds(2));
            return WithBody(new SlowStream(() => _some.Time.Advance(TimeSpan.FromSeconds(3))));
        });

        using var fetched = await _some.FetchAsync();

        Assert.Equal(TimeSpan.FromSeconds(5), fetched.Delay);
    }

    /// <summary>A cookie that no browser may have is still a sign that the answer is one visitor's.</summary>
    [Theory]
    [InlineData("a=b")]
    [InlineData("a=b; Domain=.google.com")]
    [InlineData("a=b; Domain=fps.goog")]
    [InlineData("a=b\u0001")]
    public async Task Fetch_SetCookieOfAnyKind_IsSeen(string cookie)
    {
        _some.Google.Answer(() => FakeGoogle.Script("1", headers: ("Set-Cookie", cookie)));

        using var fetched = await _some.FetchAsync();

        Assert.False(EntryRules.Read(fetched.Headers).MayStore);
    }

    [Fact]
    public async Task Fetch_HeadersThatActOnTheOrigin_AreDropped()
    {
        _some.Google.Answer(() => FakeGoogle.Script(
            "1",
            headers: [("Strict-Transport-Security", "x"), ("Alt-Svc", "x"), ("Clear-Site-Data", "x"), ("NEL", "x"), ("Report-To", "x"), ("Public-Key-Pins", "x"),
                ("Keep-Alive", "x"), ("Proxy-Authenticate", "x"), ("Proxy-Authentication-Info", "x"), ("X-Own", "y")]));

        using var fetched = await _some.FetchAsync();

        Assert.Equal(["Cache-Control", "Content-Type", "X-Content-Type-Options", "X-Own"], fetched.Headers.Select(field => field.Name).Except(["Content-Length"]).Order(StringComparer.Ordinal));
    }

    private TagGateway.Sites.TagId SomeSiteTag => _some.Site.Tags.Single(tag => tag != _some.Site.MainTag);

    private static HttpResponseMessage Answer(int status, string? type)
    {
        var answer = FakeGoogle.Status(status);
        _ = type is not null && answer.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        return answer;
    }

    private static HttpResponseMessage WithBody(Stream body)
    {
        var answer = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(body) };
        answer.Content.Headers.TryAddWithoutValidation("Content-Type", "text/javascript");
        return answer;
    }

    private sealed class BreakingStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("broken");
    }

    private sealed class SlowStream(Action wait) : MemoryStream("1"u8.ToArray())
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position == 0)
            {
                wait();
            }

            return base.ReadAsync(buffer, cancellationToken);
        }
    }

    /// <summary>Gives so many bytes, whatever their number, and takes no memory for them.</summary>
    private sealed class CountingStream(long length) : MemoryStream
    {
        public long Given { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = (int)Math.Min(buffer.Length, length - Given);
            Given += read;
            return ValueTask.FromResult(read);
        }
    }
}
