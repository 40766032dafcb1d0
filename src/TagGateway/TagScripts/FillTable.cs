using System.Collections.Concurrent;
using TagGateway.Caching;
using TagGateway.Upstream;

namespace TagGateway.TagScripts;

/// <summary>The fills in flight, one for a key: a thousand visitors who miss the same script make one request. A fill belongs to nobody: it goes on though
/// all who wait for it leave.</summary>
internal sealed class FillTable(ScriptFiller filler, IHostApplicationLifetime lifetime, ILogger<FillTable> logger)
{
    /// <summary>More at once would be a flood; what is beyond gets what is kept, or Google's own address.</summary>
    private const int MaxFills = 256;

    /// <summary>The rest is left for plain loads and for what is kept and has grown old.</summary>
    private const int MaxOrdinaryFills = 192;
    private const int MaxOddFills = 128;

    private readonly ConcurrentDictionary<EntryKey, Fill> _fills = new();

    public int Count => _fills.Count;

    /// <summary>Joins the fill of this key, or starts it.</summary>
    /// <param name="load">What to fetch.</param>
    /// <param name="former">The stale entry; null: none.</param>
    /// <param name="isFirst">Whether this caller started it.</param>
    public Task<FillResult> JoinAsync(ScriptLoad load, Entry? former, out bool isFirst)
    {
        isFirst = false;
        if (!_fills.TryGetValue(load.Key, out var fill))
        {
            if (_fills.Count >= Limit(load.Fetch.Form, former))
            {
                return Task.FromResult(FillResult.Failed);
            }

            var own = new Fill(load);
            fill = _fills.GetOrAdd(load.Key, own);
            if (fill == own)
            {
                isFirst = true;
                own.Run = RunAsync(own, former);
            }
        }

        return fill.Delivered.Task;
    }

    /// <summary>Whoever asks from now on starts anew: what is on its way was asked for before a purge.</summary>
    public void Forget(PurgeScope scope)
    {
        foreach (var fill in _fills.Where(fill => fill.Value.IsIn(scope)))
        {
            _fills.TryRemove(fill);
        }
    }

    private static int Limit(FetchForm form, Entry? former) =>
        form == FetchForm.Plain || former is not null ? MaxFills
        : form == FetchForm.Ordinary ? MaxOrdinaryFills
        : MaxOddFills;

    private async Task RunAsync(Fill fill, Entry? former)
    {
        // Nobody's thread: the first visitor is no other than the rest.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await filler.FillAsync(fill.Load, former, result => Deliver(fill, result), lifetime.ApplicationStopping);
        }
        catch (OperationCanceledException)
        {
            // The gateway stops.
        }
        catch (Exception error)
        {
            // The site comes first: whatever it is, the visitors who wait get Google's own address.
            logger.FillBroke(fill.Load.Fetch.Site.Name, error);
        }
        finally
        {
            Deliver(fill, FillResult.Failed);
        }
    }

    private void Deliver(Fill fill, FillResult result)
    {
        _fills.TryRemove(new KeyValuePair<EntryKey, Fill>(fill.Load.Key, fill));
        fill.Delivered.TrySetResult(result);
    }

    private sealed class Fill(ScriptLoad load)
    {
        public ScriptLoad Load => load;

        public TaskCompletionSource<FillResult> Delivered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Never awaited: it ends in its own time, or with the program.</summary>
        public Task? Run { get; set; }

        public bool IsIn(PurgeScope scope) => scope.Covers(load.Fetch.Site.Name, load.Fetch.Tag.ToString());
    }
}
