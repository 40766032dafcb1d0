using System.Diagnostics;
using TagGateway.EndToEnd.Harness;
using TagGateway.EndToEnd.Upstream;

namespace TagGateway.EndToEnd.TagScripts;

/// <summary>Google failing in every way, and the site's visitors not noticing: RFC 5861, and past its end a redirect.</summary>
public sealed class CacheStaleTests
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan StaleIfError = TimeSpan.FromDays(1);

    /// <summary>What a visitor may be made to wait when there is a script to give.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static TheoryData<string> Illnesses => ["refused", "hanging", "reset", "cut short", "503", "429", "unreadable", "too large"];

    [Theory]
    [MemberData(nameof(Illnesses))]
    public async Task Script_GoogleIsIll_NobodyFailsForADay(string illness)
    {
        await using var google = new IllGoogle();
        await using var gateway = await KeepingGateway.StartAsync(google.Address);
        using var log = LogRecorder.Attach(gateway.Gateway);
        await gateway.GetAsync();
        await google.FallIllAsync(illness);

        // Fresh; stale while a newer one is sought; stale for want of a newer one, to the last hour.
        foreach (var hours in new[] { 0.1, 0.3, 0.5, 5, 10, 8 })
        {
            gateway.Clock.Advance(TimeSpan.FromHours(hours));
            await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
            {
                var clock = Stopwatch.StartNew();

                var response = await gateway.GetAsync();

                Assert.Equal((200, Script.Of("G-MAIN1")), (response.Status, response.Text));
                Assert.InRange(clock.Elapsed, TimeSpan.Zero, Patience);
            }));
        }

        gateway.Clock.Advance(TimeSpan.FromHours(0.2));
        var last = await gateway.GetAsync();

        Assert.Equal((200, "taggateway; fwd=stale; detail=stale-if-error"), (last.Status, last.Header("Cache-Status")));
        Assert.InRange(TimeSpan.FromSeconds(KeepingGateway.AgeOf(last)), StaleIfError, StaleIfError + Fresh);
        Assert.Empty(log.Errors);
    }

    [Fact]
    public async Task Script_GoogleIsIllForLongerThanADay_BrowserIsSentToGoogle()
    {
        await using var google = new IllGoogle();
        await using var gateway = await KeepingGateway.StartAsync(google.Address);
        await gateway.GetAsync();
        await google.FallIllAsync("503");

        gateway.Clock.Advance(StaleIfError + Fresh);
        var response = await gateway.GetAsync();

        Assert.Equal((302, KeepingGateway.MainAtGoogle), (response.Status, response.Header("Location")));
        Assert.Equal("no-store", response.Header("Cache-Control"));
    }

    [Theory]
    [MemberData(nameof(Illnesses))]
    public async Task Script_NothingKeptAndGoogleIsIll_BrowserIsSentToGoogle(string illness)
    {
        await using var google = new IllGoogle();
        await google.FallIllAsync(illness);
        await using var gateway = await KeepingGateway.StartAsync(google.Address, Fault.ShortTimeout);

        foreach (var (target, method, address) in new[]
        {
            ("/f807/?id=G-MAIN1", "GET", "https://www.googletagmanager.com/gtag/js?id=G-MAIN1"),
            ("/f807/?id=G-MAIN1&l=x&cx=c", "GET", "https://www.googletagmanager.com/gtag/js?id=G-MAIN1&l=x&cx=c"),
            ("/f807/", "HEAD", "https://www.googletagmanager.com/gtag/js?id=G-MAIN1"),
            ("/f807/gtag/destination?id=G-OTHER2", "GET", "https://www.googletagmanager.com/gtag/destination?id=G-OTHER2"),
        })
        {
            var response = await gateway.GetAsync(target, method: method);

            Assert.Equal((302, address), (response.Status, response.Header("Location")));
            Assert.Equal("no-store", response.Header("Cache-Control"));
            Assert.Equal("taggateway; fwd=uri-miss; detail=redirected", response.Header("Cache-Status"));
        }
    }

    /// <summary>No restart, no purge: within seconds visitors have the newest again.</summary>
    [Theory]
    [InlineData("refused")]
    [InlineData("hanging")]
    [InlineData("503")]
    public async Task Script_GoogleIsWellAgain_NewestIsServed(string illness)
    {
        await using var google = new IllGoogle();
        await using var gateway = await KeepingGateway.StartAsync(google.Address, Fault.ShortTimeout);
        await gateway.GetAsync();
        await google.FallIllAsync(illness);
        gateway.Clock.Advance(TimeSpan.FromHours(2));
        for (var i = 0; i < 30; i++)
        {
            Assert.Equal(200, (await gateway.GetAsync()).Status);
            Assert.Equal(illness == "hanging" && i > 0 ? 0 : 302, illness == "hanging" && i > 0 ? 0 : (await gateway.GetAsync($"/f807/?id=G-OTHER2&cx={i}")).Status);
        }

        google.Recover("/*well*/");
        gateway.Clock.Advance(TimeSpan.FromSeconds(15));

        foreach (var target in new[] { KeepingGateway.Main, "/f807/?id=G-OTHER2&cx=0", "/f807/?id=G-OTHER2" })
        {
            var response = await gateway.GetAsync(target);

            Assert.Equal(200, response.Status);
            Assert.EndsWith("/*well*/", response.Text, StringComparison.Ordinal);
        }
    }

    /// <summary>While Google is ill it is asked now and then, not by every visitor.</summary>
    [Fact]
    public async Task Script_GoogleIsIll_IsLeftAlone()
    {
        await using var google = new IllGoogle();
        await using var gateway = await KeepingGateway.StartAsync(google.Address);
        await gateway.GetAsync();
        await google.FallIllAsync("503");
        google.Upstream.TakeAll();
        gateway.Clock.Advance(TimeSpan.FromHours(2));

        for (var i = 0; i < 300; i++)
        {
            Assert.Equal(200, (await gateway.GetAsync()).Status);
        }

        Assert.InRange(google.Upstream.TakeAll().Count, 1, 4);
    }

    [Fact]
    public async Task Script_Stale_IsServedAtOnceAndReplacedBehind()
    {
        await using var google = new IllGoogle();
        await using var gateway = await KeepingGateway.StartAsync(google.Address);
        await gateway.GetAsync();
        gateway.Clock.Advance(Fresh + TimeSpan.FromMinutes(1));
        google.Recover("/*new*/");
        google.Upstream.TakeAll();

        var stale = await gateway.GetAsync();
        await google.Upstream.NextAsync();
        var text = "";
        for (var i = 0; i < 200 && !text.EndsWith("/*new*/", StringComparison.Ordinal); i++)
        {
            text = (await gateway.GetAsync()).Text;
        }

        Assert.Equal((Script.Of("G-MAIN1"), "taggateway; hit; ttl=-60"), (stale.Text, stale.Header("Cache-Status")));
        Assert.InRange(KeepingGateway.AgeOf(stale), 960, 965);
        Assert.EndsWith("/*new*/", text, StringComparison.Ordinal);
        Assert.True(google.Upstream.IsEmpty);
    }

    /// <summary>Google's own word against serving stale is obeyed: the site keeps measuring by the redirect.</summary>
    [Theory]
    [InlineData("private, max-age=900, must-revalidate")]
    [InlineData("max-age=900, proxy-revalidate")]
    [InlineData("s-maxage=900")]
    [InlineData("max-age=900, stale-if-error=0")]
    public async Task Script_NotToBeServedStale_BrowserIsSentToGoogle(string cacheControl)
    {
        await using var google = new IllGoogle($"Cache-Control: {cacheControl}\r\n");
        await using var gateway = await KeepingGateway.StartAsync(google.Address, "\"scripts\": { \"staleWhileRevalidate\": \"00:00:00\" }");
        await gateway.GetAsync();
        Assert.StartsWith("taggateway; hit; ttl=", (await gateway.GetAsync()).Header("Cache-Status"), StringComparison.Ordinal);
        await google.FallIllAsync("503");

        gateway.Clock.Advance(Fresh);

        Assert.Equal(302, (await gateway.GetAsync()).Status);
    }

    [Fact]
    public async Task Script_WithAValidator_IsAskedForConditionally()
    {
        await using var google = new IllGoogle("Cache-Control: max-age=900\r\nETag: W/\"g1\"\r\nLast-Modified: Mon, 01 Jan 2024 00:00:00 GMT\r\n");
        await using var gateway = await KeepingGateway.StartAsync(google.Address);
        var first = await gateway.GetAsync();
        google.Upstream.TakeAll();
        google.Upstream.AnswerWith("HTTP/1.1 304 Not Modified\r\nETag: W/\"g1\"\r\nCache-Control: max-age=60\r\nContent-Length: 99\r\nX-New: 1\r\n\r\n");
        gateway.Clock.Advance(TimeSpan.FromHours(2));

        var response = await gateway.GetAsync();
        var request = await google.Upstream.NextAsync();

        Assert.Equal("W/\"g1\"", request.Header("If-None-Match"));
        Assert.Equal("Mon, 01 Jan 2024 00:00:00 GMT", request.Header("If-Modified-Since"));
        Assert.Equal((200, Script.Of("G-MAIN1")), (response.Status, response.Text));
        Assert.Equal("taggateway; fwd=stale; fwd-status=304; stored", response.Header("Cache-Status"));
        Assert.Equal(("0", "private, max-age=60", "1"), (response.Header("Age"), response.Header("Cache-Control"), response.Header("X-New")));
        Assert.Equal(first.Header("ETag"), response.Header("ETag"));
    }
}
