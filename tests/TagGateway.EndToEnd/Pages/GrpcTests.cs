using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Pages;

/// <summary>gRPC as it is on the wire: HTTP/2, messages with a length in front, the outcome in trailers, both sides talking at once.</summary>
public sealed class GrpcTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Call_OfEveryKindToEveryHttp2Origin_IsAnsweredWithItsTrailers()
    {
        await using var websites = await Websites.StartAsync(AnswerAsync);
        using var client = new HttpClient { Timeout = Patience };
        using var patience = new CancellationTokenSource(Patience);

        foreach (var host in new[] { "h2c.example", "tls2.example" })
        {
            await AssertUnaryAsync(client, websites, host, patience.Token);
            await AssertFailureAsync(client, websites, host, patience.Token);
            await AssertChatAsync(client, websites, host, patience.Token);
        }
    }

    private static async Task AssertUnaryAsync(HttpClient client, Websites websites, string host, CancellationToken cancellation)
    {
        using var request = Request(websites, host, "/chat.Chat/Say", new ByteArrayContent(Frame("hello")));

        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        var message = await ReadFrameAsync(body, cancellation);
        var end = await ReadFrameAsync(body, cancellation);

        Assert.Equal(("hello", null), (message, end));
        Assert.Equal("trailers", response.Headers.GetValues("x-te").Single());
        Assert.Equal("0", response.TrailingHeaders.GetValues("grpc-status").Single());
        Assert.Equal("said 1", response.TrailingHeaders.GetValues("grpc-message").Single());
    }

    private static async Task AssertFailureAsync(HttpClient client, Websites websites, string host, CancellationToken cancellation)
    {
        using var request = Request(websites, host, "/chat.Chat/Fail", new ByteArrayContent(Frame("hello")));

        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        var body = await response.Content.ReadAsByteArrayAsync(cancellation);

        // Without a body the trailers are the headers.
        var status = response.TrailingHeaders.TryGetValues("grpc-status", out var trailing) ? trailing : response.Headers.GetValues("grpc-status");
        Assert.Equal("12", status.Single());
        Assert.Empty(body);
    }

    private static async Task AssertChatAsync(HttpClient client, Websites websites, string host, CancellationToken cancellation)
    {
        using var content = new TalkingContent();
        using var request = Request(websites, host, "/chat.Chat/Talk", content);

        var answering = client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        await content.SayAsync(Frame("one"), cancellation);
        using var response = await answering;
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        var first = await ReadFrameAsync(body, cancellation);
        await content.SayAsync(Frame("two"), cancellation);
        var second = await ReadFrameAsync(body, cancellation);
        content.End();
        var end = await ReadFrameAsync(body, cancellation);

        Assert.Equal(("one", "two", null), (first, second, end));
        Assert.Equal("said 2", response.TrailingHeaders.GetValues("grpc-message").Single());
    }

    private static HttpRequestMessage Request(Websites websites, string host, string path, HttpContent content)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        var request = new HttpRequestMessage(HttpMethod.Post, $"http://{websites.Authority(2)}{path}")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        request.Headers.Host = host;
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        return request;
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        context.Response.ContentType = "application/grpc";
        context.Response.Headers["x-te"] = context.Request.Headers.TE;
        if (context.Request.Path.Value!.EndsWith("/Fail", StringComparison.Ordinal)) // every request has a path
        {
            context.Response.AppendTrailer("grpc-status", "12");
            return;
        }

        var said = 0;
        while (await ReadFrameAsync(context.Request.Body, context.RequestAborted) is { } message)
        {
            said++;
            await context.Response.Body.WriteAsync(Frame(message), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }

        context.Response.AppendTrailer("grpc-status", "0");
        context.Response.AppendTrailer("grpc-message", $"said {said}");
    }

    /// <summary>One byte 0 (not compressed), the length in four bytes, the message.</summary>
    private static byte[] Frame(string message)
    {
        var frame = new byte[5 + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        Encoding.ASCII.GetBytes(message, frame.AsSpan(5));
        return frame;
    }

    /// <summary>Null at the end.</summary>
    private static async Task<string?> ReadFrameAsync(Stream stream, CancellationToken cancellation)
    {
        var head = new byte[5];
        if (await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellation) < head.Length)
        {
            return null;
        }

        var message = new byte[BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(1))];
        await stream.ReadExactlyAsync(message, cancellation);
        return Encoding.ASCII.GetString(message);
    }

    /// <summary>A request body that is written while the answer is read.</summary>
    private sealed class TalkingContent : HttpContent
    {
        private readonly TaskCompletionSource<Stream> _stream = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task SayAsync(byte[] bytes, CancellationToken cancellation)
        {
            var stream = await _stream.Task.WaitAsync(cancellation);
            await stream.WriteAsync(bytes, cancellation);
            await stream.FlushAsync(cancellation);
        }

        public void End() => _end.SetResult();

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            _stream.SetResult(stream);
            return _end.Task;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
