namespace TagGateway.Attacks.Connecting;

/// <summary>Counts what an attack costs the attacker.</summary>
internal sealed class Traffic
{
    /// <summary>A connection that carries no byte still costs the packets that open and end it: three of 40 bytes.</summary>
    private const int BytesPerConnection = 120;

    private long _payloadBytes;
    private long _connections;

    public long Connections => Interlocked.Read(ref _connections);

    /// <summary>Bytes that the attacker has sent: what it wrote, and the packets of each connection that it tried.</summary>
    public long SentBytes => Interlocked.Read(ref _payloadBytes) + (Connections * BytesPerConnection);

    public void AddConnection() => Interlocked.Increment(ref _connections);

    public void AddBytes(int count) => Interlocked.Add(ref _payloadBytes, count);
}
