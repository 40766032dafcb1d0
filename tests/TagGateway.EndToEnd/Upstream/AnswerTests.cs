using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Upstream;

/// <summary>Whatever Google answers comes back as it is, and is not acted upon.</summary>
public sealed class AnswerTests
{
    private const string Request = "GET /f807/x?y HTTP/1.1\r\nHost: shop.example\r\n\r\n";

    [Theory]
    [InlineData("200 OK")]
    [InlineData("201 Created")]
    [InlineData("400 Bad Request")]
    [InlineData("401 Unauthorized")]
    [InlineData("403 Forbidden")]
    [InlineData("404 Not Found")]
    [InlineData("407 Proxy Authentication Required")]
    [InlineData("408 Request Timeout")]
    [InlineData("429 Too Many Requests")]
    [InlineData("500 Internal Server Error")]
    [InlineData("502 Bad Gateway")]
    [InlineData("503 Service Unavailable")]
    [InlineData("599 Whatever")]
    [InlineData("600 Beyond")]
    [InlineData("999 Denied")]
    public async Task Answer_OfAnyStatus_PassesAsItIs(string status)
    {
        await using var google = new RawUpstream();
        google.AnswerWith($"HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: 7\r\n\r\nverdict");
        await using var gateway = await RunningGateway.StartAsync(google.Address);
        using var log = LogRecorder.Attach(gateway);

        var response = await gateway.SendAsync(Request);
        await google.NextAsync();

        Assert.Equal(int.Parse(status[..3], System.Globalization.CultureInfo.InvariantCulture), response.Status);
        Assert.Equal("verdict", response.Text);
        Assert.True(google.IsEmpty);
        Assert.Empty(log.Errors);
    }

    [Theory]
    [InlineData("301 Moved", "https://evil.example/")]
    [InlineData("302 Found", "/f807/x?y")]
    [InlineData("303 See Other", "//evil.example/")]
    [InlineData("307 Temporary Redirect", "http://shop.example/f807/x?y")]
    [InlineData("308 Permanent Redirect", "https://www.google.com/pagead/\xe4?a=|b")]
    [InlineData("300 Multiple Choices", "x")]
    public async Task Answer_Redirect_PassesUnfollowed(string status, string location)
    {
        await using var google = new RawUpstream();
        google.AnswerWith($"HTTP/1.1 {status}\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n");
        await using var gateway = await RunningGateway.StartAsync(google.Address);

        var response = await gateway.SendAsync(Request);
        await google.NextAsync();

        Assert.Equal(location, response.Header("Location"));
        Assert.True(google.IsEmpty);
    }

    [Theory]
    [InlineData("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n", 204, "")]
    [InlineData("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\nETag: \"x\"\r\n\r\n", 304, "")]
    [InlineData("HTTP/1.1 205 Reset Content\r\nContent-Length: 5\r\n\r\nhello", 205, "")]
    [InlineData("HTTP/1.1 205 Reset Content\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", 205, "")]
    [InlineData("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", 200, "ok")]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", 200, "ok")]
    [InlineData("HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok", 200, "ok")]
    [InlineData("HTTP/1.1 200 \xe4\xff\r\nContent-Length: 2\r\n\r\nok", 200, "ok")]
    [InlineData("HTTP/1.1 200 O\x01K\r\nContent-Length: 2\r\n\r\nok", 200, "ok")]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", 200, "ok")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-T\r\n\r\n2\r\nok\r\n0\r\nX-T: 1\r\n\r\n", 200, "ok")]
    [InlineData("HTTP/1.1 200 OK\nContent-Length: 2\n\nok", 200, "ok")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-A:\r\n\r\n", 200, "")]
    public async Task Answer_OfAnOddForm_PassesSoundly(string answer, int status, string body)
    {
        await using var google = new RawUpstream();
        google.AnswerWith(answer);
        await using var gateway = await RunningGateway.StartAsync(google.Address);
        using var log = LogRecorder.Attach(gateway);

        var exchange = await RawExchange.SendAsync(gateway.Address, Request);

        Assert.Equal(status, exchange.Status);
        Assert.EndsWith("\r\n\r\n" + body, exchange.Text.Replace("2\r\nok\r\n0\r\n\r\n", "ok", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(200, (await AfterwardsAsync(google, gateway)).Status);
        Assert.Empty(log.Errors);
    }

    /// <summary>Nobody asked for another protocol.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n")]
    public async Task Answer_SwitchingProtocols_IsAFailure(string headers)
    {
        await using var google = new RawUpstream();
        google.Answer = Fault.Closes("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nraw bytes");
        await using var gateway = await RunningGateway.StartAsync(google.Address);
        using var log = LogRecorder.Attach(gateway);

        var exchange = await RawExchange.SendAsync(gateway.Address, $"GET /f807/x HTTP/1.1\r\nHost: shop.example\r\n{headers}\r\n");

        Assert.Equal(502, exchange.Status);
        Assert.DoesNotContain("raw bytes", exchange.Text, StringComparison.Ordinal);
        Assert.Empty(log.Errors);
    }

    /// <summary>Two answers to one request: the second is nobody's.</summary>
    [Fact]
    public async Task Answer_ASecondOneBehind_ReachesNobody()
    {
        await using var google = new RawUpstream();
        google.AnswerWith("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nsmuggled");
        await using var gateway = await RunningGateway.StartAsync(google.Address);

        for (var i = 0; i < 5; i++)
        {
            var response = await gateway.SendAsync(Request);

            Assert.Equal("ok", response.Text);
        }
    }

    private static Task<RawResponse> AfterwardsAsync(RawUpstream google, RunningGateway gateway)
    {
        google.AnswerWith("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        return gateway.SendAsync(Request);
    }
}
