using System.IO.Compression;
using System.Text;

namespace TagGateway.Attacks.Google;

/// <summary>Writes what a hostile upstream sends.</summary>
/// <param name="script">An honest script, not encoded: large ones begin with it, so that it is seen whose they are.</param>
internal sealed class HostileBodies(byte[] script)
{
    private const string Start = "HTTP/1.1 200 OK\r\nContent-Type: application/javascript\r\nCache-Control: private, max-age=900\r\n";

    /// <summary>Just below the most that the gateway takes of a script (16 MiB).</summary>
    private const int LargeBytes = 15_900_000;

    private const int DrippedBytes = 14_000_000;
    private const int BombPartBytes = 100_000_000;
    private const int BombParts = 100;
    private static readonly TimeSpan DripInterval = TimeSpan.FromSeconds(1);
    private static readonly byte[] Zeros = new byte[1_000_000];

    private readonly Lazy<byte[]> _large = new(() => Pad(script));
    private readonly Lazy<byte[]> _gzipBomb = new(() => [.. Enumerable.Repeat(Compress(to => new GZipStream(to, CompressionLevel.SmallestSize)), BombParts).SelectMany(part => part)]);
    private readonly Lazy<byte[]> _brotliBomb = new(() => Compress(to => new BrotliStream(to, CompressionLevel.Fastest), times: 10));

    public Task WriteAsync(HostileKind kind, Stream stream, CancellationToken stop) => kind switch
    {
        HostileKind.Unreadable => WriteWholeAsync(stream, "", [.. script, (byte)'\n', (byte)'"'], stop),
        HostileKind.Large => WriteWholeAsync(stream, "", _large.Value, stop),
        HostileKind.GzipBomb => WriteWholeAsync(stream, "Content-Encoding: gzip\r\n", _gzipBomb.Value, stop),
        HostileKind.BrotliBomb => WriteWholeAsync(stream, "Content-Encoding: br\r\n", _brotliBomb.Value, stop),
        HostileKind.Drip => WriteDripAsync(stream, stop),
        HostileKind.EndlessBody => WriteEndlessAsync(stream, "\r\n"u8.ToArray(), Zeros, TimeSpan.Zero, stop),
        HostileKind.EndlessHeaders => WriteEndlessAsync(stream, [], Encoding.Latin1.GetBytes($"X-A: {new string('b', 1000)}\r\n"), TimeSpan.Zero, stop),
        _ => WriteEndlessAsync(stream, [], "X-A: b\r\n"u8.ToArray(), DripInterval, stop),
    };

    /// <param name="stream">Of the connection.</param>
    /// <param name="headers">More header lines, each with its end.</param>
    /// <param name="body">Sent with its length.</param>
    /// <param name="stop">The end of the attack.</param>
    public static async Task WriteWholeAsync(Stream stream, string headers, byte[] body, CancellationToken stop)
    {
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"{Start}{headers}Content-Length: {body.Length}\r\n\r\n"), stop);
        await stream.WriteAsync(body, stop);
    }

    private async Task WriteDripAsync(Stream stream, CancellationToken stop)
    {
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"{Start}Content-Length: {LargeBytes}\r\n\r\n"), stop);
        await stream.WriteAsync(_large.Value.AsMemory(0, DrippedBytes), stop);
        await RepeatAsync(stream, " "u8.ToArray(), DripInterval, stop);
    }

    private static async Task WriteEndlessAsync(Stream stream, byte[] first, byte[] piece, TimeSpan interval, CancellationToken stop)
    {
        await stream.WriteAsync(Encoding.Latin1.GetBytes(Start), stop);
        await stream.WriteAsync(first, stop);
        await RepeatAsync(stream, piece, interval, stop);
    }

    private static async Task RepeatAsync(Stream stream, byte[] piece, TimeSpan interval, CancellationToken stop)
    {
        using var timer = interval > TimeSpan.Zero ? new PeriodicTimer(interval) : null;
        while (timer is null || await timer.WaitForNextTickAsync(stop))
        {
            await stream.WriteAsync(piece, stop);
        }
    }

    private static byte[] Pad(byte[] script)
    {
        var large = new byte[LargeBytes];
        large.AsSpan().Fill((byte)'.');
        script.CopyTo(large, 0);
        "\n/*"u8.CopyTo(large.AsSpan(script.Length));
        "*/"u8.CopyTo(large.AsSpan(LargeBytes - 2));
        return large;
    }

    /// <summary>Of zeros: <see cref="BombPartBytes"/>, so many times.</summary>
    private static byte[] Compress(Func<Stream, Stream> coding, int times = 1)
    {
        var compressed = new MemoryStream();
        using (var coder = coding(compressed))
        {
            for (var written = 0L; written < (long)BombPartBytes * times; written += Zeros.Length)
            {
                coder.Write(Zeros);
            }
        }

        return compressed.ToArray();
    }
}
