using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using TagGateway.Limits;

namespace TagGateway.Receiving.Admission;

/// <summary>A client connection, and whether it is idle. A feature of the connection and of its requests.</summary>
/// <param name="connection">The transport's.</param>
/// <param name="client">Whose limits it counts against; null: a trusted proxy's, which carries many clients.</param>
/// <param name="share">What the client holds; null likewise.</param>
/// <param name="time">The clock.</param>
internal sealed class TrackedConnection(ConnectionContext connection, ClientKey? client, ClientShare? share, TimeProvider time)
{
    private int _activeRequests;
    private bool _hasServed;
    private bool _isAskedToClose;

    public ClientKey? Client => client;

    public ClientShare? Share => share;

    /// <summary>Where the connection stands in the table's lists. The table's own.</summary>
    public (int All, int OfClient) Index { get; set; }

    /// <summary>Whether no request is under way. Also while a handshake or a request's head is still awaited.</summary>
    public bool IsIdle => Volatile.Read(ref _activeRequests) == 0;

    /// <summary>A timestamp of the clock: the last request's end, else the connection's beginning.</summary>
    public long IdleSince { get; private set; } = time.GetTimestamp();

    /// <summary>Counts a request.</summary>
    /// <returns>How many are under way, this one included.</returns>
    public int BeginRequest() => Interlocked.Increment(ref _activeRequests);

    public void EndRequest()
    {
        _hasServed = true;
        IdleSince = time.GetTimestamp();
        Interlocked.Decrement(ref _activeRequests);
    }

    /// <summary>Closes the connection, which was seen idle: gracefully where it has served a request, since the next may just be arriving. At once
    /// where it has not, or was asked before in vain.</summary>
    public void Close()
    {
        if (_hasServed && !_isAskedToClose && connection.Features.Get<IConnectionLifetimeNotificationFeature>() is { } lifetime)
        {
            _isAskedToClose = true;
            lifetime.RequestClose();
            return;
        }

        connection.Abort(new ConnectionAbortedException("Closed to make room for other connections."));
    }
}
