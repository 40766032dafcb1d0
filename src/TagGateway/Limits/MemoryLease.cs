namespace TagGateway.Limits;

/// <summary>The bytes that one request, or one fetch of the gateway's own, holds of the memory budget. A feature of the request. Not for two threads at once.</summary>
/// <param name="budget">The process's.</param>
/// <param name="client">The client's share; null: no client's, or one that is not told apart.</param>
internal sealed class MemoryLease(MemoryBudget budget, ClientShare? client) : IDisposable
{
    /// <summary>Up to here a client's requests get the large buffers that make work quicker.</summary>
    private const long MostComfortBytes = 16 * 1024 * 1024;

    private readonly ByteShare? _client = client?.Memory;
    private ByteShare? _site;
    private long _siteLimit;
    private long _bytes;

    /// <summary>In which order the holder is refused memory; a request's is known once its kind is.</summary>
    public MemoryPriority Priority { get; set; } = MemoryPriority.Page;

    public ClientShare? Client => client;

    /// <summary>The largest body that may be held whole.</summary>
    public int LargestBody => budget.Limits.LargestBody;

    public MemoryLease ForSite(string site, bool isOnlySite)
    {
        _site = budget.ShareOf(site);
        _site.Add(_bytes);
        _siteLimit = isOnlySite ? long.MaxValue : budget.Limits.MemoryBytes / 2;
        return this;
    }

    /// <summary>Whether there is room for the holder to begin.</summary>
    public bool HasRoom => budget.HasRoomFor(Priority) && (_site is null || _site.Bytes <= _siteLimit);

    /// <summary>Takes <paramref name="bytes"/> more; false, and nothing taken, when the budget, the client's or the site's share has no room.</summary>
    public bool TryTake(long bytes)
    {
        if (_client is not null && !_client.TryAdd(bytes, budget.Limits.MemoryBytesPerClient))
        {
            return false;
        }

        return TryTakeUnshared(bytes);
    }

    /// <summary>Likewise, whatever the client holds already.</summary>
    public bool TryTakeBeyondShare(long bytes)
    {
        _client?.Add(bytes);
        return TryTakeUnshared(bytes);
    }

    /// <summary>Takes what makes work quicker but is not needed for it.</summary>
    /// <returns><paramref name="wanted"/>, or <paramref name="least"/> where the client holds much already or there is little room. The least is taken in any case.</returns>
    public int TakeUpTo(int wanted, int least)
    {
        if ((_client is null || _client.Bytes <= Math.Min(MostComfortBytes, budget.Limits.MemoryBytesPerClient / 4)) && budget.HasRoomFor(MemoryPriority.UntrustedScript) && TryTake(wanted))
        {
            return wanted;
        }

        if (!TryTake(least))
        {
            Add(least);
        }

        return least;
    }

    /// <summary>Gives back a part of what was taken.</summary>
    public void Give(long bytes) => Add(-bytes);

    /// <summary>Gives back all; a second time does nothing.</summary>
    public void Dispose() => Add(-_bytes);

    private bool TryTakeUnshared(long bytes)
    {
        if (_site is not null && !_site.TryAdd(bytes, _siteLimit))
        {
            _client?.Remove(bytes);
            return false;
        }

        if (!budget.TryTake(bytes, Priority))
        {
            _client?.Remove(bytes);
            _site?.Remove(bytes);
            return false;
        }

        _bytes += bytes;
        return true;
    }

    private void Add(long bytes)
    {
        _client?.Add(bytes);
        _site?.Add(bytes);
        budget.Give(-bytes);
        _bytes += bytes;
    }
}
