using TagGateway.Sites;

namespace TagGateway.Upstream;

/// <summary>How long a website may take until its answer's headers come. While the visitor still has to send, it is not the website that is slow:
/// the time begins anew with all that he has sent.</summary>
internal sealed class OriginDeadline(Site site, OriginHealth health, TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource _source = new(site.OriginTimeout, time);
    private readonly Lock _change = new();
    private volatile bool _isMet;

    /// <summary>Cancelled when the time is up.</summary>
    public CancellationToken Token => _source.Token;

    public bool HasPassed => _source.IsCancellationRequested;

    /// <summary>Whether headers have come.</summary>
    public bool IsMet => _isMet;

    /// <summary>The headers are there: what comes after has no deadline here.</summary>
    public void Meet()
    {
        health.Answered(site);
        lock (_change)
        {
            _isMet = true;
            _source.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>The visitor is waited for.</summary>
    public void Pause() => Change(Timeout.InfiniteTimeSpan);

    /// <summary>The visitor has sent something: the website's turn.</summary>
    public void Restart() => Change(site.OriginTimeout);

    public void Dispose() => _source.Dispose();

    private void Change(TimeSpan delay)
    {
        lock (_change)
        {
            if (!_isMet)
            {
                _source.CancelAfter(delay);
            }
        }
    }
}
