using System.Net;
using Microsoft.AspNetCore.Connections;

namespace TagGateway.Receiving.Admission;

/// <summary>Accepts the connections that the table admits, and closes the others at once. Administration has its own few, so that probes get through
/// when clients have taken all that is for them.</summary>
internal sealed class AdmissionListener(IConnectionListener inner, ConnectionTable table, Endpoints endpoints, TimeProvider time) : IConnectionListener
{
    private const int MostOfAdministration = 32;

    /// <summary>A connection that is closed ends in a moment.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private bool? _isOfAdministration;
    private int _ofAdministration;

    public EndPoint EndPoint => inner.EndPoint;

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (await inner.AcceptAsync(cancellationToken) is { } connection)
        {
            // Known when all listeners are bound, and not before.
            _isOfAdministration ??= endpoints.IsAdministration(inner.EndPoint);
            if (_isOfAdministration.Value ? TryCount(connection) : await TryTrackAsync(connection))
            {
                return connection;
            }

            connection.Abort(new ConnectionAbortedException("There is no room for more connections."));
            await connection.DisposeAsync();
        }

        return null;
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default) => inner.UnbindAsync(cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    /// <summary>A step of the server's connection pipeline, the outermost: tells the table of the connection's end.</summary>
    public static ConnectionDelegate Untrack(ConnectionDelegate next, ConnectionTable table) => async connection =>
    {
        try
        {
            await next(connection);
        }
        finally
        {
            if (connection.Features.Get<TrackedConnection>() is { } tracked)
            {
                table.Remove(tracked);
            }
        }
    };

    private async ValueTask<bool> TryTrackAsync(ConnectionContext connection)
    {
        TrackedConnection? tracked;
        while (!table.TryAdmit(connection, out tracked, out var removed))
        {
            // The next ones wait in the system's queue meanwhile.
            if (removed is null || !await IsCompleteAsync(removed))
            {
                return false;
            }
        }

        connection.Features.Set(tracked);
        return true;
    }

    private async Task<bool> IsCompleteAsync(Task removed)
    {
        try
        {
            await removed.WaitAsync(LongestWait, time);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private bool TryCount(ConnectionContext connection)
    {
        if (Interlocked.Increment(ref _ofAdministration) > MostOfAdministration)
        {
            Interlocked.Decrement(ref _ofAdministration);
            return false;
        }

        connection.ConnectionClosed.Register(() => Interlocked.Decrement(ref _ofAdministration));
        return true;
    }
}
