using System.Net;
using System.Net.Sockets;

namespace TagGateway.EndToEnd.Harness;

/// <summary>An HTTP/2 client of bare frames: sends what it is given, well-formed or not, and neither repairs nor repeats anything.
/// One stream after another.</summary>
internal sealed class Http2Client : IDisposable
{
    private const int FrameHeaderBytes = 9;
    private const ushort HeaderTableSize = 1;
    private const ushort InitialWindowSize = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Stream _stream;
    private readonly CancellationTokenSource _patience = new(Patience);
    private readonly List<(uint LastStream, uint Error)> _goAways = [];
    private int _nextStream = 1;

    private Http2Client(Stream stream) => _stream = stream;

    /// <summary>Every GOAWAY of the server's so far.</summary>
    public IReadOnlyList<(uint LastStream, uint Error)> GoAways => _goAways;

    /// <param name="address">Of a listener that speaks HTTP/2 without TLS: <c>h2c://127.0.0.1:PORT</c>.</param>
    /// <param name="source">The client's own address; null: any.</param>
    /// <param name="window">How many bytes of each response may come unasked; null: as many as is usual.</param>
    public static async Task<Http2Client> ConnectAsync(string address, string? source = null, int? window = null)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (source is not null)
        {
            socket.Bind(new IPEndPoint(IPAddress.Parse(source), 0));
        }

