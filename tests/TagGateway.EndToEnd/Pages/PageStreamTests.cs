using System.Net;
using System.Net.Sockets;
using System.Text;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Pages;

/// <summary>A page reaches the visitor as the website sends it, and what goes wrong is not made to look right.</summary>
public sealed class PageStreamTests
{
    private const string Chunked = "HTTP/1.1 200 OK\r\n" + PageVisit.Html + "Transfer-Encoding: chunked\r\n";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Page_InChunks_ArrivesBeforeTheNextIsSent()
    {
        await using var origin = new RawUpstream();
        using var next = new SemaphoreSlim(0);
        origin.Answer = async (_, stream) =>
        {
            await RawUpstream.WriteAsync(stream, $"{Chunked}\r\n");
            foreach (var chunk in new[] { "<p>one</p>", "<p>two</p>", "<p>three</p>" })
            {
                await stream.WriteChunkAsync(Encoding.ASCII.GetBytes(chunk));
                await next.WaitAsync();
            }

            await RawUpstream.WriteAsync(stream, "0\r\n\r\n");
        };
        await using var gateway = await PageVisit.StartAsync(origin);
        using var visitor = await RawClient.ConnectAsync(gateway.Address);

        await visitor.WriteAsync(PageVisit.Get());

        foreach (var text in new[] { "<p>one</p>", "<p>two</p>", "<p>three</p>" })
        {
            await visitor.Stream.ReadUntilAsync(text);
            next.Release();
        }

        await visitor.Stream.ReadUntilAsync("0\r\n\r\n");
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Page_CodedInChunks_CanBeReadBeforeTheNextIsSent(string coding)
    {
        await using var origin = new RawUpstream();
        using var next = new SemaphoreSlim(0);
        origin.Answer = async (_, stream) =>
        {
            await RawUpstream.WriteAsync(stream, $"{Chunked}Content-Encoding: {coding}\r\n\r\n");
            var coded = new MemoryStream();
            await using var encoder = PageVisit.Encoder(coding, coded);
            for (var part = 1; part <= 3; part++)
            {
                encoder.Write(Encoding.ASCII.GetBytes($"<p>part {part}</p>"));
                encoder.Flush();
                await stream.WriteChunkAsync(coded.ToArray());
                coded.SetLength(0);
                await next.WaitAsync();
            }

            encoder.Dispose();
            await stream.WriteChunkAsync(coded.ToArray());
            await RawUpstream.WriteAsync(stream, "0\r\n\r\n");
        };
        await using var gateway = await PageVisit.StartAsync(origin);
        using var handler = new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Brotli };
        using var client = new HttpClient(handler) { Timeout = Patience };
        using var request = new HttpRequestMessage(HttpMethod.Get, gateway.Address + "/x") { Headers = { Host = "shop.example" } };

        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await response.Content.ReadAsStreamAsync();
        using var patience = new CancellationTokenSource(Patience);
        var received = "";
        var buffer = new byte[1000];
        for (var part = 1; part <= 3; part++)
        {
            while (!received.Contains($"<p>part {part}</p>", StringComparison.Ordinal))
            {
                var read = await stream.ReadAsync(buffer, patience.Token);
                Assert.NotEqual(0, read);
                received += Encoding.ASCII.GetString(buffer, 0, read);
            }

            next.Release();
        }

        Assert.Equal(0, await stream.ReadAsync(buffer, patience.Token));
    }

    /// <summary>Though all of it is at hand: a browser begins with the beginning.</summary>
    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Page_CodedAllAtOnce_HasItsBeginningSentFirst(string coding)
    {
        var page = Encoding.ASCII.GetBytes($"<!doctype html>{string.Concat(Enumerable.Repeat("<p>the same again and again</p>", 2000))}");
        await using var origin = new RawUpstream();
        origin.AnswerWith(PageVisit.Answer($"{PageVisit.Html}Content-Encoding: {coding}\r\n", PageVisit.Encode(coding, page)));
        await using var gateway = await PageVisit.StartAsync(origin);
        using var visitor = await RawClient.ConnectAsync(gateway.Address);

        await visitor.WriteAsync(PageVisit.Get($"Accept-Encoding: {coding}\r\n"));
        var first = await ReadFirstChunkAsync(visitor.Stream);
        var beginning = PageVisit.DecodeBeginning(coding, first);

        Assert.InRange(beginning.Length, 4000, page.Length / 2);
        Assert.Equal(page[..beginning.Length], beginning);
    }

