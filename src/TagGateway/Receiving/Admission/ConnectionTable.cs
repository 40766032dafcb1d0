using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Connections;
using TagGateway.Configuration;
using TagGateway.Limits;

namespace TagGateway.Receiving.Admission;

/// <summary>The client connections that are open. Admits new ones up to a limit and a share for each client; where either is reached, idle connections
/// are closed first, the longest idle ones before others, as nginx does.</summary>
internal sealed class ConnectionTable(CurrentSettings settings, ClientShares shares, LimitMetrics metrics, TimeProvider time)
{
    /// <summary>So many connections (one of 20) are closed together, so that looking for them costs little for each new one.</summary>
    private const int EvictionPart = 20;

    /// <summary>So many connections of a client may be open beyond its share while its idle ones are being closed.</summary>
    private const int LeastExcess = 8;

    private readonly Lock _change = new();
    private readonly List<TrackedConnection> _all = [];
    private readonly Dictionary<ClientKey, List<TrackedConnection>> _byClient = [];
    private TaskCompletionSource? _removed;

    public int Count => _all.Count;

    /// <summary>False where there is no room: the caller closes the connection.</summary>
    /// <param name="connection">Just accepted.</param>
    /// <param name="tracked">To be removed when it has ended.</param>
    /// <param name="removed">Not null when there will be room as soon as this is complete: idle connections are just being closed.</param>
    public bool TryAdmit(ConnectionContext connection, [NotNullWhen(true)] out TrackedConnection? tracked, out Task? removed)
    {
        removed = null;
        var current = settings.Value;
        var address = (connection.RemoteEndPoint as System.Net.IPEndPoint)?.Address;
        ClientKey? client = current.TrustedProxies.Contains(address) ? null : ClientKey.Of(address);
        tracked = null;
        lock (_change)
        {
            if (client is { } key && !HasRoom(key, current.Limits))
            {
                metrics.ConnectionRefused(ConnectionRefusal.ClientShare);
                return false;
            }

            if (!HasRoom(current.Limits, out var areClosing))
            {
                if (!areClosing)
                {
                    metrics.ConnectionRefused(ConnectionRefusal.Limit);
                }

                removed = areClosing ? (_removed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task : null;
                return false;
            }

            tracked = new TrackedConnection(connection, client, client is { } holder ? shares.Acquire(holder) : null, time);
            Add(tracked);
            return true;
        }
    }

    public void Remove(TrackedConnection connection)
    {
        lock (_change)
        {
            RemoveFrom(_all, connection.Index.All, static (moved, index) => moved.Index = (index, moved.Index.OfClient));
            if (connection.Client is { } client)
            {
                var own = _byClient[client];
                RemoveFrom(own, connection.Index.OfClient, static (moved, index) => moved.Index = (moved.Index.All, index));
                if (own.Count == 0)
                {
                    _byClient.Remove(client);
                }

                shares.Release(client);
            }

            _removed?.TrySetResult();
            _removed = null;
        }
    }

    private void Add(TrackedConnection connection)
    {
        var own = 0;
        if (connection.Client is { } client)
        {
            var list = _byClient.TryGetValue(client, out var known) ? known : _byClient[client] = [];
            own = list.Count;
            list.Add(connection);
        }

        connection.Index = (_all.Count, own);
        _all.Add(connection);
    }

    private static void RemoveFrom(List<TrackedConnection> list, int index, Action<TrackedConnection, int> move)
    {
        var last = list[^1];
        list[index] = last;
        move(last, index);
        list.RemoveAt(list.Count - 1);
    }

    /// <summary>Makes room within the client's share: one of its own has to go.</summary>
    private bool HasRoom(ClientKey client, LimitSettings limits)
    {
        if (!_byClient.TryGetValue(client, out var own) || own.Count < limits.ConnectionsPerClient)
        {
            return true;
        }

        // Those that are being closed are counted until they have gone: a few more may be open meanwhile.
        return Close(own, own.Count / EvictionPart) > 0 && own.Count < limits.ConnectionsPerClient + Math.Max(LeastExcess, MostClosing(limits.ConnectionsPerClient));
    }

    private bool HasRoom(LimitSettings limits, out bool areClosing)
    {
        areClosing = _all.Count >= limits.Connections - MostClosing(limits.Connections) && Close(_all, _all.Count / EvictionPart) > 0;
        return _all.Count < limits.Connections;
    }

    private static int MostClosing(int limit) => Math.Max(1, limit / EvictionPart);

    /// <returns>How many were closed: none where no connection is idle.</returns>
    private int Close(List<TrackedConnection> connections, int count)
    {
        var idle = connections.Where(connection => connection.IsIdle).OrderBy(connection => connection.IdleSince).Take(Math.Max(1, count)).ToList();
        foreach (var connection in idle)
        {
            connection.Close();
        }

        metrics.ConnectionsEvicted(idle.Count);
        return idle.Count;
    }
}
