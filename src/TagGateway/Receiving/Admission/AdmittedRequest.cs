using TagGateway.Limits;

namespace TagGateway.Receiving.Admission;

/// <summary>What a request counts against as long as it is under way.</summary>
internal readonly struct AdmittedRequest
{
    private readonly TrackedConnection? _connection;
    private readonly ClientShares _shares;
    private readonly ClientKey? _behindProxy;

    /// <param name="connection">The connection, which counts the request already; null outside of a real server.</param>
    /// <param name="shares">Of all clients.</param>
    /// <param name="behindProxy">The client that a trusted proxy names; null: the connection's own.</param>
    public AdmittedRequest(TrackedConnection? connection, ClientShares shares, ClientKey? behindProxy)
    {
        (_connection, _shares, _behindProxy) = (connection, shares, behindProxy);
        Share = behindProxy is { } client ? shares.Acquire(client) : connection?.Share;
    }

    /// <summary>The client's; null where there is none to be told apart.</summary>
    public ClientShare? Share { get; }

    public void End()
    {
        if (_behindProxy is { } client)
        {
            _shares.Release(client);
        }

        _connection?.EndRequest();
    }
}
