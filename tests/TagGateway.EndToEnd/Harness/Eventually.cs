namespace TagGateway.EndToEnd.Harness;

/// <summary>Waits for what comes in its own time; fails with a word when it does not.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static Task HoldsAsync(Func<bool> condition, string what, TimeSpan? within = null) => HoldsAsync(() => Task.FromResult(condition()), what, within);

    public static async Task HoldsAsync(Func<Task<bool>> condition, string what, TimeSpan? within = null)
    {
        using var patience = new CancellationTokenSource(within ?? Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await condition())
        {
            Assert.False(patience.IsCancellationRequested, $"It did not come to pass that {what}.");
            await timer.WaitForNextTickAsync();
        }
    }

    /// <summary>Waits until nothing has come for a quarter of a second, at most ten seconds.</summary>
    /// <param name="count">Of what comes.</param>
    /// <param name="isIdle">Nothing is under way; null: who knows.</param>
    public static async Task RestsAsync(Func<long> count, Func<bool>? isIdle = null)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var (quiet, last) = (0, -1L);
        while (quiet < 5 && !patience.IsCancellationRequested)
        {
            await timer.WaitForNextTickAsync();
            var now = count();
            quiet = now == last && isIdle?.Invoke() != false ? quiet + 1 : 0;
            last = now;
        }
    }
}