    [Theory]
    [InlineData("Content-Length: 500\r\n\r\n<p>half")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n7\r\n<p>half\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n7\r\n<p>half\r\nzz\r\n")]
    public async Task Page_BrokenOff_IsNoWholeAnswer(string answer)
    {
        await using var origin = new RawUpstream();
        origin.Answer = Upstream.Fault.Closes($"HTTP/1.1 200 OK\r\n{PageVisit.Html}{answer}");
        await using var gateway = await PageVisit.StartAsync(origin);
        using var log = LogRecorder.Attach(gateway);

        var response = await gateway.SendAsync(PageVisit.Get());

        // Before anything was sent there may still be an answer that says so.
        Assert.True(response.Status == 502 || (!response.IsWhole && "<p>half".StartsWith(response.Text, StringComparison.Ordinal)), $"{response.Status} {response.Text}");
        Assert.Empty(log.Errors);
    }

    [Fact]
    public async Task Page_BrokenOffBeforeItsFirstByte_Is502()
    {
        await using var origin = new RawUpstream();
        origin.Answer = Upstream.Fault.Closes($"HTTP/1.1 200 OK\r\n{PageVisit.Html}ETag: \"a\"\r\nContent-Length: 500\r\n\r\n");
        await using var gateway = await PageVisit.StartAsync(origin);

        var response = await gateway.SendAsync(PageVisit.Get());

        Assert.Equal((502, "bad gateway\n", null), (response.Status, response.Text, response.Header("ETag")));
    }

    [Fact]
    public async Task Page_WithoutEnd_StopsWhenTheVisitorLeaves()
    {
        await using var origin = new RawUpstream();
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        origin.Answer = async (_, stream) =>
        {
            await RawUpstream.WriteAsync(stream, $"{Chunked}\r\n");
            try
            {
                for (var chunk = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("<p>more</p>", 100))); ;)
                {
                    await stream.WriteChunkAsync(chunk);
                }
            }
            catch (IOException)
            {
                ended.SetResult();
            }
        };
        await using var gateway = await PageVisit.StartAsync(origin);
        using var log = LogRecorder.Attach(gateway);
        var visitor = await RawClient.ConnectAsync(gateway.Address);

        await visitor.WriteAsync(PageVisit.Get());
        await visitor.Stream.ReadUntilAsync("<p>more</p>");
        visitor.Close(reset: true);

        await ended.Task.WaitAsync(Patience);
        Assert.Empty(log.Errors);
    }

    [Fact]
    public async Task Page_SilentWebsite_IsLetGoWhenTheVisitorLeaves()
    {
        await using var origin = new RawUpstream();
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        origin.Answer = async (_, stream) =>
        {
            await RawUpstream.WriteAsync(stream, $"{Chunked}\r\n5\r\n<p>a\n\r\n");
            await stream.ReadExactlyAsync(new byte[1]).AsTask().ContinueWith(static _ => { }, TaskScheduler.Default);
            ended.SetResult();
        };
        await using var gateway = await PageVisit.StartAsync(origin);
        var visitor = await RawClient.ConnectAsync(gateway.Address);

        await visitor.WriteAsync(PageVisit.Get());
        await visitor.Stream.ReadUntilAsync("<p>a");
        visitor.Close(reset: true);

        await ended.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task Page_OverHttp2WithTrailers_IsWholeWithThem()
    {
        await using var origin = new RawUpstream();
        origin.AnswerWith($"{Chunked}Trailer: X-Sum\r\n\r\n5\r\n<p>a\n\r\n0\r\nX-Sum: 5\r\n\r\n");
        await using var gateway = await RunningGateway.StartFromJsonAsync($$"""
            { "urls": "h2c://127.0.0.1:0", "admin": { "url": "http://127.0.0.1:0" }, "log": { "level": "error" },
              "sites": { "shop": { "path": "/f807", "tags": ["G-MAIN1"], "origin": "{{origin.Address}}", "page": { "tag": "rewrite" } } } }
            """);
        using var client = new HttpClient { Timeout = Patience };
        using var request = new HttpRequestMessage(HttpMethod.Get, gateway.Address.Replace("h2c:", "http:", StringComparison.Ordinal) + "/x")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        using var response = await client.SendAsync(request);

        Assert.Equal("<p>a\n", await response.Content.ReadAsStringAsync());
        Assert.Equal("5", Assert.Single(response.TrailingHeaders.GetValues("X-Sum")));
    }

    [Fact]
    public async Task Page_BrokenOffOverHttp2_IsAnError()
    {
        await using var origin = new RawUpstream();
        origin.Answer = Upstream.Fault.Closes($"{Chunked}\r\n5\r\n<p>a\n\r\n");
        await using var gateway = await RunningGateway.StartFromJsonAsync($$"""
            { "urls": "h2c://127.0.0.1:0", "admin": { "url": "http://127.0.0.1:0" }, "log": { "level": "error" },
              "sites": { "shop": { "path": "/f807", "tags": ["G-MAIN1"], "origin": "{{origin.Address}}", "page": { "tag": "rewrite" } } } }
            """);
        using var client = new HttpClient { Timeout = Patience };
        using var request = new HttpRequestMessage(HttpMethod.Get, gateway.Address.Replace("h2c:", "http:", StringComparison.Ordinal) + "/x")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        await Assert.ThrowsAsync<HttpRequestException>(() => client.SendAsync(request));
    }

    /// <summary>Of a body in chunks.</summary>
    private static async Task<byte[]> ReadFirstChunkAsync(NetworkStream stream)
    {
        using var patience = new CancellationTokenSource(Patience);
        await RawMessage.ReadHeadAsync(stream, patience.Token);
        var (line, next) = ("", new byte[1]);
        while (!line.EndsWith("\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(next, patience.Token);
            line += (char)next[0];
        }

        var chunk = new byte[Convert.ToInt32(line.Trim(), 16)];
        await stream.ReadExactlyAsync(chunk, patience.Token);
        return chunk;
    }
}
