using System.Diagnostics;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.TagScripts;

/// <summary>Google is asked once, whoever waits, leaves or presses reload.</summary>
public sealed class CacheFillTests
{
    private const int Visitors = 1000;

    [Theory]
    [InlineData(0)]
    [InlineData(300)]
    public async Task Script_AThousandFirstVisitors_MakeOneRequest(int milliseconds)
    {
        await using var google = new RawUpstream();
        var answer = KeepingGateway.Answer(Script.Of("G-MAIN1"));
        google.Answer = async (_, stream) =>
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(Math.Max(milliseconds, 1)));
            await (milliseconds > 0 ? timer.WaitForNextTickAsync() : ValueTask.FromResult(true));
            await stream.WriteAsync(answer);
        };
        await using var gateway = await KeepingGateway.StartAsync(google.Address);
        using var log = LogRecorder.Attach(gateway.Gateway);

        var responses = await AtOnceAsync(gateway, Visitors, KeepingGateway.Request());

        Assert.All(responses, response => Assert.Equal((200, Script.Of("G-MAIN1")), (response.Status, response.Text)));
        Assert.Single(google.TakeAll());
        Assert.Single(responses, response => response.Header("Cache-Status") == "taggateway; fwd=uri-miss; stored");
        Assert.Empty(log.Errors);
    }

    /// <summary>The second fill that such a crowd might start is for those who looked before the first one had ended.</summary>
    [Fact]
    public async Task Script_ManyCrowdsAtAQuickGoogle_OneRequestEach()
    {
        await using var google = new RawUpstream();
        google.AnswerWith(KeepingGateway.Answer(Script.Of("G-MAIN1")));
        await using var gateway = await KeepingGateway.StartAsync(google.Address);
        using var clients = new ClientCrowd(await ClientCrowd.ConnectAsync(gateway.Gateway.Address, 60));

        for (var round = 0; round < 100; round++)
        {
            await clients.SendAsync(KeepingGateway.Request($"/f807/?id=G-MAIN1&cx={round}"));
        }

        Assert.Equal(100, google.TakeAll().Count);
    }

    [Fact]
    public async Task Script_FirstVisitorLeaves_TheOthersGetIt()
    {
        await using var google = new RawUpstream();
        using var release = new SemaphoreSlim(0);
        google.AnswerWith(KeepingGateway.Answer(Script.Of("G-MAIN1")), release);
        await using var gateway = await KeepingGateway.StartAsync(google.Address);
        using var log = LogRecorder.Attach(gateway.Gateway);
        using var first = await RawClient.ConnectAsync(gateway.Gateway.Address);
        await first.WriteAsync(KeepingGateway.Request());
        await google.NextAsync();

        var second = gateway.GetAsync();
        first.Close(reset: true);
        release.Release();

        Assert.Equal(200, (await second).Status);
        Assert.True(google.IsEmpty);
        Assert.Empty(log.Errors);
    }

    [Fact]
    public async Task Script_EveryVisitorLeaves_ItIsThereForTheNext()
    {
        await using var google = new RawUpstream();
        using var release = new SemaphoreSlim(0);
        google.AnswerWith(KeepingGateway.Answer(Script.Of("G-MAIN1")), release);
        await using var gateway = await KeepingGateway.StartAsync(google.Address);
        for (var i = 0; i < 3; i++)
        {
            using var client = await RawClient.ConnectAsync(gateway.Gateway.Address);
            await client.WriteAsync(KeepingGateway.Request());
            client.Close(reset: i == 0);
        }

        await google.NextAsync();
        release.Release();

        Assert.Equal(200, (await gateway.GetAsync()).Status);
        Assert.True(google.IsEmpty);
    }

    /// <summary>A visitor's reload is between the browser and the gateway: it cannot make the gateway ask Google.</summary>
    [Theory]
    [InlineData("Cache-Control: no-cache\r\n")]
    [InlineData("Cache-Control: no-store\r\n")]
    [InlineData("Cache-Control: max-age=0\r\n")]
    [InlineData("Cache-Control: max-age=0, no-cache, no-store, must-revalidate, min-fresh=86400\r\n")]
    [InlineData("Pragma: no-cache\r\n")]
    [InlineData("Cache-Control: only-if-cached\r\n")]
    [InlineData("If-None-Match: \"x\"\r\n")]
    [InlineData("If-Match: \"x\"\r\n")]
    [InlineData("If-Unmodified-Since: Mon, 01 Jan 1990 00:00:00 GMT\r\n")]
    [InlineData("If-Modified-Since: Mon, 01 Jan 1990 00:00:00 GMT\r\n")]
    [InlineData("If-Range: \"x\"\r\nRange: bytes=0-0\r\n")]
    [InlineData("Expect: 100-continue\r\n")]
    public async Task Script_ReloadedAgainAndAgain_GoogleIsNotAsked(string headers)
    {
        await using var google = new RawUpstream();
        google.AnswerWith(KeepingGateway.Answer(Script.Of("G-MAIN1")));
        await using var gateway = await KeepingGateway.StartAsync(google.Address);
        await gateway.GetAsync();

        for (var i = 0; i < 20; i++)
        {
            var response = await gateway.GetAsync(headers: headers);

            Assert.Equal((200, Script.Of("G-MAIN1")), (response.Status, response.Text));
        }

        Assert.Single(google.TakeAll());
    }

    /// <summary>Google says that its answers are old when they come: it is asked again now and then, not behind every visitor's back.</summary>
    [Theory]
    [InlineData("Cache-Control: max-age=0\r\n")]
    [InlineData("Cache-Control: max-age=900\r\nAge: 1000\r\n")]
    [InlineData("Expires: 0\r\n")]
    public async Task Script_NeverFresh_GoogleIsAskedNowAndThen(string headers)
    {
        await using var google = new RawUpstream();
        google.AnswerWith(KeepingGateway.Answer(Script.Of("G-MAIN1"), headers));
        await using var gateway = await KeepingGateway.StartAsync(google.Address);

        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(200, (await gateway.GetAsync()).Status);
        }

        Assert.InRange(google.TakeAll().Count, 1, 3);
        gateway.Clock.Advance(TimeSpan.FromSeconds(10));
        await gateway.GetAsync();
        await google.NextAsync();
    }

    /// <summary>They are not held until Google answers.</summary>
    [Fact]
    public async Task Gateway_StopsWhileVisitorsWait_TheyAreAnsweredAtOnce()
    {
        await using var google = new RawUpstream();
        using var end = new SemaphoreSlim(0);
        google.Answer = (_, _) => end.WaitAsync();
        var gateway = await KeepingGateway.StartAsync(google.Address);
        // Connected before: one who comes only when it has stopped is refused.
        using var clients = new ClientCrowd(await ClientCrowd.ConnectAsync(gateway.Gateway.Address, 10));
        using var child = await RawClient.ConnectAsync(gateway.Gateway.Address);
        var waiting = clients.SendAsync(KeepingGateway.Request());
        await child.WriteAsync(KeepingGateway.Request("/f807/?id=G-CHILD9"));
        await google.NextAsync();
        var clock = Stopwatch.StartNew();

        await gateway.DisposeAsync();
        RawResponse[] responses = [.. await waiting, await child.ReadAsync()];
        end.Release(100);

        Assert.All(responses, response => Assert.True(response.Status is 302 or 0, response.Head));
        Assert.Contains(responses, response => response.Status == 302);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Script_GoogleIsSlow_VisitorsWaitNoLongerThanTheTimeout()
    {
        await using var google = new RawUpstream();
        using var end = new SemaphoreSlim(0);
        google.Answer = (_, _) => end.WaitAsync();
        await using var gateway = await KeepingGateway.StartAsync(google.Address, Upstream.Fault.ShortTimeout);
        var clock = Stopwatch.StartNew();

        var responses = await AtOnceAsync(gateway, 50, KeepingGateway.Request());
        end.Release(10);

        Assert.All(responses, response => Assert.Equal((302, KeepingGateway.MainAtGoogle), (response.Status, response.Header("Location"))));
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(4));
        Assert.Single(google.TakeAll());
    }

    /// <summary>Before any script has passed a foreign id or a token makes the gateway read the site's own scripts: that must not take longer.</summary>
    [Theory]
    [InlineData("/f807/?id=G-CHILD9", 302)]
    [InlineData("/f807/C_mYUAFo3kAbCdEf", 504)]
    public async Task Unknown_GoogleHangs_IsAnsweredWithinTwoTimeouts(string target, int status)
    {
        await using var google = new RawUpstream();
        using var end = new SemaphoreSlim(0);
        google.Answer = (_, _) => end.WaitAsync();
        await using var gateway = await KeepingGateway.StartAsync(google.Address, Upstream.Fault.ShortTimeout);
        var clock = Stopwatch.StartNew();

        var responses = await AtOnceAsync(gateway, 10, KeepingGateway.Request(target));
        end.Release(100);

        Assert.All(responses, response => Assert.Equal(status, response.Status));
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(2.8));
    }

    private static async Task<RawResponse[]> AtOnceAsync(KeepingGateway gateway, int count, string request)
    {
        using var clients = new ClientCrowd(await ClientCrowd.ConnectAsync(gateway.Gateway.Address, count));
        return await clients.SendAsync(request);
    }
}
