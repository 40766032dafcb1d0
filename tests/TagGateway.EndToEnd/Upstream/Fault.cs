using System.Net.Sockets;
using System.Text;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Upstream;

/// <summary>Ways in which an upstream fails.</summary>
internal static class Fault
{
    /// <summary>As short as the configuration lets it be.</summary>
    public const string ShortTimeout = "\"beacons\": { \"timeout\": \"00:00:01\" }";

    /// <summary>Longer than <see cref="ShortTimeout"/>, shorter than a test's patience.</summary>
    public static readonly TimeSpan Longer = TimeSpan.FromSeconds(1.5);

    /// <summary>These bytes, then the end of the connection.</summary>
    public static Func<RecordedRequest, Stream, Task> Closes(string text, bool reset = false) => async (_, stream) =>
    {
        await RawUpstream.WriteAsync(stream, text);
        var socket = ((NetworkStream)stream).Socket;
        if (reset)
        {
            socket.LingerState = new LingerOption(true, 0);
        }

        socket.Close();
        stream.Close();
    };

    /// <summary>These bytes, then nothing until the gateway gives up.</summary>
    public static Func<RecordedRequest, Stream, Task> Stalls(string text) => async (request, stream) =>
    {
        await RawUpstream.WriteAsync(stream, text);
        _ = await stream.ReadAsync(new byte[1]);
        stream.Close();
    };

    /// <summary>A part at a time, with a pause before each.</summary>
    public static Func<RecordedRequest, Stream, Task> Drips(TimeSpan pause, params string[] parts) => async (_, stream) =>
    {
        using var timer = new PeriodicTimer(pause);
        foreach (var part in parts)
        {
            await timer.WaitForNextTickAsync();
            await stream.WriteAsync(Encoding.Latin1.GetBytes(part));
        }
    };
}
