using TagGateway.Caching;
using TagGateway.TagScripts;
using TagGateway.Tests.Responding;

namespace TagGateway.Tests.TagScripts;

public sealed class FillTableTests : IDisposable
{
    private readonly SomeScripts _scripts = new();

    public void Dispose() => _scripts.Dispose();

    [Fact]
    public async Task Join_FillUnderWay_IsTheSameOne()
    {
        var gate = Gate();

        var first = _scripts.Fills.JoinAsync(_scripts.Load(), null, out var isFirst);
        var second = _scripts.Fills.JoinAsync(_scripts.Load(), null, out var isSecond);
        var other = _scripts.Fills.JoinAsync(_scripts.Load(region: "DE"), null, out var isOther);
        var count = _scripts.Fills.Count;
        gate.SetResult();
        var results = await Task.WhenAll(first, second, other);

        Assert.Equal((true, false, true, 2), (isFirst, isSecond, isOther, count));
        Assert.Same(results[0], results[1]);
        Assert.Equal(FillKind.Stored, results[0].Kind);
        Assert.Equal((2, 0), (_scripts.Google.Asked.Count, _scripts.Fills.Count));
    }

    /// <summary>Between a visitor's look into the store and his joining a whole fill may have come and gone.</summary>
    [Fact]
    public async Task Join_ScriptCameMeanwhile_AsksNobody()
    {
        _scripts.Google.Answer(() => FakeGoogle.Script("1"));
        await _scripts.AskAsync();

        var result = await _scripts.FilledAsync();

        Assert.Equal(FillKind.Kept, result.Kind);
        Assert.True(_scripts.Memory.TryGet<Entry>(_scripts.Load().Key, out var kept));
        Assert.Same(kept, result.Entry);
        Assert.Single(_scripts.Google.Asked);
    }

    [Fact]
    public async Task Join_StaleOneWasReplacedMeanwhile_AsksNobody()
    {
        _scripts.Google.Answer(() => FakeGoogle.Script("1"));
        _scripts.Google.Answer(() => FakeGoogle.Script("2"));
        await _scripts.AskAsync();
        Assert.True(_scripts.Memory.TryGet<Entry>(_scripts.Load().Key, out var stale));
        _scripts.Time.Advance(TimeSpan.FromHours(3));
        await _scripts.AskAsync();

        var result = await _scripts.Fills.JoinAsync(_scripts.Load(), stale, out _);

        Assert.Equal(FillKind.Kept, result.Kind);
        Assert.NotSame(stale, result.Entry);
        Assert.Equal(2, _scripts.Google.Asked.Count);
    }

    [Fact]
    public async Task Join_FailureMarkedMeanwhile_AsksNobody()
    {
        _scripts.Google.Always(() => FakeGoogle.Status(404));
        await _scripts.AskAsync();

        var result = await _scripts.FilledAsync();

        Assert.Equal((FillKind.Passed, ScriptBypass.NotKept), (result.Kind, result.Bypass));
        Assert.Single(_scripts.Google.Asked);
    }

    /// <summary>More at once would be a flood. Of odd requests fewer are let in than of those that tags make, and plain ones always find a place.</summary>
    [Theory]
    [InlineData("?id=G-MAIN1&x=", 128)]
    [InlineData("?id=G-MAIN1&l=", 192)]
    [InlineData("?id=G-MAIN1&id=", 192)]
    public async Task Join_AlreadyVeryMany_FailsAtOnceAndAsksNobody(string query, int most)
    {
        var gate = Gate();
        var asking = Enumerable.Range(0, most).Select(i => _scripts.Fills.JoinAsync(_scripts.Load($"{query}{i}"), null, out _)).ToList();

        var beyond = _scripts.Fills.JoinAsync(_scripts.Load($"{query}{most}"), null, out var isFirst);
        var known = _scripts.Fills.JoinAsync(_scripts.Load($"{query}0"), null, out _);
        asking.AddRange(Enumerable.Range(0, 256 - most).Select(i => _scripts.Fills.JoinAsync(_scripts.Load("?id=G-MAIN1", Region(i)), null, out _)));
        var last = await _scripts.Fills.JoinAsync(_scripts.Load("?id=G-MAIN1", Region(256)), null, out _);

        Assert.True(beyond.IsCompletedSuccessfully);
        Assert.Equal((FillKind.Shed, false), ((await beyond).Kind, isFirst));
        Assert.False(known.IsCompleted);
        gate.SetResult();
        Assert.All(await Task.WhenAll(asking), result => Assert.Equal(FillKind.Stored, result.Kind));
        Assert.Equal((256, 0), (_scripts.Google.Asked.Count, _scripts.Fills.Count));
        Assert.Equal(FillKind.Shed, last.Kind);
        Assert.Equal(FillKind.Stored, (await _scripts.FilledAsync($"{query}{most}")).Kind);

        static string Region(int number) => $"{(char)('A' + (number / 26))}{(char)('A' + (number % 26))}";
    }

