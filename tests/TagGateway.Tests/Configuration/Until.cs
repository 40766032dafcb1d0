namespace TagGateway.Tests.Configuration;

/// <summary>Waits for what another thread does in its own time.</summary>
internal static class Until
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public static async Task HoldsAsync(Func<bool> condition, string what)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        using var longest = new CancellationTokenSource(Longest);
        while (!condition())
        {
            Assert.False(longest.IsCancellationRequested, $"It did not come to pass that {what}.");
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
