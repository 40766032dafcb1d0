using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TagGateway.EndToEnd.Harness;

/// <summary>A browser of bare sockets: sends the bytes it is given, and reads what comes without repairing it.</summary>
internal sealed class RawClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly TcpClient _client = new(AddressFamily.InterNetwork) { NoDelay = true };
    private readonly CancellationTokenSource _patience = new(Patience);

    private RawClient()
    {
    }

    public NetworkStream Stream => _client.GetStream();

    /// <param name="address">The server's.</param>
    /// <param name="source">The client's own address; null: any.</param>
    public static async Task<RawClient> ConnectAsync(string address, string? source = null)
    {
        var client = new RawClient();
        if (source is not null)
        {
            client._client.Client.Bind(new IPEndPoint(IPAddress.Parse(source), 0));
        }

        await client._client.ConnectAsync(IPEndPoint.Parse(new Uri(address).Authority));
        return client;
    }

    /// <summary>One request on a connection of its own.</summary>
    public static async Task<RawResponse> SendAsync(string address, string request, string? source = null)
    {
        using var client = await ConnectAsync(address, source);
        await client.WriteAsync(request);
        return await client.ReadAsync(request.StartsWith("HEAD ", StringComparison.Ordinal));
    }

    public Task WriteAsync(string text) => WriteAsync(Encoding.Latin1.GetBytes(text));

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await Stream.WriteAsync(bytes, _patience.Token);
        }
        catch (IOException)
        {
            // The server has answered and closed before it had all: its answer tells why.
        }
    }

    /// <summary>The next response; status 0 when the connection ended without one.</summary>
    public async Task<RawResponse> ReadAsync(bool isHead = false)
    {
        try
        {
            var head = await RawMessage.ReadHeadAsync(Stream, _patience.Token);
            if (head is null)
            {
                return RawResponse.None;
            }

            var status = int.Parse(head.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture);
            if (isHead || status is 204 or 304 or 101)
            {
                return new RawResponse(status, head, [], true);
            }

            var (body, isWhole) = await RawMessage.ReadBodyAsync(Stream, head, readToEnd: true, _patience.Token);
            return new RawResponse(status, head, body, isWhole);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            return RawResponse.None;
        }
    }

    /// <summary>Closes at once: a reset when <paramref name="reset"/>, else a FIN.</summary>
    public void Close(bool reset = false)
    {
        if (reset)
        {
            _client.Client.LingerState = new LingerOption(true, 0);
        }

        _client.Close();
    }

    public void Dispose()
    {
        _client.Dispose();
        _patience.Dispose();
    }
}
