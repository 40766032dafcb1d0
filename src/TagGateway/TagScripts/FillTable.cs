using System.Collections.Concurrent;
using TagGateway.Caching;
using TagGateway.Limits;
using TagGateway.Upstream;

namespace TagGateway.TagScripts;

/// <summary>The fills in flight, one for a key: a thousand visitors who miss the same script make one request. A fill belongs to nobody: it goes on though
/// all who wait for it leave.</summary>
internal sealed class FillTable(ScriptFiller filler, ClientWork work, OwnLeases leases, IHostApplicationLifetime lifetime, ILogger<FillTable> logger)
{
    /// <summary>More at once would be a flood; what is beyond gets what is kept, or Google's own address.</summary>
    private const int MaxFills = 256;

    /// <summary>A client that asks for more at once makes them up: a page has a handful of scripts.</summary>
    private const int MaxOddFillsOfOne = 8;
    private const int MaxOrdinaryFillsOfOne = 32;

    /// <summary>The rest is left for plain loads and for what is kept and has grown old; of the connections to Google likewise, which may carry one fetch each.</summary>
    private static readonly int MaxOrdinaryFills = Math.Min(192, OpenFiles.Upstream * 3 / 4);
    private static readonly int MaxOddFills = Math.Min(128, OpenFiles.Upstream / 2);

    private readonly ClientCounts _ordinary = new(MaxOrdinaryFills, MaxOrdinaryFillsOfOne);
    private readonly ClientCounts _odd = new(MaxOddFills, MaxOddFillsOfOne);

    private readonly ConcurrentDictionary<EntryKey, Fill> _fills = new();

    public int Count => _fills.Count;

    /// <summary>Joins the fill of this key, or starts it.</summary>
    /// <param name="load">What to fetch.</param>
    /// <param name="former">The stale entry; null: none.</param>
    /// <param name="isFirst">Whether this caller started it.</param>
    /// <param name="client">Who asks: whoever starts a fill is charged for it; null: nobody is.</param>
    /// <param name="form">What the caller takes; null: nothing is known of it.</param>
    public Task<FillResult> JoinAsync(ScriptLoad load, Entry? former, out bool isFirst, ClientKey? client = null, EntryForm? form = null)
    {
        isFirst = false;
        if (!_fills.TryGetValue(load.Key, out var fill))
        {
            var account = new WorkAccount(load.Lane, client);
            if (_fills.Count >= Limit(load.Fetch.Form, former) || !TryCount(account))
            {
                return Task.FromResult(FillResult.Shed);
            }

            var own = new Fill(new FillRequest(load, former, account, form));
            fill = _fills.GetOrAdd(load.Key, own);
            if (fill == own)
            {
                isFirst = true;
                own.Run = RunAsync(own);
            }
            else
            {
                CountsOf(account.Lane)?.Remove(client);
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
        form == FetchForm.Odd ? MaxOddFills
        : form == FetchForm.Plain || former is not null ? MaxFills
        : MaxOrdinaryFills;

    private bool TryCount(WorkAccount account)
    {
        var counts = CountsOf(account.Lane);
        if (counts?.TryAdd(account.Client) == false)
        {
            return false;
        }

        if (work.TrySpend(account, ClientWork.Fetch))
        {
            return true;
        }

        counts?.Remove(account.Client);
        return false;
    }

    private ClientCounts? CountsOf(CpuLane lane) => lane switch
    {
        CpuLane.Plain => null,
        CpuLane.Ordinary => _ordinary,
        _ => _odd,
    };

    private async Task RunAsync(Fill fill)
    {
        // Nobody's thread: the first visitor is no other than the rest.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var request = fill.Request;
        using var lease = leases.Create(request.Load.Fetch.Site.Name, request.Account.Lane);
        try
        {
            await filler.FillAsync(request, lease, result => Deliver(fill, result), lifetime.ApplicationStopping);
        }
        catch (OperationCanceledException)
        {
            // The gateway stops.
        }
        catch (Exception error)
        {
            // The site comes first: whatever it is, the visitors who wait get Google's own address.
            logger.FillBroke(request.Load.Fetch.Site.Name, error);
        }
        finally
        {
            CountsOf(request.Account.Lane)?.Remove(request.Account.Client);
            Deliver(fill, FillResult.Failed);
        }
    }

    private void Deliver(Fill fill, FillResult result)
    {
        _fills.TryRemove(new KeyValuePair<EntryKey, Fill>(fill.Request.Load.Key, fill));
        fill.Delivered.TrySetResult(result);
    }

    private sealed class Fill(FillRequest request)
    {
        public FillRequest Request => request;

        public TaskCompletionSource<FillResult> Delivered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Never awaited: it ends in its own time, or with the program.</summary>
        public Task? Run { get; set; }

        public bool IsIn(PurgeScope scope) => scope.Covers(request.Load.Fetch.Site.Name, request.Load.Fetch.Tag.ToString());
    }
}
