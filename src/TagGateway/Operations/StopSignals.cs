using System.Runtime.InteropServices;

namespace TagGateway.Operations;

/// <summary>Ends the program on SIGTERM, with the delay that load balancers need, and on Ctrl+C without; a second signal ends it at once.</summary>
internal sealed class StopSignals(Shutdown shutdown) : IHostLifetime, IDisposable
{
    /// <summary>As a shell tells of a program that a signal has ended.</summary>
    private const int SignalExitCode = 128;

    private readonly List<PosixSignalRegistration> _signals = [];
    private int _count;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        Listen(PosixSignal.SIGTERM, isWaited: true, number: 15);
        Listen(PosixSignal.SIGINT, isWaited: false, number: 2);
        Listen(PosixSignal.SIGQUIT, isWaited: false, number: 3);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }
    }

    private void Listen(PosixSignal signal, bool isWaited, int number) => _signals.Add(PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _count) > 1)
        {
            Environment.Exit(SignalExitCode + number);
        }

        _ = shutdown.BeginAsync(isWaited);
    }));
}
