namespace TagGateway.Configuration;

/// <summary>Looks at files once a second, from the start on, as long as the gateway runs. The site comes first: whatever goes wrong in a look must not end the gateway.</summary>
internal abstract class FileLook(TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected TimeProvider Time { get; } = time;

    protected abstract void LookOnce();

    /// <summary>A look ended with a fault.</summary>
    protected abstract void Tell(Exception fault);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, Time);
        do
        {
            // On a thread of its own: a look may wait for a file that does not answer, and neither requests nor the gateway's end wait with it.
            await Task.Factory.StartNew(LookSafely, stoppingToken, TaskCreationOptions.LongRunning, TaskScheduler.Default).WaitAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void LookSafely()
    {
        try
        {
            LookOnce();
        }
        catch (Exception e)
        {
            Tell(e);
        }
    }
}