    [Fact]
    public async Task Join_OwnFault_FailsIsLoggedAndTheNextTriesAnew()
    {
        _scripts.Google.Answer((_, _) => throw new NotSupportedException("a fault"));
        _scripts.Google.Answer(() => FakeGoogle.Script("1"));

        var broken = await _scripts.AskAsync();
        var next = await _scripts.AskAsync();

        Assert.Equal((302, 1), (broken.Context.Response.StatusCode, _scripts.Logger.Collector.Count));
        Assert.Equal((1201, "a fault"), (_scripts.Logger.LatestRecord.Id.Id, _scripts.Logger.LatestRecord.Exception?.Message));
        Assert.DoesNotContain("G-MAIN1", _scripts.Logger.LatestRecord.Message, StringComparison.Ordinal);
        Assert.Equal("1", SomeContext.BodyOf(next.Context));
    }

    [Fact]
    public async Task Join_GatewayStops_FailsInsteadOfHanging()
    {
        var asked = new TaskCompletionSource();
        _scripts.Google.Always((_, ending) =>
        {
            asked.SetResult();
            return FakeGoogle.NeverAsync(ending);
        });

        var asking = _scripts.AskAsync();
        await asked.Task;
        _scripts.Lifetime.StopApplication();
        var answer = await asking;
        var after = await _scripts.AskAsync();

        Assert.Equal((302, 302), (answer.Context.Response.StatusCode, after.Context.Response.StatusCode));
        Assert.Equal((0, 0), (_scripts.Logger.Collector.Count, _scripts.Fills.Count));
    }

    [Theory]
    [InlineData(null, null, 2)]
    [InlineData("shop", null, 2)]
    [InlineData("shop", "G-MAIN1", 2)]
    [InlineData("other", null, 1)]
    [InlineData("shop", "AW-2", 1)]
    public async Task Forget_Scope_WhoeverAsksAfterwardsStartsAnew(string? site, string? tag, int asked)
    {
        var (gate, isAsked) = (new TaskCompletionSource(), new TaskCompletionSource());
        _scripts.Google.Always(async (_, _) =>
        {
            isAsked.TrySetResult();
            await gate.Task;
            return FakeGoogle.Script("1");
        });
        var before = _scripts.Fills.JoinAsync(_scripts.Load(), null, out _);
        await isAsked.Task;

        _scripts.Purge(new PurgeScope(site, tag));
        var after = _scripts.Fills.JoinAsync(_scripts.Load(), null, out var isFirst);
        gate.SetResult();
        var results = await Task.WhenAll(before, after);

        Assert.Equal((asked == 2, asked, 0), (isFirst, _scripts.Google.Asked.Count, _scripts.Fills.Count));
        Assert.Equal(asked == 2 ? ScriptBypass.Purged : ScriptBypass.None, results[0].Bypass);
        Assert.Equal(FillKind.Stored, results[1].Kind);
    }

    /// <summary>All who wait leave; the script is wanted all the same.</summary>
    [Fact]
    public async Task Join_EverybodyHasLeft_GoesOn()
    {
        var gate = Gate();
        using var gone = new CancellationTokenSource();

        var asking = _scripts.AskAsync(prepare: request => request.HttpContext.RequestAborted = gone.Token);
        await gone.CancelAsync();
        await asking;
        gate.SetResult();
        await _scripts.FilledAsync();

        Assert.Equal("taggateway; hit; ttl=900", (await _scripts.AskAsync()).Context.Response.Headers["Cache-Status"]);
        Assert.Single(_scripts.Google.Asked);
    }

    private TaskCompletionSource Gate()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _scripts.Google.Always(async (_, _) =>
        {
            await gate.Task;
            return FakeGoogle.Script("1");
        });
        return gate;
    }
}
