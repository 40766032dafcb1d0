using TagGateway.Limits;

namespace TagGateway.Tests.Limits;

public sealed class CpuLanesTests : IDisposable
{
    /// <summary>One core for heavy work.</summary>
    private readonly CpuLanes _lanes = new(cores: 2);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _lanes.Dispose();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData(8, 4)]
    public async Task Enter_AllCoresTaken_WaitsForOneToBeGivenBack(int cores, int free)
    {
        using var lanes = new CpuLanes(cores);
        var taken = await Task.WhenAll(Enumerable.Range(0, free).Select(_ => lanes.EnterAsync(CpuLane.Plain, Stop)));

        var next = lanes.EnterAsync(CpuLane.Plain, Stop);
        var isWaiting = !next.IsCompleted;
        taken[0]!.Dispose();

        Assert.True(isWaiting);
        Assert.NotNull(await next);
    }

    /// <summary>What has been made up may not stand in the way: one piece of it at most is ahead, and one of what tags ask with parameters.</summary>
    [Fact]
    public async Task Enter_ManyPiecesOfLessTrustedLanesWait_PlainWorkOvertakesAllButOneOfEach()
    {
        var order = new List<CpuLane>();
        var running = await _lanes.EnterAsync(CpuLane.Plain, Stop);
        var waiting = Enumerable.Range(0, 50).Select(_ => WorkAsync(CpuLane.Untrusted)).Concat(Enumerable.Range(0, 50).Select(_ => WorkAsync(CpuLane.Ordinary))).ToList();
        waiting.AddRange(Enumerable.Range(0, 3).Select(_ => WorkAsync(CpuLane.Plain)));

        running!.Dispose();
        await Task.WhenAll(waiting);

        Assert.Equal([CpuLane.Untrusted, CpuLane.Ordinary, CpuLane.Plain, CpuLane.Plain, CpuLane.Plain], order.Take(5));
        Assert.Equal(103, order.Count);

        async Task WorkAsync(CpuLane lane)
        {
            using var permit = await _lanes.EnterAsync(lane, Stop);
            order.Add(lane); // one at a time: there is one core
        }
    }

    [Theory]
    [InlineData(CpuLane.Plain)]
    [InlineData(CpuLane.Ordinary)]
    [InlineData(CpuLane.Untrusted)]
    internal async Task Enter_TooManyWaiting_IsRefusedAtOnceAndLaterNotAnyMore(CpuLane lane)
    {
        var running = await _lanes.EnterAsync(lane, Stop);
        var (waiting, refused) = (new List<Task<CpuPermit?>>(), false);
        while (!refused)
        {
            var next = _lanes.EnterAsync(lane, Stop);
            refused = next.IsCompleted;
            waiting.Add(next);
            Assert.InRange(waiting.Count, 1, 1000);
        }

        Assert.Null(await waiting[^1]);
        running!.Dispose();
        foreach (var task in waiting.SkipLast(1))
        {
            (await task)!.Dispose();
        }

        Assert.NotNull(await _lanes.EnterAsync(lane, Stop));
    }

    [Fact]
    public async Task Enter_CallersWhoLeave_LeaveTheirPlaces()
    {
        var running = await _lanes.EnterAsync(CpuLane.Untrusted, Stop);
        using var gone = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, 60).Select(_ => _lanes.EnterAsync(CpuLane.Untrusted, gone.Token)).ToList();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(waiting));

        var next = _lanes.EnterAsync(CpuLane.Untrusted, Stop);
        running!.Dispose();

        Assert.NotNull(await next);
    }

    [Fact]
    public async Task Enter_GatewayEnds_WhoWaitsIsTurnedAway()
    {
        await _lanes.EnterAsync(CpuLane.Plain, Stop);
        var waiting = new[] { CpuLane.Plain, CpuLane.Ordinary, CpuLane.Untrusted }.Select(lane => _lanes.EnterAsync(lane, Stop)).ToList();

        _lanes.Dispose();

        Assert.All(await Task.WhenAll(waiting), Assert.Null);
    }
}
