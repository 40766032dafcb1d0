namespace TagGateway.Pages;

/// <summary>How long the website, or the visitor, may be without any progress while a page is copied.</summary>
internal sealed class PagePatience(TimeSpan most, CancellationToken visitorLeft) : IDisposable
{
    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(visitorLeft);

    /// <summary>Canceled when the visitor has left, or a wait took too long.</summary>
    public CancellationToken Token => _end.Token;

    /// <exception cref="OperationCanceledException">It took too long, or the visitor has left.</exception>
    public async ValueTask<T> WaitAsync<T>(ValueTask<T> step)
    {
        if (step.IsCompletedSuccessfully)
        {
            return step.Result;
        }

        _end.CancelAfter(most);
        var result = await step;
        _end.CancelAfter(Timeout.InfiniteTimeSpan);
        return result;
    }

    /// <summary>Gives a step up, and waits until it is over: its buffer is its own until then.</summary>
    public async Task GiveUpAsync(Task step)
    {
        await _end.CancelAsync();
        await step.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _end.Dispose();
}
