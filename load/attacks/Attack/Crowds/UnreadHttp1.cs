using System.Net.Sockets;
using System.Text;
using TagGateway.Attacks.Connecting;

namespace TagGateway.Attacks.Crowds;

/// <summary>One HTTP/1.1 connection whose response is not read.</summary>
internal static class UnreadHttp1
{
    /// <summary>As small as the system allows, so that little of the response is in its buffers.</summary>
    private const int ReceiveBufferBytes = 4096;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    public static async Task HoldAsync(Target target, UnreadOptions options, UnreadCounts counts, CrowdSeat seat, CancellationToken stop)
    {
        var stream = await target.ConnectAsync(seat.Number, ReceiveBufferBytes, stop);
        await using (stream)
        {
            var path = RequestTemplate.Fill(options.Paths[seat.Number % options.Paths.Count], seat.Number);
            await stream.WriteAsync(Encoding.Latin1.GetBytes($"GET {path} HTTP/1.1\r\nHost: {target.Host}\r\n\r\n"), stop);
            counts.AddAsked();
            seat.Open();
            try
            {
                await WaitAsync(stream, options, counts, stop);
            }
            finally
            {
                if (!stop.IsCancellationRequested)
                {
                    counts.AddReset(1);
                }
            }
        }
    }

    /// <summary>Until the connection has ended, as far as that shows behind bytes that are not read: a reset does, an orderly end does not.</summary>
    private static async Task WaitAsync(Stream stream, UnreadOptions options, UnreadCounts counts, CancellationToken stop)
    {
        var socket = ((NetworkStream)stream).Socket;
        using var timer = new PeriodicTimer(options.Trickle ?? Look);
        var one = new byte[1];
        while (await timer.WaitForNextTickAsync(stop))
        {
            if (socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error) is not (null or 0))
            {
                return;
            }

            if (options.Trickle is null)
            {
                continue;
            }

            if (await stream.ReadAsync(one, stop) == 0)
            {
                return;
            }

            counts.AddBody(1);
        }
    }
}
