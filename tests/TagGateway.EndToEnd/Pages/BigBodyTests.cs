using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Pages;

/// <summary>Bodies larger than the gateway's memory stream through it.</summary>
public sealed class BigBodyTests
{
    private const long Gigabyte = 1024L * 1024 * 1024;
    private const long Megabyte = 1024L * 1024;

    /// <summary>What a body costs beyond a small one: buffers, and what the collector has not yet taken back.</summary>
    private const long Flat = 80 * Megabyte;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly byte[] Piece = new byte[64 * 1024];

    [Theory]
    [InlineData(1, "http.example", Gigabyte)]
    [InlineData(2, "tls2.example", Gigabyte / 4)]
    public async Task Body_OfAGigabyte_StreamsBothWaysInFlatMemory(int version, string host, long size)
    {
        await using var websites = await Websites.StartAsync(AnswerAsync);
        using var client = new HttpClient { Timeout = Patience };
        var memory = websites.Gateway(version).Memory;
        await UploadAsync(client, websites, version, host, Megabyte);
        await DownloadAsync(client, websites, version, host, Megabyte);
        var before = memory.PeakBytes;

        var uploaded = await UploadAsync(client, websites, version, host, size);
        var downloaded = await DownloadAsync(client, websites, version, host, size);

        Assert.Equal((size, size), (uploaded, downloaded));
        TestContext.Current.TestOutputHelper?.WriteLine($"{before / Megabyte} MB before, {memory.PeakBytes / Megabyte} MB at most");
        Assert.InRange(memory.PeakBytes, before, before + Flat);
    }

    private static async Task<long> UploadAsync(HttpClient client, Websites websites, int version, string host, long size)
    {
        using var content = new StreamContent(new Zeros(size), Piece.Length);
        content.Headers.ContentLength = size;
        using var request = Request(websites, version, host, HttpMethod.Post);
        request.Content = content;
        using var response = await client.SendAsync(request);
        return long.Parse(await response.Content.ReadAsStringAsync(), CultureInfo.InvariantCulture);
    }

    private static async Task<long> DownloadAsync(HttpClient client, Websites websites, int version, string host, long size)
    {
        using var request = Request(websites, version, host, HttpMethod.Get);
        request.Headers.Range = new RangeHeaderValue(0, size - 1);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();
        return await CountAsync(body);
    }

    private static HttpRequestMessage Request(Websites websites, int version, string host, HttpMethod method)
    {
        var request = new HttpRequestMessage(method, $"http://{websites.Authority(version)}/big")
        {
            Version = version == 1 ? HttpVersion.Version11 : HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.Host = host;
        return request;
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        if (HttpMethods.IsPost(context.Request.Method))
        {
            await context.Response.WriteAsync($"{await CountAsync(context.Request.Body)}", context.RequestAborted);
            return;
        }

        var left = context.Request.GetTypedHeaders().Range!.Ranges.Single().To!.Value + 1; // every GET has one
        for (; left > 0; left -= Piece.Length)
        {
            await context.Response.Body.WriteAsync(Piece.AsMemory(0, (int)Math.Min(left, Piece.Length)), context.RequestAborted);
        }
    }

    private static async Task<long> CountAsync(Stream stream)
    {
        var (buffer, count) = (new byte[Piece.Length], 0L);
        for (int read; (read = await stream.ReadAsync(buffer)) > 0;)
        {
            count += read;
        }

        return count;
    }

    /// <summary>So many of them.</summary>
    private sealed class Zeros(long size) : Stream
    {
        private long _left = size;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, _left);
            _left -= read;
            return read;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
