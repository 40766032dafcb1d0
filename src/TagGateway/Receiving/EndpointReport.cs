namespace TagGateway.Receiving;

/// <summary>Says in the log where the gateway answers, with the ports that are really bound, and when it stops.</summary>
internal sealed class EndpointReport(Endpoints endpoints, ILogger<EndpointReport> logger) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        logger.Serving(string.Join(", ", endpoints.Traffic), string.Join(", ", endpoints.Admin));
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        logger.Stopping();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
