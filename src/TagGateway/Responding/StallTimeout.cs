using TagGateway.Limits;

namespace TagGateway.Responding;

/// <summary>Resets a response that rests too long because its client takes nothing of it.</summary>
/// <param name="reset">Resets the HTTP/2 stream, or ends the HTTP/1.1 connection.</param>
/// <param name="timeout">How long one step may take.</param>
/// <param name="metrics">Counts what is reset.</param>
/// <param name="time">The clock.</param>
internal sealed class StallTimeout(Action reset, TimeSpan timeout, LimitMetrics metrics, TimeProvider time) : IDisposable
{
    // Also orders the reset and the end of the wait: a context that serves the next request already must not be aborted.
    private readonly Lock _change = new();
    private ITimer? _timer;
    private bool _isWaiting;

    /// <summary>Begins to wait for the client.</summary>
    public void Start()
    {
        lock (_change)
        {
            _isWaiting = true;
        }

        // A timer only where a step does not complete at once: most responses never need one.
        _timer ??= time.CreateTimer(static state => ((StallTimeout)state!).Reset(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan); // state is this
        _timer.Change(timeout, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The client has taken something.</summary>
    public void Stop()
    {
        lock (_change)
        {
            _isWaiting = false;
        }

        _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        lock (_change)
        {
            _isWaiting = false;
        }

        _timer?.Dispose();
    }

    private void Reset()
    {
        lock (_change)
        {
            if (_isWaiting)
            {
                _isWaiting = false;
                metrics.ResponseStalled();
                reset();
            }
        }
    }
}
