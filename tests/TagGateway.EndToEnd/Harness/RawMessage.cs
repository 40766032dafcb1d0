using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace TagGateway.EndToEnd.Harness;

/// <summary>Reads one HTTP/1.1 message off a stream without repairing anything.</summary>
internal static class RawMessage
{
    /// <summary>The head with its empty line; null at the end of the stream before any byte.</summary>
    public static async Task<string?> ReadHeadAsync(NetworkStream stream, CancellationToken cancellation)
    {
        var head = new MemoryStream();
        var buffer = new byte[4096];
        while (true)
        {
            // Looked at first, so that not a byte of what follows the head is taken.
            var seen = await stream.Socket.ReceiveAsync(buffer.AsMemory(), SocketFlags.Peek, cancellation);
            if (seen == 0)
            {
                return head.Length == 0 ? null : Encoding.Latin1.GetString(head.ToArray());
            }

            var before = (int)head.Length;
            head.Write(buffer, 0, seen);
            var from = Math.Max(before - 3, 0);
            var end = head.GetBuffer().AsSpan(from, before + seen - from).IndexOf("\r\n\r\n"u8);
            var taken = end < 0 ? seen : from + end + 4 - before;
            await stream.ReadExactlyAsync(buffer.AsMemory(0, taken), cancellation);
            if (end >= 0)
            {
                head.SetLength(before + taken);
                return Encoding.Latin1.GetString(head.ToArray());
            }
        }
    }

    /// <summary>The body that the head promises; what came of it, and whether it was whole.</summary>
    public static async Task<(byte[] Body, bool IsWhole)> ReadBodyAsync(Stream stream, string head, bool readToEnd, CancellationToken cancellation)
    {
        if (Value(head, "Transfer-Encoding") is not null)
        {
            return await ReadChunksAsync(stream, cancellation);
        }

        var length = Value(head, "Content-Length");
        var body = new MemoryStream();
        try
        {
            if (length is not null)
            {
                await CopyAsync(stream, body, int.Parse(length, CultureInfo.InvariantCulture), cancellation);
                return (body.ToArray(), body.Length == int.Parse(length, CultureInfo.InvariantCulture));
            }

            if (readToEnd)
            {
                await stream.CopyToAsync(body, cancellation);
            }

            return (body.ToArray(), true);
        }
        catch (IOException)
        {
            return (body.ToArray(), false);
        }
    }

    public static string? Value(string head, string name)
    {
        var line = Array.Find(head.Split("\r\n"), line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase));
        return line?[(name.Length + 1)..].Trim();
    }

    private static async Task<(byte[] Body, bool IsWhole)> ReadChunksAsync(Stream stream, CancellationToken cancellation)
    {
        var body = new MemoryStream();
        try
        {
            while (true)
            {
                var size = int.Parse(await ReadLineAsync(stream, cancellation), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                if (size == 0)
                {
                    await ReadLineAsync(stream, cancellation);
                    return (body.ToArray(), true);
                }

                await CopyAsync(stream, body, size, cancellation);
                await ReadLineAsync(stream, cancellation);
            }
        }
        catch (Exception error) when (error is IOException or FormatException)
        {
            return (body.ToArray(), false);
        }
    }

    private static async Task<string> ReadLineAsync(Stream stream, CancellationToken cancellation)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one, cancellation) == 1)
        {
            if (one[0] == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)one[0]);
        }

        throw new EndOfStreamException();
    }

    private static async Task CopyAsync(Stream source, Stream target, int count, CancellationToken cancellation)
    {
        var buffer = new byte[16 * 1024];
        while (count > 0)
        {
            var read = await source.ReadAsync(buffer.AsMemory(0, Math.Min(buffer.Length, count)), cancellation);
            if (read == 0)
            {
                return;
            }

            await target.WriteAsync(buffer.AsMemory(0, read), cancellation);
            count -= read;
        }
    }
}
