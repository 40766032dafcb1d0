using System.Runtime.InteropServices;

namespace TagGateway.Commands;

/// <summary>Waits for Ctrl+C or SIGTERM where no host does.</summary>
internal static class StopSignal
{
    public static async Task WaitAsync(CancellationToken stop)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopped.TrySetResult();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        await using var asked = stop.Register(() => stopped.TrySetResult());
        await stopped.Task;
    }
}
