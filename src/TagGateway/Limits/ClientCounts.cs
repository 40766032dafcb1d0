namespace TagGateway.Limits;

/// <summary>Limits how much of one kind a client, and all clients together, have under way at a time. Of clients that have none nothing is kept.</summary>
/// <param name="most">Of all together.</param>
/// <param name="mostPerClient">Of one.</param>
internal sealed class ClientCounts(int most, int mostPerClient)
{
    private readonly Lock _change = new();
    private readonly Dictionary<ClientKey, int> _counts = [];
    private int _all;

    /// <summary>Counts one more, to be given back by <see cref="Remove"/>; false, and nothing counted, when there are too many.</summary>
    /// <param name="client">Null: counts among all, not as one.</param>
    public bool TryAdd(ClientKey? client)
    {
        lock (_change)
        {
            var own = client is { } key ? _counts.GetValueOrDefault(key) : 0;
            if (_all >= most || own >= mostPerClient)
            {
                return false;
            }

            _all++;
            if (client is { } added)
            {
                _counts[added] = own + 1;
            }

            return true;
        }
    }

    public void Remove(ClientKey? client)
    {
        lock (_change)
        {
            _all--;
            if (client is { } key && --_counts[key] == 0)
            {
                _counts.Remove(key);
            }
        }
    }
}
