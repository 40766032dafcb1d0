using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace TagGateway.EndToEnd.Harness;

/// <summary>An upstream of bare sockets: records every request byte for byte and answers with whatever bytes it is told.</summary>
internal sealed class RawUpstream : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<RecordedRequest> _requests = Channel.CreateUnbounded<RecordedRequest>();
    private readonly Task _loop;
    private int _connections;

    /// <param name="port">Of one that is gone, to be in its place; 0: any free one.</param>
    public RawUpstream(int port = 0)
    {
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
        _loop = AcceptAsync();
    }

    public string Address { get; }

    public int Connections => _connections;

    /// <summary>Writes the answer to a request; the default is Google's 204. Closing the stream ends the connection.</summary>
    public Func<RecordedRequest, Stream, Task> Answer { get; set; } = (_, stream) => WriteAsync(stream, "HTTP/1.1 204 No Content\r\n\r\n");

    public static Task WriteAsync(Stream stream, string text) => stream.WriteAsync(Encoding.Latin1.GetBytes(text)).AsTask();

    /// <summary>Answers every request with these bytes.</summary>
    public void AnswerWith(string text) => Answer = (_, stream) => WriteAsync(stream, text);

    /// <summary>The next request, in the order they ended.</summary>
    public async Task<RecordedRequest> NextAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        return await _requests.Reader.ReadAsync(patience.Token);
    }

    /// <summary>Every request that has ended and was not asked for yet.</summary>
    public IReadOnlyList<RecordedRequest> TakeAll()
    {
        var taken = new List<RecordedRequest>();
        while (_requests.Reader.TryRead(out var request))
        {
            taken.Add(request);
        }

        return taken;
    }

    /// <summary>Nothing has come that was not asked for by <see cref="NextAsync"/>.</summary>
    public bool IsEmpty => _requests.Reader.Count == 0;

    public async ValueTask DisposeAsync()
    {
        if (_loop.IsCompleted)
        {
            return;
        }

        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                _ = ServeAsync(client);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end of the test.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                client.NoDelay = true;
                var stream = client.GetStream();
                while (await RawMessage.ReadHeadAsync(stream, _stop.Token) is { } head)
                {
                    var (body, isWhole) = await RawMessage.ReadBodyAsync(stream, head, readToEnd: false, _stop.Token);
                    var request = new RecordedRequest(head, body, isWhole);
                    _requests.Writer.TryWrite(request);
                    if (!isWhole)
                    {
                        return;
                    }

                    await Answer(request, stream);
                    if (!stream.CanWrite)
                    {
                        return;
                    }
                }
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The gateway ended the connection, or the test did.
        }
    }
}
