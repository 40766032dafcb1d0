using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace TagGateway.EndToEnd.Harness;

/// <summary>Everything that comes back on one connection for whatever was sent on it, well-formed or not.</summary>
/// <param name="Text">All bytes until the server closed, as Latin-1.</param>
/// <param name="Status">Of the first answer that is not a 1xx; 0 when there was none.</param>
internal sealed record RawExchange(string Text, int Status)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Sends, then waits for the answers, then stops sending and reads until the server closes.</summary>
    /// <param name="address">The gateway's.</param>
    /// <param name="request">Latin-1.</param>
    /// <param name="answers">How many to wait for; 0: stops sending at once, for a request that is not whole.</param>
    public static async Task<RawExchange> SendAsync(string address, string request, int answers = 1)
    {
        using var client = await RawClient.ConnectAsync(address);
        // Once: TcpClient gives it no more when the other side has left.
        var stream = client.Stream;
        using var patience = new CancellationTokenSource(Patience);
        await client.WriteAsync(request);
        var received = new MemoryStream();
        try
        {
            var buffer = new byte[64 * 1024];
            for (int read; Count(received) < answers && (read = await stream.ReadAsync(buffer, patience.Token)) > 0;)
            {
                received.Write(buffer, 0, read);
            }

            stream.Socket.Shutdown(SocketShutdown.Send);
            await stream.CopyToAsync(received, patience.Token);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            // Reset: what has come so far counts.
        }

        var text = Encoding.Latin1.GetString(received.ToArray());
        return new RawExchange(text, StatusAt(text, EndOfInterim(text, 0)));
    }

    /// <summary>The whole answers, but for 1xx.</summary>
    private static int Count(MemoryStream received)
    {
        var text = Encoding.Latin1.GetString(received.GetBuffer(), 0, (int)received.Length);
        var count = 0;
        for (var at = EndOfInterim(text, 0); TryFindEnd(text, ref at); at = EndOfInterim(text, at))
        {
            count++;
        }

        return count;
    }

    private static int EndOfInterim(string text, int at)
    {
        while (StatusAt(text, at) is >= 100 and < 200 && text.IndexOf("\r\n\r\n", at, StringComparison.Ordinal) is > 0 and var end)
        {
            at = end + 4;
        }

        return at;
    }

    private static bool TryFindEnd(string text, ref int at)
    {
        var body = text.IndexOf("\r\n\r\n", at, StringComparison.Ordinal) + 4;
        if (body < 4)
        {
            return false;
        }

        var length = StatusAt(text, at) is 204 or 304 ? "0" : RawMessage.Value(text[at..body], "Content-Length");
        var isChunked = RawMessage.Value(text[at..body], "Transfer-Encoding") is not null;
        var end = isChunked ? text.IndexOf("0\r\n\r\n", body, StringComparison.Ordinal) + 5
            : body + int.Parse(length ?? "0", CultureInfo.InvariantCulture);
        at = end;
        return end >= body && end <= text.Length;
    }

    private static int StatusAt(string text, int at) =>
        text.AsSpan(at).StartsWith("HTTP/1.1 ", StringComparison.Ordinal) && text.Length >= at + 12
            ? int.Parse(text.AsSpan(at + 9, 3), CultureInfo.InvariantCulture)
            : 0;
}
