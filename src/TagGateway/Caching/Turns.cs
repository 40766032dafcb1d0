using System.Diagnostics.CodeAnalysis;

namespace TagGateway.Caching;

/// <summary>Half of the processors, for work of many milliseconds that anybody can cause by odd requests: pages and hits keep the other half.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "Without its wait handle a semaphore holds nothing, and work may still be under way when the program stops.")]
internal sealed class Turns
{
    /// <summary>More would wait longer than any visitor does.</summary>
    private const int MaxWaiting = 256;

    private readonly SemaphoreSlim _free = new(Math.Max(1, Environment.ProcessorCount / 2));
    private int _waiting;

    /// <summary>Waits for a turn, however many do; to be released.</summary>
    public Task TakeAsync(CancellationToken stop) => _free.WaitAsync(stop);

    /// <summary>Waits for a turn, to be released; false when too many wait for theirs already.</summary>
    public async Task<bool> TryTakeAsync(CancellationToken gone)
    {
        try
        {
            if (Interlocked.Increment(ref _waiting) > MaxWaiting)
            {
                return false;
            }

            await _free.WaitAsync(gone);
            return true;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    public void Release() => _free.Release();
}