        await socket.ConnectAsync(IPEndPoint.Parse(new Uri(address).Authority));
        return await BeginAsync(new NetworkStream(socket, ownsSocket: true), window);
    }

    /// <param name="stream">On which HTTP/2 is agreed on, by TLS or beforehand; closed with the client.</param>
    /// <param name="window">As above.</param>
    public static async Task<Http2Client> BeginAsync(Stream stream, int? window = null)
    {
        var client = new Http2Client(stream);
        await client.WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray());
        // Without a dynamic table a response's header block can be read on its own.
        await client.WriteAsync(new Http2Frame(Http2Frame.Settings, 0, 0, [0, (byte)HeaderTableSize, 0, 0, 0, 0]));
        if (window is { } bytes)
        {
            await client.WriteAsync(new Http2Frame(Http2Frame.Settings, 0, 0, [0, (byte)InitialWindowSize, .. Big(bytes)]));
        }

        return client;
    }

    /// <summary>One request on a connection of its own.</summary>
    public static async Task<Http2Response> SendAsync(string address, params (string Name, string Value)[] fields)
    {
        using var client = await ConnectAsync(address);
        return await client.SendAsync(HeaderBlock.Encode(fields));
    }

    /// <summary>A request on the next stream, and what came of it.</summary>
    /// <param name="block">The encoded header fields.</param>
    /// <param name="body">Null: the header fields end the stream.</param>
    public async Task<Http2Response> SendAsync(byte[] block, byte[]? body = null) => await ReadAsync(await BeginAsync(block, body));

    /// <summary>Opens the next stream.</summary>
    /// <returns>Its id.</returns>
    public async Task<int> BeginAsync(byte[] block, byte[]? body = null)
    {
        var stream = _nextStream;
        _nextStream += 2;
        await WriteAsync(new Http2Frame(Http2Frame.Headers, (byte)(Http2Frame.EndHeadersFlag | (body is null ? Http2Frame.EndStreamFlag : 0)), stream, block));
        if (body is not null)
        {
            await WriteAsync(new Http2Frame(Http2Frame.Data, Http2Frame.EndStreamFlag, stream, body));
        }

        return stream;
    }

    /// <summary>Reads until the stream has ended, one way or another, or the connection has.</summary>
    public async Task<Http2Response> ReadAsync(int stream)
    {
        var (status, body) = (0, new MemoryStream());
        while (await ReadFrameAsync() is { } frame)
        {
            if (frame.Stream != stream)
            {
                continue;
            }

            if (frame.Type == Http2Frame.Reset)
            {
                return new Http2Response(status, IsWhole: false, frame.Number(0), body.ToArray());
            }

            status = frame.Type == Http2Frame.Headers && status == 0 ? HeaderBlock.StatusOf(frame.Payload) : status;
            body.Write(frame.Type == Http2Frame.Data ? frame.Payload : []);
            if (frame.EndsStream)
            {
                return new Http2Response(status, IsWhole: true, null, body.ToArray());
            }
        }

        return new Http2Response(status, IsWhole: false, null, body.ToArray());
    }

    /// <summary>Opens streams and resets them at once (CVE-2023-44487), until they are so many or the server has enough.</summary>
    /// <returns>How many bytes were sent.</returns>
    public async Task<long> FloodAsync(byte[] block, int streams)
    {
        var sent = 0L;
        try
        {
            for (var i = 0; i < streams; i++)
            {
                var stream = await BeginAsync(block);
                await WriteAsync(new Http2Frame(Http2Frame.Reset, 0, stream, [0, 0, 0, 8]));
                sent += block.Length + (2 * FrameHeaderBytes) + sizeof(int);
            }
        }
        catch (IOException)
        {
            // The server has closed the connection.
        }

        return sent;
    }

    /// <summary>Reads until so many streams have been reset; false when the connection ends before.</summary>
    public async Task<bool> ReadResetsAsync(int count)
    {
        while (count > 0 && await ReadFrameAsync() is { } frame)
        {
            count -= frame.Type == Http2Frame.Reset ? 1 : 0;
        }

        return count == 0;
    }

    /// <summary>Reads until the heads of so many responses have come.</summary>
    /// <returns>Their statuses.</returns>
    public async Task<List<int>> ReadHeadsAsync(int count)
    {
        var statuses = new List<int>();
        while (statuses.Count < count && await ReadFrameAsync() is { } frame)
        {
            if (frame.Type == Http2Frame.Headers)
            {
                statuses.Add(HeaderBlock.StatusOf(frame.Payload));
            }
        }

        return statuses;
    }

    /// <summary>Reads until the server closes the connection.</summary>
    public async Task ReadToEndAsync()
    {
        while (await ReadFrameAsync() is not null)
        {
        }
    }

    public void Dispose()
    {
        _stream.Dispose();
        _patience.Dispose();
    }

    /// <summary>The next frame; null when the connection has ended. What the protocol asks back for is sent.</summary>
    private async Task<Http2Frame?> ReadFrameAsync()
    {
        try
        {
            var header = new byte[FrameHeaderBytes];
            await _stream.ReadExactlyAsync(header, _patience.Token);
            var payload = new byte[(header[0] << 16) | (header[1] << 8) | header[2]];
            await _stream.ReadExactlyAsync(payload, _patience.Token);
            var frame = new Http2Frame(header[3], header[4], ((header[5] & 0x7f) << 24) | (header[6] << 16) | (header[7] << 8) | header[8], payload);
            await AnswerAsync(frame);
            return frame;
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            return null;
        }
    }

    private async Task AnswerAsync(Http2Frame frame)
    {
        switch (frame.Type)
        {
            case Http2Frame.GoAway:
                _goAways.Add((frame.Number(0), frame.Number(4)));
                break;
            case Http2Frame.Settings when (frame.Flags & Http2Frame.AckFlag) == 0:
                await WriteAsync(frame with { Flags = Http2Frame.AckFlag, Payload = [] });
                break;
            case Http2Frame.Ping when (frame.Flags & Http2Frame.AckFlag) == 0:
                await WriteAsync(frame with { Flags = Http2Frame.AckFlag });
                break;
            case Http2Frame.Data when frame.Payload.Length > 0:
                var bytes = BitConverter.GetBytes(IPAddress.HostToNetworkOrder(frame.Payload.Length));
                await WriteAsync(new Http2Frame(Http2Frame.WindowUpdate, 0, 0, bytes));
                break;
        }
    }

    private Task WriteAsync(Http2Frame frame) => WriteAsync(frame.ToBytes());

    private async Task WriteAsync(byte[] bytes)
    {
        try
        {
            await _stream.WriteAsync(bytes, _patience.Token);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            // The server has closed: what it sent before tells why.
        }
    }

    private static byte[] Big(int number)
    {
        var bytes = new byte[sizeof(int)];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }
}
