using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Pages;

/// <summary>A website behind that answers oddly, and visitors who name it oddly: no error escapes, and the next page comes.</summary>
public sealed class OddWebsiteTests
{
    private const string Request = "GET /x HTTP/1.1\r\nHost: shop.example\r\n\r\n";

    [Theory]
    [InlineData("HTTP/1.1 205 Reset Content\r\nContent-Length: 5\r\n\r\nhello")]
    [InlineData("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n")]
    [InlineData("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n")]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nraw")]
    [InlineData("HTTP/1.1 200 OK\r\nX-Bad: a\x01z\r\nContent-Length: 2\r\n\r\nok")]
    [InlineData("HTTP/1.1 200 OK\r\nX-Odd: \xe4\xff\r\nContent-Length: 2\r\n\r\nok")]
    [InlineData("HTTP/1.1 200 O\x01\xe4K\r\nContent-Length: 2\r\n\r\nok")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 50\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 999 Odd\r\nContent-Length: 2\r\n\r\nok")]
    [InlineData("HTTP/1.1 099 Odd\r\nContent-Length: 2\r\n\r\nok")]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: Content-Length, Content-Type\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nok")]
    [InlineData("garbage")]
    public async Task Page_AnsweredOddly_NothingEscapes(string answer)
    {
        await using var origin = new RawUpstream();
        origin.AnswerWith(answer);
        await using var gateway = await RunningGateway.StartAsync(origin.Address, $"\"origin\": \"{origin.Address}\"");
        using var log = LogRecorder.Attach(gateway);
        origin.Answer = Upstream.Fault.Closes(answer);

        foreach (var path in new[] { "/x", "/f807/x" })
        {
            var exchange = await RawExchange.SendAsync(gateway.Address, Request.Replace("/x", path, StringComparison.Ordinal));
            Assert.DoesNotContain("Exception", exchange.Text, StringComparison.Ordinal);
            Assert.True(log.Errors.Count == 0, $"{path} {exchange.Text}\n{string.Join('\n', log.Errors)}");
        }

        origin.AnswerWith("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        Assert.Equal("ok", (await gateway.SendAsync(Request)).Text);
    }

    [Theory]
    [InlineData("a$b")]
    [InlineData("a(b)c")]
    [InlineData("a,b")]
    [InlineData("a..b")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("a_b.example")]
    [InlineData("!;=~'*+&")]
    [InlineData("[::1]")]
    [InlineData("[::1]:80")]
    [InlineData("[v1.x]")]
    [InlineData("1.2.3.4.5")]
    [InlineData("256.256.256.256")]
    [InlineData("a:")]
    [InlineData("a:0")]
    public async Task Page_OddHostOnASiteForAll_PassesOrIsRefused(string host)
    {
        await using var origin = new RawUpstream();
        await using var gateway = await RunningGateway.StartFromJsonAsync($$"""
            { "urls": "http://127.0.0.1:0", "admin": { "url": "http://127.0.0.1:0" }, "log": { "level": "error" }, "connectTo": { "*": "{{origin.Address}}" },
              "sites": { "all": { "path": "/f807", "tags": ["G-MAIN1"], "origin": "{{origin.Address}}" } } }
            """);

        var response = await gateway.SendAsync($"GET /x HTTP/1.1\r\nHost: {host}\r\n\r\n");

        Assert.True(response.Status is 204 or 400 or 404, $"{response.Status}");
        if (response.Status == 204)
        {
            var request = await origin.NextAsync();
            Assert.Equal(host, request.Header("Host"));
            WireSyntax.AssertSound(request);
        }
    }
}
