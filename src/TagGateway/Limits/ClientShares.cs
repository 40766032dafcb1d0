using System.Collections.Concurrent;

namespace TagGateway.Limits;

/// <summary>The memory shares of the clients that have a connection or a request under way; of others nothing is kept, so that addresses cost no memory.</summary>
internal sealed class ClientShares
{
    private readonly ConcurrentDictionary<ClientKey, Holder> _holders = new();

    public int Count => _holders.Count;

    /// <summary>The client's share, to be released once.</summary>
    public ClientShare Acquire(ClientKey client)
    {
        while (true)
        {
            var holder = _holders.GetOrAdd(client, static _ => new Holder());
            if (holder.TryHold())
            {
                return holder.Share;
            }
        }
    }

    public void Release(ClientKey client)
    {
        if (_holders.TryGetValue(client, out var holder) && holder.LetGo())
        {
            _holders.TryRemove(new KeyValuePair<ClientKey, Holder>(client, holder));
        }
    }

    private sealed class Holder
    {
        private int _holds;

        public ClientShare Share { get; } = new();

        /// <summary>False when the last one has just let go: another holder takes its place.</summary>
        public bool TryHold()
        {
            var holds = Volatile.Read(ref _holds);
            while (holds >= 0)
            {
                var before = Interlocked.CompareExchange(ref _holds, holds + 1, holds);
                if (before == holds)
                {
                    return true;
                }

                holds = before;
            }

            return false;
        }

        /// <summary>True for the last one, who removes the holder.</summary>
        public bool LetGo() => Interlocked.Decrement(ref _holds) == 0 && Interlocked.CompareExchange(ref _holds, int.MinValue, 0) == 0;
    }
}
