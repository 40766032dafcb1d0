using System.Text;
using TagGateway.Attacks.Connecting;
using TagGateway.Attacks.Http2;

namespace TagGateway.Attacks.Crowds;

/// <summary>Holds connections that do nothing, and comes back for each that the server ends.</summary>
internal static class IdleConnections
{
    public static Crowd Start(Target target, int connections, IdleKind kind, string path) => Crowd.Start(connections, returns: true, (seat, stop) =>
        kind == IdleKind.Silent ? HoldSilentAsync(target, seat, stop)
        : target.Scheme == TargetScheme.Http ? HoldHttp1Async(target, path, seat, stop)
        : HoldHttp2Async(target, path, seat, stop));

    private static async Task HoldSilentAsync(Target target, CrowdSeat seat, CancellationToken stop)
    {
        await using var stream = await target.ConnectAsync(seat.Number, receiveBufferBytes: null, stop);
        seat.Open();
        await ReadToEndAsync(stream, stop);
    }

    private static async Task HoldHttp1Async(Target target, string path, CrowdSeat seat, CancellationToken stop)
    {
        await using var stream = await target.ConnectAsync(seat.Number, receiveBufferBytes: null, stop);
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"GET {path} HTTP/1.1\r\nHost: {target.Host}\r\n\r\n"), stop);
        seat.Open();
        await ReadToEndAsync(stream, stop);
    }

    private static async Task HoldHttp2Async(Target target, string path, CrowdSeat seat, CancellationToken stop)
    {
        await using var connection = await Http2Connection.OpenAsync(target, seat.Number, windowBytes: int.MaxValue, cancellation: stop);
        await connection.RequestAsync(HeaderBlock.Request("GET", target, path), endStream: true, stop);
        seat.Open();
        while (await connection.ReadAsync(stop) is not null)
        {
        }
    }

    private static async Task ReadToEndAsync(Stream stream, CancellationToken stop)
    {
        var buffer = new byte[512];
        while (await stream.ReadAsync(buffer, stop) > 0)
        {
        }
    }
}
