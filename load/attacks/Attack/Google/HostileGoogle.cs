using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TagGateway.Attacks.Google;

/// <summary>Stands where Google is, and is hostile or broken: odd script loads (<c>x=</c> in the query) and those of Tag Assistant (<c>gtm_debug</c>) get what
/// the kind says, all others an honest script, beacons 204.</summary>
internal sealed class HostileGoogle : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private readonly HostileKind _kind;
    private readonly byte[] _script;
    private readonly HostileBodies _bodies;
    private int _hostile;
    private int _open;

    /// <param name="kind">What odd loads get.</param>
    /// <param name="script">An honest script, not encoded.</param>
    /// <param name="port">0: any free one.</param>
    public HostileGoogle(HostileKind kind, byte[] script, int port = 0)
    {
        (_kind, _script, _bodies) = (kind, script, new HostileBodies(script));
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start(backlog: 1024);
        Address = $"http://{_listener.LocalEndpoint}";
        _accepting = AcceptAsync();
    }

    public string Address { get; }

    /// <summary>Requests that got the hostile response.</summary>
    public int Hostile => _hostile;

    /// <summary>Those that are still being sent: the gateway takes them still.</summary>
    public int Open => _open;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptSocketAsync(_stop.Token));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end of the attack.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            socket.NoDelay = true;
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            while (await ReadHeadAsync(stream) is { } head)
            {
                await AnswerAsync(stream, head);
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The gateway ended the connection, or the attack is over.
        }
    }

    private async Task BeHostileAsync(Stream stream)
    {
        Interlocked.Increment(ref _hostile);
        Interlocked.Increment(ref _open);
        try
        {
            await _bodies.WriteAsync(_kind, stream, _stop.Token);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private Task AnswerAsync(Stream stream, string head)
    {
        var line = head[..head.IndexOf('\r', StringComparison.Ordinal)];
        var isOdd = line.Contains("gtm_debug", StringComparison.Ordinal) || line.Contains("&x=", StringComparison.Ordinal);
        if (isOdd && _kind != HostileKind.Sound)
        {
            return BeHostileAsync(stream);
        }

        return line.Contains("id=", StringComparison.Ordinal) && line.StartsWith("GET ", StringComparison.Ordinal)
            ? HostileBodies.WriteWholeAsync(stream, "", _script, _stop.Token)
            : stream.WriteAsync("HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray(), _stop.Token).AsTask();
    }

    /// <summary>The head of the next request, whose body is not read: scripts are asked for without one. Null: there is none.</summary>
    private async Task<string?> ReadHeadAsync(Stream stream)
    {
        var head = new List<byte>(512);
        var one = new byte[1];
        while (await stream.ReadAsync(one, _stop.Token) > 0)
        {
            head.Add(one[0]);
            if (head.Count >= 4 && head[^4..] is [(byte)'\r', (byte)'\n', (byte)'\r', (byte)'\n'])
            {
                return Encoding.Latin1.GetString([.. head]);
            }
        }

        return null;
    }
}
