namespace TagGateway.EndToEnd.Harness;

/// <summary>One HTTP/2 frame as it came over the wire (RFC 9113 §4.1).</summary>
/// <param name="Type">See the constants.</param>
/// <param name="Flags">As the type defines them.</param>
/// <param name="Stream">0: the connection.</param>
/// <param name="Payload">Without the frame header.</param>
internal sealed record Http2Frame(byte Type, byte Flags, int Stream, byte[] Payload)
{
    public const byte Data = 0;
    public const byte Headers = 1;
    public const byte Reset = 3;
    public const byte Settings = 4;
    public const byte Ping = 6;
    public const byte GoAway = 7;
    public const byte WindowUpdate = 8;

    public const byte EndStreamFlag = 0x1;
    public const byte AckFlag = 0x1;
    public const byte EndHeadersFlag = 0x4;

    public const uint NoError = 0;
    public const uint ProtocolError = 1;
    public const uint RefusedStream = 7;

    /// <summary>The last stream of a GOAWAY that gives none up.</summary>
    public const uint AllStreams = int.MaxValue;

    public bool EndsStream => Type is Data or Headers && (Flags & EndStreamFlag) != 0;

    /// <summary>The 32-bit number at <paramref name="offset"/> of the payload.</summary>
    public uint Number(int offset) => System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(Payload.AsSpan(offset));

    public byte[] ToBytes() =>
    [
        (byte)(Payload.Length >> 16), (byte)(Payload.Length >> 8), (byte)Payload.Length, Type, Flags,
        (byte)(Stream >> 24), (byte)(Stream >> 16), (byte)(Stream >> 8), (byte)Stream, .. Payload,
    ];
}
