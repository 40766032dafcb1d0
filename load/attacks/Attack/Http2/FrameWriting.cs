using System.Buffers;
using System.Buffers.Binary;

namespace TagGateway.Attacks.Http2;

/// <summary>Writes frames (RFC 9113 §4.1), right ones and wrong ones: nothing is checked.</summary>
internal static class FrameWriting
{
    private const int HeaderBytes = 9;

    public static void WriteFrame(this IBufferWriter<byte> output, FrameType type, FrameFlags flags, int streamId, ReadOnlySpan<byte> payload)
    {
        var span = output.GetSpan(HeaderBytes + payload.Length);
        span[0] = (byte)(payload.Length >> 16);
        BinaryPrimitives.WriteUInt16BigEndian(span[1..], (ushort)payload.Length);
        span[3] = (byte)type;
        span[4] = (byte)flags;
        BinaryPrimitives.WriteInt32BigEndian(span[5..], streamId);
        payload.CopyTo(span[HeaderBytes..]);
        output.Advance(HeaderBytes + payload.Length);
    }

    public static void WriteSetting(this IBufferWriter<byte> output, SettingId id, uint value)
    {
        Span<byte> payload = stackalloc byte[6];
        BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)id);
        BinaryPrimitives.WriteUInt32BigEndian(payload[2..], value);
        output.WriteFrame(FrameType.Settings, FrameFlags.None, 0, payload);
    }

    /// <param name="output">Gets the frame.</param>
    /// <param name="type">Of a frame whose payload is one number: WINDOW_UPDATE or RST_STREAM.</param>
    /// <param name="streamId">0: the connection.</param>
    /// <param name="value">The increment, or the error code.</param>
    public static void WriteNumber(this IBufferWriter<byte> output, FrameType type, int streamId, uint value)
    {
        Span<byte> payload = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(payload, value);
        output.WriteFrame(type, FrameFlags.None, streamId, payload);
    }
}
