using TagGateway.Attacks.Connecting;

namespace TagGateway.Attacks.Crowds;

/// <summary>Asks for responses and does not read them: with HTTP/2 by windows that stay closed, with HTTP/1.1 by a full receive buffer.</summary>
internal sealed class UnreadResponses : IAsyncDisposable
{
    private UnreadResponses(Target target, UnreadOptions options)
    {
        Crowd = Crowd.Start(options.Connections, options.Again, target.Scheme == TargetScheme.Http
            ? (seat, stop) => UnreadHttp1.HoldAsync(target, options, Counts, seat, stop)
            : (seat, stop) => UnreadHttp2.HoldAsync(target, options, Counts, seat, stop));
    }

    public Crowd Crowd { get; }

    public UnreadCounts Counts { get; } = new();

    /// <summary>Asks for all of it. Returns when every request has been sent, or its connection has failed.</summary>
    public static async Task<UnreadResponses> StartAsync(Target target, UnreadOptions options)
    {
        var responses = new UnreadResponses(target, options);
        await responses.Crowd.Assembled;
        return responses;
    }

    public ValueTask DisposeAsync() => Crowd.DisposeAsync();
}
