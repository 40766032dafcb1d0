using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Pages;

/// <summary>Requests and answers of the site pass as they are: status, headers and every byte of the body.</summary>
public sealed class MessageTests
{
    private const int Kilobyte = 1024;

    /// <summary>More than the client sends on though it has been refused.</summary>
    private static readonly string Upload = new('u', 64 * Kilobyte);

    [Theory]
    [InlineData("HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 2-4/10\r\nAccept-Ranges: bytes\r\nContent-Length: 3\r\n\r\ncde")]
    [InlineData("HTTP/1.1 206 Partial Content\r\nContent-Type: multipart/byteranges; boundary=B\r\nContent-Length: 85\r\n\r\n--B\r\nContent-Range: bytes 0-0/10\r\n\r\na\r\n--B\r\nContent-Range: bytes 9-9/10\r\n\r\nj\r\n--B--\r\n")]
    [InlineData("HTTP/1.1 416 Range Not Satisfiable\r\nContent-Range: bytes */10\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 304 Not Modified\r\nETag: W/\"a\"\r\nLast-Modified: Mon, 01 Jan 2024 00:00:00 GMT\r\nVary: Accept-Encoding, Cookie\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nSet-Cookie: a=1; Path=/\r\nSet-Cookie: b=2; Expires=Mon, 01 Jan 2024 00:00:00 GMT\r\nSet-Cookie: a=3\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nLink: </a>; rel=preload\r\nLink: </b>; rel=preload\r\nX-Odd: \xc3\xa4\xff\xe4\r\nContent-Disposition: attachment; filename=\"Stra\xdf" + "e.pdf\"\r\nContent-Length: 2\r\n\r\n\xff\0")]
    [InlineData("HTTP/1.1 226 IM Used\r\nContent-Length: 2\r\n\r\nok")]
    [InlineData("HTTP/1.1 299 Nearly\r\nContent-Length: 2\r\n\r\nok")]
    [InlineData("HTTP/1.1 418 I am a teapot\r\nContent-Length: 2\r\n\r\nok")]
    [InlineData("HTTP/1.1 499 Odd\r\nContent-Length: 2\r\n\r\nok")]
    [InlineData("HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 9\r\n\r\nits own\r\n")]
    [InlineData("HTTP/1.1 599 Odder\r\nContent-Length: 2\r\n\r\nok")]
    public async Task Answer_OfTheWebsite_PassesWordForWord(string answer)
    {
        await using var origin = new RawUpstream();
        origin.AnswerWith(answer);
        await using var gateway = await StartAsync(origin.Address);

        var page = await gateway.SendAsync("GET /x HTTP/1.1\r\nHost: shop.example\r\nAccept: text/html\r\nRange: bytes=2-4\r\n\r\n");

        var end = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        Assert.Equal(Sorted(answer[..end]), Sorted(page.Head[..^4]).Where(line => !line.StartsWith("Date: ", StringComparison.Ordinal)));
        Assert.Equal(answer[(end + 4)..], page.Text);
    }

