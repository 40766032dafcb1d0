namespace TagGateway.Attacks.Http2;

/// <summary>A frame as it came.</summary>
/// <param name="Type">Also of kinds that this client does not know.</param>
/// <param name="Flags">Their meaning depends on the type.</param>
/// <param name="StreamId">0: the connection.</param>
/// <param name="Payload">Valid until the next frame is read.</param>
internal readonly record struct Frame(FrameType Type, FrameFlags Flags, int StreamId, ReadOnlyMemory<byte> Payload)
{
    /// <summary>The flag of SETTINGS and PING that confirms: the bit that ends a stream elsewhere.</summary>
    public const FrameFlags Ack = FrameFlags.EndStream;
}
