using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.TagScripts;

/// <summary>One visitor who wants that the others get nothing.</summary>
public sealed class CacheAdversaryTests
{
    private static readonly string[] Regions = ["US-NY", "DE-BE", "FR", "JP", "BR"];

    /// <summary>Queries that Google answers with an error must not look like a Google that is ill.</summary>
    [Theory]
    [InlineData("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 2\r\n\r\nno")]
    [InlineData("HTTP/1.1 429 Too Many Requests\r\nContent-Length: 2\r\n\r\nno")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/javascript\r\nContent-Encoding: br\r\nContent-Length: 2\r\n\r\nno")]
    [InlineData("garbage")]
    public async Task Visitor_MakesGoogleFail_TheOthersAreServed(string answer)
    {
        await using var google = new RawUpstream();
        google.Answer = (request, stream) => request.Target.Contains("evil", StringComparison.Ordinal)
            ? Upstream.Fault.Closes(answer)(request, stream)
            : stream.WriteAsync(KeepingGateway.Answer(Script.Of("G-MAIN1"))).AsTask();
        await using var gateway = await KeepingGateway.StartAsync(google.Address);

        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => gateway.GetAsync($"/f807/?id=G-MAIN1&validate_geo=evil{i}")));

        foreach (var region in Regions)
        {
            Assert.Equal(200, (await gateway.GetAsync(region: region)).Status);
            Assert.Equal(200, (await gateway.GetAsync("/f807/?id=G-OTHER2&l=dl&cx=c", region: region)).Status);
        }
    }

    /// <summary>So many requests that hang, in each form that a tag may use, leave places for the site's own.</summary>
    [Theory]
    [InlineData("l")]
    [InlineData("evil")]
    public async Task Visitor_HoldsAllThatMayBeFetchedAtOnce_TheOthersAreServed(string name)
    {
        const int Held = 300;
        await using var google = new RawUpstream();
        using var release = new SemaphoreSlim(0);
        var answer = KeepingGateway.Answer(Script.Of("G-MAIN1"));
        google.Answer = async (request, stream) =>
        {
            await (request.Target.Contains("held", StringComparison.Ordinal) ? release.WaitAsync() : Task.CompletedTask);
            await stream.WriteAsync(answer);
        };
        await using var gateway = await KeepingGateway.StartAsync(google.Address);
        await gateway.GetAsync();
        gateway.Clock.Advance(TimeSpan.FromHours(3));
        var clients = await ClientCrowd.ConnectAsync(gateway.Gateway.Address, Held);
        using var crowd = new ClientCrowd(clients);
        for (var i = 0; i < Held; i++)
        {
            await clients[i].WriteAsync(KeepingGateway.Request($"/f807/?id=G-MAIN1&{name}=held{i}"));
        }

        await Eventually.HoldsAsync(() => google.Connections > 120, "the visitor holds them");
        var responses = await Task.WhenAll(Regions.Select(region => gateway.GetAsync(region: region)));
        var refreshed = await gateway.GetAsync();
        release.Release(Held);

        Assert.All(responses, response => Assert.Equal(200, response.Status));
        Assert.Equal("taggateway; fwd=stale; fwd-status=200; stored", refreshed.Header("Cache-Status"));
    }

    /// <summary>A crowd that asks for the child of a container right after the start: the container is read once, the child fetched once.</summary>
    [Fact]
    public async Task Visitors_AskForAChildRightAfterTheStart_OneRequestForEachScript()
    {
        await using var google = new RawUpstream();
        google.Answer = (request, stream) => stream.WriteAsync(KeepingGateway.Answer(
            request.Target.Contains("CHILD9", StringComparison.Ordinal) ? Script.Of("G-CHILD9") : Script.Of("G-MAIN1") + "({\"vtp_tagId\":\"G-CHILD9\"})")).AsTask();
        await using var gateway = await KeepingGateway.StartAsync(google.Address);
        using var crowd = new ClientCrowd(await ClientCrowd.ConnectAsync(gateway.Gateway.Address, 200));

        var responses = await crowd.SendAsync(KeepingGateway.Request("/f807/?id=G-CHILD9"));

        Assert.All(responses, response => Assert.Equal((200, Script.Of("G-CHILD9")), (response.Status, response.Text)));
        Assert.Equal(
            ["/f807/?id=G-CHILD9", "/f807/?id=G-MAIN1", "/f807/?id=G-OTHER2"],
            google.TakeAll().Select(request => request.Target).Order(StringComparer.Ordinal));
    }

    /// <summary>A Google that never ends an answer holds no visitor longer than the timeout.</summary>
    [Fact]
    public async Task Script_InDripsWithoutEnd_VisitorIsSentToGoogleInTime()
    {
        await using var google = new RawUpstream();
        using var end = new CancellationTokenSource();
        google.Answer = async (_, stream) =>
        {
            await RawUpstream.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/javascript\r\nTransfer-Encoding: chunked\r\n\r\n");
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
            while (await timer.WaitForNextTickAsync(end.Token))
            {
                await RawUpstream.WriteAsync(stream, "1\r\n \r\n");
            }
        };
        await using var gateway = await KeepingGateway.StartAsync(google.Address, Upstream.Fault.ShortTimeout);
        var clock = System.Diagnostics.Stopwatch.StartNew();

        var response = await gateway.GetAsync();

        Assert.Equal((302, KeepingGateway.MainAtGoogle), (response.Status, response.Header("Location")));
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(3));
        await end.CancelAsync();
    }
}
