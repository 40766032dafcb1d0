namespace TagGateway.Attacks.Crowds;

/// <summary>What is asked for and not read.</summary>
internal sealed record UnreadOptions
{
    public int Connections { get; init; } = 10;

    /// <summary>On each connection; with HTTP/1.1 always one.</summary>
    public int Streams { get; init; } = 100;

    /// <summary>Paths with their queries, in turn.</summary>
    public IReadOnlyList<string> Paths { get; init; } = ["/"];

    /// <summary>What HTTP/2 servers may send on a stream before more is allowed.</summary>
    public uint WindowBytes { get; init; }

    /// <summary>How often one byte more is allowed (HTTP/2), or read (HTTP/1.1); null: never.</summary>
    public TimeSpan? Trickle { get; init; }

    /// <summary>Whether what the server resets or ends is asked for again.</summary>
    public bool Again { get; init; }
}
