namespace TagGateway.Attacks.Http2;

/// <summary>RFC 9113 §6; the meaning of a bit depends on the frame.</summary>
[Flags]
internal enum FrameFlags : byte
{
    None = 0,

    /// <summary>Of SETTINGS and PING: ACK.</summary>
    EndStream = 1,
    EndHeaders = 4,
}
