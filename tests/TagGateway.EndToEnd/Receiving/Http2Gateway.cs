using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Receiving;

/// <summary>A gateway that speaks HTTP/2 without TLS, with one site on <c>shop.example</c> and one on every other host; both have the same origin.</summary>
public sealed class Http2Gateway : IAsyncLifetime
{
    /// <summary>The origin's response to this one has headers of its own connection.</summary>
    internal const string HopByHop = "/hop";

    private RawUpstream _origin = null!; // InitializeAsync comes first
    private RunningGateway _gateway = null!;
    private LogRecorder _log = null!;
    private int _markers;

    internal string Address => _gateway.Address;

    internal IReadOnlyCollection<string> Log => _log.Lines;

    public async ValueTask InitializeAsync()
    {
        _origin = new RawUpstream();
        _origin.Answer = (request, stream) => RawUpstream.WriteAsync(stream, request.Target == HopByHop
            ? "HTTP/1.1 200 OK\r\nConnection: keep-alive, Upgrade\r\nKeep-Alive: timeout=5\r\nProxy-Connection: keep-alive\r\nUpgrade: h2c\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"
            : "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        _gateway = await RunningGateway.StartFromJsonAsync($$"""
            {
              "urls": "h2c://127.0.0.1:0", "admin": { "url": "http://127.0.0.1:0" }, "log": { "level": "warning" },
              "sites": {
                "shop": { "hosts": ["shop.example"], "path": "/f807", "tags": ["G-MAIN1"], "origin": "{{_origin.Address}}" },
                "any": { "hosts": ["*"], "path": "/f807", "tags": ["G-OTHER2"], "origin": "{{_origin.Address}}" }
              }
            }
            """);
        _log = LogRecorder.Attach(_gateway);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _origin.DisposeAsync();
        _log.Dispose();
    }

    /// <summary>What came of one request on a connection of its own, the GOAWAYs of that connection, and what reached the origin.</summary>
    internal async Task<(Http2Response Response, IReadOnlyList<(uint LastStream, uint Error)> GoAways, IReadOnlyList<RecordedRequest> Arrived)> SendAsync(byte[] block, byte[]? body = null)
    {
        _origin.TakeAll();
        using var client = await Http2Client.ConnectAsync(Address);
        var response = await client.SendAsync(block, body);
        return (response, client.GoAways, await TakeArrivedAsync());
    }

    /// <summary>Nothing of the request reached the origin, and it was refused: by a 400, or by a stream or connection error as RFC 9113 §8.1.1 has it.</summary>
    internal async Task AssertRefusedAsync(byte[] block, byte[]? body = null)
    {
        var (response, goAways, arrived) = await SendAsync(block, body);

        var isError = response.ResetBy == Http2Frame.ProtocolError || goAways.Any(goAway => goAway.Error != Http2Frame.NoError);
        Assert.True(response.Status == 400 || (response.Status == 0 && isError), $"{response} {string.Join(',', goAways)}");
        Assert.Empty(arrived);
        Assert.DoesNotContain(Log, line => line.Contains("Exception", StringComparison.Ordinal));
    }

    /// <summary>What came before a sound request that is sent now, on a connection of its own, and is served.</summary>
    private async Task<IReadOnlyList<RecordedRequest>> TakeArrivedAsync()
    {
        var marker = $"/marker{Interlocked.Increment(ref _markers)}";
        Assert.Equal(200, (await Http2Client.SendAsync(Address, HeaderBlock.Get(marker))).Status);
        var arrived = new List<RecordedRequest>();
        while (await _origin.NextAsync() is var request && request.Target != marker)
        {
            arrived.Add(request);
        }

        return arrived;
    }
}
