using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Upstream;

/// <summary>A site's further tag: the main tag's host is asked first, the tag's own once that refuses, and the answer is remembered.</summary>
public sealed class SecondTagTests
{
    private const string Main = "g-main1.fps.goog";
    private const string Other = "g-other2.fps.goog";

    [Theory]
    [InlineData("GET /f807/?id=G-OTHER2 HTTP/1.1\r\nHost: shop.example\r\n\r\n")]
    [InlineData("GET /f807/ag/g/c?v=2&tid=G-OTHER2&x=~%7E HTTP/1.1\r\nHost: shop.example\r\n\r\n")]
    [InlineData("POST /f807/ag/g/c?tid=g-other2 HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 5\r\n\r\nen=ab")]
    public async Task Request_RefusedByTheMainHost_OwnHostIsAskedAndRemembered(string request)
    {
        await using var google = Refusing(Main);
        await using var gateway = await RunningGateway.StartAsync(google.Address);
        using var client = await RawClient.ConnectAsync(gateway.Address);

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(200, (await SendAsync(client, request)).Status);
        }

        var asked = await TakeAsync(google, 4);
        Assert.Equal([Main, Other, Other, Other], asked.Select(one => one.Header("Host")));
        Assert.All(asked, one => Assert.Equal((asked[0].RequestLine, asked[0].Text, true), (one.RequestLine, one.Text, one.IsWhole)));
        Assert.Equal(request[(request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..], asked[0].Text);
        Assert.True(google.IsEmpty);
    }

    [Theory]
    [InlineData("tid=G-MAIN1")]
    [InlineData("tid=G-EVIL1")]
    [InlineData("tid=")]
    [InlineData("x=1")]
    [InlineData("TID=G-OTHER2")]
    [InlineData("tid=G-MAIN1&tid=G-OTHER2")]
    [InlineData("tid=evil.example%2f")]
    [InlineData("tid=../G-OTHER2")]
    public async Task Hit_ForTheMainOrNoKnownTag_OnlyTheMainHostIsAsked(string query)
    {
        await using var google = Refusing(Main);
        await using var gateway = await RunningGateway.StartAsync(google.Address);

        var response = await gateway.SendAsync($"GET /f807/ag/g/c?{query} HTTP/1.1\r\nHost: shop.example\r\n\r\n");

        Assert.Equal(404, response.Status);
        Assert.Equal(Main, (await google.NextAsync()).Header("Host"));
        Assert.True(google.IsEmpty);
    }

    [Fact]
    public async Task Hit_RefusedByBothHosts_SecondAnswerComesAndNothingIsRemembered()
    {
        await using var google = Refusing(Main, Other);
        await using var gateway = await RunningGateway.StartAsync(google.Address);

        for (var i = 0; i < 2; i++)
        {
            var response = await gateway.SendAsync("GET /f807/ag/g/c?tid=G-OTHER2 HTTP/1.1\r\nHost: shop.example\r\n\r\n");

            Assert.Equal((404, Other), (response.Status, response.Text));
            Assert.Equal("1", response.Header("X-Answer"));
        }

        Assert.Equal([Main, Other, Main, Other], (await TakeAsync(google, 4)).Select(one => one.Header("Host")));
    }

    [Fact]
    public async Task Hit_RefusedByTheRememberedHost_MainIsAskedNextTime()
    {
        await using var google = Refusing(Main);
        await using var gateway = await RunningGateway.StartAsync(google.Address);
        using var client = await RawClient.ConnectAsync(gateway.Address);
        const string Hit = "GET /f807/ag/g/c?tid=G-OTHER2 HTTP/1.1\r\nHost: shop.example\r\n\r\n";
        await SendAsync(client, Hit);
        google.Answer = Refuse([Other]);

        await SendAsync(client, Hit);
        var response = await SendAsync(client, Hit);

        Assert.Equal(200, response.Status);
        Assert.Equal([Main, Other, Other, Main], (await TakeAsync(google, 4)).Select(one => one.Header("Host")));
    }

    /// <summary>A streamed body cannot be sent twice: no half a hit goes to the second host.</summary>
    [Fact]
    public async Task Hit_StreamedAndRefused_IsSentOnce()
    {
        await using var google = Refusing(Main);
        await using var gateway = await RunningGateway.StartAsync(google.Address);

        var response = await gateway.SendAsync("POST /f807/ag/g/c?tid=G-OTHER2 HTTP/1.1\r\nHost: shop.example\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");

        Assert.Equal(404, response.Status);
        var sent = await google.NextAsync();
        Assert.Equal((Main, "hello"), (sent.Header("Host"), sent.Text));
        Assert.True(google.IsEmpty);
    }

    [Fact]
    public async Task Hit_MainHostFails_OwnHostIsNotAsked()
    {
        await using var google = new RawUpstream();
        google.AnswerWith("HTTP/1.1 503 Unavailable\r\nContent-Length: 0\r\n\r\n");
        await using var gateway = await RunningGateway.StartAsync(google.Address);

        var response = await gateway.SendAsync("GET /f807/ag/g/c?tid=G-OTHER2 HTTP/1.1\r\nHost: shop.example\r\n\r\n");
        await google.NextAsync();

        Assert.Equal(503, response.Status);
        Assert.True(google.IsEmpty);
    }

    private static RawUpstream Refusing(params string[] hosts) => new() { Answer = Refuse(hosts) };

    private static Func<RecordedRequest, Stream, Task> Refuse(string[] hosts) => (request, stream) =>
    {
        var host = request.Header("Host") ?? "";
        var status = hosts.Contains(host) ? "404 Not Found" : "200 OK";
        return RawUpstream.WriteAsync(stream, $"HTTP/1.1 {status}\r\nX-Answer: 1\r\nContent-Length: {host.Length}\r\n\r\n{host}");
    };

    /// <summary>On one connection: the gateway begins a request when it is through with the one before, whose answer the browser has had earlier.</summary>
    private static async Task<RawResponse> SendAsync(RawClient client, string request)
    {
        await client.WriteAsync(request);
        return await client.ReadAsync();
    }

    private static async Task<List<RecordedRequest>> TakeAsync(RawUpstream upstream, int count)
    {
        var taken = new List<RecordedRequest>();
        while (taken.Count < count)
        {
            taken.Add(await upstream.NextAsync());
        }

        return taken;
    }
}