    [Fact]
    public async Task Request_WithConditionsRangesAndOddHeaders_ArrivesWordForWord()
    {
        string[] headers =
        [
            "If-None-Match: W/\"a\", \"b\"", "If-Modified-Since: Mon, 01 Jan 2024 00:00:00 GMT", "If-Range: \"a\"", "Range: bytes=0-0,-1", "Cookie: n=J\xfcrgen; u=\xc3\xa4",
            "X-Name: \xe4\xff", "X-Twice: 1, 2", "Accept-Language: de;q=0.5,*", "Cache-Control: no-cache", "User-Agent: odd (agent",
            "Priority: u=1, i", "Authorization: Basic \xff", "If-Match: *",
        ];
        await using var origin = new RawUpstream();
        await using var gateway = await StartAsync(origin.Address);

        var answer = await gateway.SendAsync($"GET /%7e/..%2F?a=[b]|c HTTP/1.1\r\nHost: shop.example\r\n{string.Join("\r\n", headers).Replace("1, 2", "1\r\nX-Twice: 2", StringComparison.Ordinal)}\r\n\r\n");
        var request = await origin.NextAsync();

        Assert.Equal(204, answer.Status);
        Assert.Equal("GET /%7e/..%2F?a=[b]|c HTTP/1.1", request.RequestLine);
        Assert.Equal(
            headers.Order(StringComparer.Ordinal),
            request.Headers.Where(header => header.Name is not "Host" && !header.Name.StartsWith("X-Forwarded-", StringComparison.Ordinal))
                .Select(header => $"{header.Name}: {header.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Head_OfAPage_HasItsLengthAndNoBody()
    {
        await using var origin = new RawUpstream();
        origin.AnswerWith("HTTP/1.1 200 OK\r\nContent-Length: 1234\r\nETag: \"a\"\r\n\r\n");
        await using var gateway = await StartAsync(origin.Address);
        using var client = await RawClient.ConnectAsync(gateway.Address);

        await client.WriteAsync("HEAD /x HTTP/1.1\r\nHost: shop.example\r\n\r\n");
        var head = await client.ReadAsync(isHead: true);
        origin.AnswerWith("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        await client.WriteAsync("GET /x HTTP/1.1\r\nHost: shop.example\r\n\r\n");
        var next = await client.ReadAsync();

        Assert.Equal((200, "1234", "\"a\""), (head.Status, head.Header("Content-Length"), head.Header("ETag")));
        Assert.Equal((200, "ok"), (next.Status, next.Text));
    }

    [Fact]
    public async Task Upload_InChunks_ArrivesInChunksOfTheSameBytes()
    {
        await using var origin = new RawUpstream();
        await using var gateway = await StartAsync(origin.Address);

        var answer = await gateway.SendAsync("PATCH /x HTTP/1.1\r\nHost: shop.example\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\n\0\xff\n\r\n2\r\nok\r\n0\r\nX-Trailer: lost\r\n\r\n");
        var request = await origin.NextAsync();

        Assert.Equal(204, answer.Status);
        Assert.Equal(("PATCH", "\0\xff\nok", "chunked", null), (request.Method, request.Text, request.Header("Transfer-Encoding"), request.Header("Content-Length")));
    }

    [Theory]
    [InlineData("/taken", 200, "HTTP/1.1 100 ")]
    [InlineData("/refused", 413, "HTTP/1.1 413 ")]
    public async Task Upload_ThatWaitsForItsContinue_HearsWhatTheWebsiteSays(string path, int status, string first)
    {
        await using var website = await Website.StartAsync(HttpProtocols.Http1, answer: TakeOrRefuseAsync);
        await using var gateway = await StartAsync(website.Address);
        using var client = await RawClient.ConnectAsync(gateway.Address);

        await client.WriteAsync($"POST {path} HTTP/1.1\r\nHost: shop.example\r\nExpect: 100-continue\r\nContent-Length: {Upload.Length}\r\n\r\n");
        var answer = await client.ReadAsync(isHead: status == 200);
        var interim = answer.Head;
        if (status == 200)
        {
            await client.WriteAsync(Upload);
            answer = await client.ReadAsync();
        }

        Assert.StartsWith(first, interim, StringComparison.Ordinal);
        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public async Task Upload_RefusedUnread_GetsTheWebsitesAnswer()
    {
        await using var website = await Website.StartAsync(HttpProtocols.Http1, answer: TakeOrRefuseAsync);
        await using var gateway = await StartAsync(website.Address);
        using var client = await RawClient.ConnectAsync(gateway.Address);

        await client.WriteAsync($"POST /refused HTTP/1.1\r\nHost: shop.example\r\nContent-Length: {Upload.Length}\r\n\r\n{Upload}");
        var answer = await client.ReadAsync();

        Assert.Equal((413, "no\n"), (answer.Status, answer.Text));
    }

    [Fact]
    public async Task Page_ForAClientOfHttp10_IsNotInChunksAndEndsWithTheConnection()
    {
        await using var origin = new RawUpstream();
        origin.AnswerWith("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n");
        await using var gateway = await StartAsync(origin.Address);

        var page = await gateway.SendAsync("GET /x HTTP/1.0\r\nHost: shop.example\r\n\r\n");
        var request = await origin.NextAsync();

        Assert.Equal((200, "ok", null), (page.Status, page.Text, page.Header("Transfer-Encoding")));
        Assert.Equal("GET /x HTTP/1.1", request.RequestLine);
    }

    [Theory]
    [InlineData(60, 204)]
    [InlineData(1024, 431)]
    public async Task Request_WithLargeHeaders_PassesUpTo64Kilobytes(int kilobytes, int status)
    {
        await using var origin = new RawUpstream();
        await using var gateway = await StartAsync(origin.Address);

        // Several: one line may be 32 KB.
        var headers = string.Concat(Enumerable.Range(0, kilobytes / 4).Select(i => $"X-{i}: {new string('a', (4 * Kilobyte) - 16)}\r\n"));
        var page = await gateway.SendAsync($"GET /x HTTP/1.1\r\nHost: shop.example\r\n{headers}\r\n");

        Assert.Equal(status, page.Status);
    }

    [Theory]
    [InlineData(250, 200)]
    [InlineData(1024, 502)]
    public async Task Answer_WithLargeHeaders_PassesUpTo256Kilobytes(int kilobytes, int status)
    {
        await using var origin = new RawUpstream();
        origin.AnswerWith($"HTTP/1.1 200 OK\r\nX-Large: {new string('a', kilobytes * Kilobyte)}\r\nContent-Length: 0\r\n\r\n");
        await using var gateway = await StartAsync(origin.Address);

        var page = await gateway.SendAsync("GET /x HTTP/1.1\r\nHost: shop.example\r\n\r\n");

        Assert.Equal(status, page.Status);
        Assert.Equal(status == 200 ? kilobytes * Kilobyte : 0, page.Header("X-Large")?.Length ?? 0);
    }

    [Fact]
    public async Task Page_ByDrops_ArrivesDropByDrop()
    {
        using var next = new SemaphoreSlim(0);
        await using var origin = new RawUpstream();
        origin.Answer = async (_, stream) =>
        {
            await RawUpstream.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\na");
            await next.WaitAsync();
            await RawUpstream.WriteAsync(stream, "b");
            await next.WaitAsync();
            await RawUpstream.WriteAsync(stream, "c");
        };
        await using var gateway = await StartAsync(origin.Address);
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(20) };
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{gateway.Address}/x") { Headers = { Host = "shop.example" } };

        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();
        var drops = "";
        for (int drop; (drop = body.ReadByte()) >= 0;)
        {
            drops += (char)drop;
            next.Release();
        }

        Assert.Equal("abc", drops);
    }

    private static Task<RunningGateway> StartAsync(string origin) => RunningGateway.StartAsync("http://127.0.0.1:1", $"\"origin\": \"{origin}\"");

    private static IEnumerable<string> Sorted(string head) => head.Split("\r\n").Order(StringComparer.Ordinal);

    private static async Task TakeOrRefuseAsync(HttpContext context)
    {
        if (context.Request.Path == "/refused")
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            context.Response.ContentLength = 3;
            await context.Response.WriteAsync("no\n");
            return;
        }

        using var body = new StreamReader(context.Request.Body);
        await context.Response.WriteAsync(await body.ReadToEndAsync());
    }
}
