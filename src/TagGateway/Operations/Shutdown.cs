using Microsoft.Extensions.Options;
using TagGateway.Configuration;

namespace TagGateway.Operations;

/// <summary>The gateway's end: first it only says so, so that load balancers and clients go elsewhere; then it stops.</summary>
internal sealed class Shutdown(
    CurrentSettings settings, IHostApplicationLifetime lifetime, IOptions<HostOptions> host, TimeProvider time, ILogger<Shutdown> logger)
{
    private int _hasBegun;

    /// <summary>From the signal on: whoever asks is told to go elsewhere.</summary>
    public bool HasBegun => Volatile.Read(ref _hasBegun) != 0 || lifetime.ApplicationStopping.IsCancellationRequested;

    /// <summary>Ends when the server is told to stop. False, at once, when it has begun already.</summary>
    /// <param name="isWaited">Whether <c>shutdown.delay</c> passes first.</param>
    public async Task<bool> BeginAsync(bool isWaited)
    {
        if (Interlocked.Exchange(ref _hasBegun, 1) != 0)
        {
            return false;
        }

        var options = settings.Value.Shutdown;
        host.Value.ShutdownTimeout = options.Timeout;
        if (isWaited && options.Delay > TimeSpan.Zero)
        {
            logger.Draining(options.Delay);
            await WaitAsync(options.Delay);
        }

        lifetime.StopApplication();
        return true;
    }

    private async Task WaitAsync(TimeSpan delay)
    {
        using var timer = new PeriodicTimer(delay, time);
        try
        {
            await timer.WaitForNextTickAsync(lifetime.ApplicationStopping);
        }
        catch (OperationCanceledException)
        {
            // Somebody else has stopped it meanwhile.
        }
    }
}
