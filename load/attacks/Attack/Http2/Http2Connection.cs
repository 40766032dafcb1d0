using System.Buffers;
using System.Buffers.Binary;
using TagGateway.Attacks.Connecting;

namespace TagGateway.Attacks.Http2;

/// <summary>A client's end of an HTTP/2 connection that does what it is told: no flow control, no checks. Frames may be written from several threads, and are
/// read by one.</summary>
internal sealed class Http2Connection : IAsyncDisposable
{
    private const int FrameHeaderBytes = 9;
    private readonly Stream _stream;
    private readonly SemaphoreSlim _writing = new(1);
    private byte[] _payload = new byte[16 * 1024];
    private int _lastStreamId = -1;

    private Http2Connection(Stream stream) => _stream = stream;

    private static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    /// <summary>How many streams the server allows; known once its first SETTINGS frame has been read.</summary>
    public int MaxStreams { get; private set; } = 100;

    /// <summary>Connects and says how much may be sent on a stream before more is allowed.</summary>
    /// <param name="target">The server.</param>
    /// <param name="number">Of the connection.</param>
    /// <param name="windowBytes">SETTINGS_INITIAL_WINDOW_SIZE.</param>
    /// <param name="receiveBufferBytes">Of the socket; null: the system's choice.</param>
    /// <param name="cancellation">Of the attempt.</param>
    /// <exception cref="IOException">The server cannot be reached, or ended the connection.</exception>
    public static async Task<Http2Connection> OpenAsync(Target target, int number, uint windowBytes, int? receiveBufferBytes = null, CancellationToken cancellation = default)
    {
        var connection = new Http2Connection(await target.OpenAsync(number, receiveBufferBytes: receiveBufferBytes, cancellation: cancellation));
        var start = new ArrayBufferWriter<byte>();
        start.Write(Preface);
        start.WriteSetting(SettingId.InitialWindowSize, windowBytes);
        await connection.WriteAsync(start.WrittenMemory, cancellation);
        return connection;
    }

    /// <summary>The id of a stream that has not been used yet.</summary>
    public int NextStreamId() => Interlocked.Add(ref _lastStreamId, 2);

    /// <summary>Writes frames that have been put together.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> frames, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            await _stream.WriteAsync(frames, cancellation);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Sends a request on a new stream; its id.</summary>
    /// <param name="headerBlock">See <see cref="HeaderBlock"/>.</param>
    /// <param name="endStream">False: a body follows.</param>
    /// <param name="cancellation">Of the attempt.</param>
    public async Task<int> RequestAsync(byte[] headerBlock, bool endStream, CancellationToken cancellation)
    {
        var streamId = NextStreamId();
        var frames = new ArrayBufferWriter<byte>(headerBlock.Length + FrameHeaderBytes);
        frames.WriteFrame(FrameType.Headers, FrameFlags.EndHeaders | (endStream ? FrameFlags.EndStream : FrameFlags.None), streamId, headerBlock);
        await WriteAsync(frames.WrittenMemory, cancellation);
        return streamId;
    }

    /// <summary>The next frame; null when the server has ended the connection.</summary>
    /// <remarks>Confirms SETTINGS and PING as every client does: a server may end the connections of those who do not.</remarks>
    public async Task<Frame?> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            await _stream.ReadExactlyAsync(_payload.AsMemory(0, FrameHeaderBytes), cancellation);
            var header = (Type: (FrameType)_payload[3], Flags: (FrameFlags)_payload[4], StreamId: BinaryPrimitives.ReadInt32BigEndian(_payload.AsSpan(5)) & int.MaxValue);
            var length = (_payload[0] << 16) | BinaryPrimitives.ReadUInt16BigEndian(_payload.AsSpan(1));
            if (length > _payload.Length)
            {
                _payload = new byte[length];
            }

            await _stream.ReadExactlyAsync(_payload.AsMemory(0, length), cancellation);
            var frame = new Frame(header.Type, header.Flags, header.StreamId, _payload.AsMemory(0, length));
            await ConfirmAsync(frame, cancellation);
            return frame;
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _writing.Dispose();
    }

    private async Task ConfirmAsync(Frame frame, CancellationToken cancellation)
    {
        if (frame.Flags.HasFlag(Frame.Ack))
        {
            return;
        }

        var reply = new ArrayBufferWriter<byte>();
        switch (frame.Type)
        {
            case FrameType.Settings:
                ReadSettings(frame.Payload.Span);
                reply.WriteFrame(FrameType.Settings, Frame.Ack, 0, []);
                break;
            case FrameType.Ping:
                reply.WriteFrame(FrameType.Ping, Frame.Ack, 0, frame.Payload.Span);
                break;
            default:
                return;
        }

        await WriteAsync(reply.WrittenMemory, cancellation);
    }

    private void ReadSettings(ReadOnlySpan<byte> settings)
    {
        for (; settings.Length >= 6; settings = settings[6..])
        {
            if ((SettingId)BinaryPrimitives.ReadUInt16BigEndian(settings) == SettingId.MaxConcurrentStreams)
            {
                MaxStreams = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(settings[2..]), int.MaxValue);
            }
        }
    }
}
