using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Upstream;

/// <summary>Slow is not broken: only a silent Google is timed, never a slow reader or an event stream.</summary>
public sealed class SlowTests
{
    /// <summary>More than all the buffers between Google and the browser.</summary>
    private const int LargeBytes = 48 * 1024 * 1024;
    private const string Request = "GET /f807/x HTTP/1.1\r\nHost: shop.example\r\n\r\n";

    [Fact]
    public async Task Answer_ReadMoreSlowlyThanTheTimeout_IsNotCut()
    {
        await using var google = new RawUpstream();
        google.Answer = async (_, stream) =>
        {
            await RawUpstream.WriteAsync(stream, $"HTTP/1.1 200 OK\r\nContent-Length: {LargeBytes}\r\n\r\n");
            await stream.WriteAsync(new byte[LargeBytes]);
        };
        await using var gateway = await RunningGateway.StartAsync(google.Address, Fault.ShortTimeout);
        using var client = await RawClient.ConnectAsync(gateway.Address);
        await client.WriteAsync(Request);

        var slowly = new byte[4096];
        var length = 0L;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var i = 0; i < 30 && await timer.WaitForNextTickAsync(); i++)
        {
            length += await client.Stream.ReadAsync(slowly);
        }

        var rest = new byte[1024 * 1024];
        for (int read; length < LargeBytes && (read = await client.Stream.ReadAsync(rest)) > 0;)
        {
            length += read;
        }

        Assert.InRange(length, LargeBytes, LargeBytes + 4096);
    }

    [Fact]
    public async Task Answer_InDripsWithinTheTimeout_IsNotCut()
    {
        var drips = Enumerable.Repeat("4\r\ndrip\r\n", 5).ToArray();
        await using var google = new RawUpstream
        {
            Answer = Fault.Drips(TimeSpan.FromSeconds(0.5), ["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", .. drips, "0\r\n\r\n"]),
        };
        await using var gateway = await RunningGateway.StartAsync(google.Address, Fault.ShortTimeout);

        var response = await gateway.SendAsync(Request);

        Assert.True(response.IsWhole);
        Assert.Equal("dripdripdripdripdrip", response.Text);
    }

    [Fact]
    public async Task EventStream_WithPausesBeyondTheTimeout_IsNotCut()
    {
        await using var google = new RawUpstream
        {
            Answer = async (request, stream) =>
            {
                await RawUpstream.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
                await Fault.Drips(Fault.Longer, "9\r\ndata: 1\n\n\r\n", "9\r\ndata: 2\n\n\r\n0\r\n\r\n")(request, stream);
            },
        };
        await using var gateway = await RunningGateway.StartAsync(google.Address, Fault.ShortTimeout);

        var response = await gateway.SendAsync(Request);

        Assert.True(response.IsWhole);
        Assert.Equal("data: 1\n\ndata: 2\n\n", response.Text);
    }

    [Fact]
    public async Task EventStream_BrowserLeaves_UpstreamIsLetGo()
    {
        var ended = new TaskCompletionSource();
        await using var google = new RawUpstream
        {
            Answer = async (_, stream) =>
            {
                await RawUpstream.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n");
                var read = -1;
                try
                {
                    read = await stream.ReadAsync(new byte[1]);
                }
                catch (IOException)
                {
                    read = 0;
                }

                ended.TrySetResult();
                Assert.Equal(0, read);
            },
        };
        await using var gateway = await RunningGateway.StartAsync(google.Address, Fault.ShortTimeout);
        using var client = await RawClient.ConnectAsync(gateway.Address);
        await client.WriteAsync(Request);
        Assert.True(await client.Stream.ReadAsync(new byte[16]) > 0);

        client.Close();

        await ended.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }
}
