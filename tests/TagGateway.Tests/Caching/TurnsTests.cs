using TagGateway.Caching;

namespace TagGateway.Tests.Caching;

public sealed class TurnsTests
{
    private static readonly int Free = Math.Max(1, Environment.ProcessorCount / 2);
    private readonly Turns _turns = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TryTake_AllTaken_WaitsForOneToBeReleased()
    {
        for (var i = 0; i < Free; i++)
        {
            Assert.True(await _turns.TryTakeAsync(Stop));
        }

        var next = _turns.TryTakeAsync(Stop);
        Assert.False(next.IsCompleted);
        _turns.Release();

        Assert.True(await next);
    }

    [Fact]
    public async Task TryTake_TooManyWaiting_IsRefusedAtOnceAndLaterNotAnyMore()
    {
        for (var i = 0; i < Free; i++)
        {
            await _turns.TakeAsync(Stop);
        }

        var waiting = Enumerable.Range(0, 256).Select(_ => _turns.TryTakeAsync(Stop)).ToList();
        Assert.False(await _turns.TryTakeAsync(Stop));
        for (var i = 0; i < waiting.Count; i++)
        {
            _turns.Release();
        }

        Assert.All(await Task.WhenAll(waiting), Assert.True);
        _turns.Release();
        Assert.True(await _turns.TryTakeAsync(Stop));
    }

    [Fact]
    public async Task TryTake_VisitorsWhoLeave_LeaveTheirPlaces()
    {
        for (var i = 0; i < Free; i++)
        {
            await _turns.TakeAsync(Stop);
        }

        using var gone = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, 256).Select(_ => _turns.TryTakeAsync(gone.Token)).ToList();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(waiting));
        var next = _turns.TryTakeAsync(Stop);
        _turns.Release();

        Assert.True(await next);
    }
}
