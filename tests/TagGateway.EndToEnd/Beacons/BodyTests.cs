using System.Text;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Beacons;

/// <summary>Bodies of hits: too large, endless, stalled, shorter than said. Nothing that is not whole looks whole to Google.</summary>
public sealed class BodyTests
{
    private const string Small = "\"beacons\": { \"maxBodyBytes\": 4096 }";
    private const string Chunked = "POST /f807/x HTTP/1.1\r\nHost: shop.example\r\nTransfer-Encoding: chunked\r\n\r\n";

    [Theory]
    [InlineData(4096, 204)]
    [InlineData(4097, 413)]
    [InlineData(1_000_000, 413)]
    public async Task Hit_WithALength_HeldToTheLimit(int length, int status)
    {
        await using var google = new RawUpstream();
        await using var gateway = await RunningGateway.StartAsync(google.Address, Small);

        foreach (var target in new[] { "/f807/ag/g/c", "/f807/?id=G-MAIN1", "/f807" })
        {
            // The refused body is not sent: RST with an unread body may take the answer with it.
            var body = status == 204 ? new string('x', length) : "";
            var response = await gateway.SendAsync($"POST {target} HTTP/1.1\r\nHost: shop.example\r\nContent-Length: {length}\r\n\r\n{body}");

            Assert.Equal(status, response.Status);
            if (status == 204)
            {
                Assert.Equal(body, (await google.NextAsync()).Text);
            }
        }

        await AssertNothingWholeAsync(google, gateway);
    }

    [Theory]
    [InlineData(4000, 204)] // Kestrel counts what frames the chunks, too
    [InlineData(4097, 413)]
    [InlineData(60_000, 413)]
    public async Task Hit_InChunks_HeldToTheLimit(int length, int status)
    {
        await using var google = new RawUpstream();
        await using var gateway = await RunningGateway.StartAsync(google.Address, Small);
        var body = new string('x', length);

        var response = await gateway.SendAsync($"{Chunked}{length:x}\r\n{body}\r\n0\r\n\r\n");

        Assert.Equal(status, response.Status);
        if (status == 204)
        {
            Assert.Equal(body, (await google.NextAsync()).Text);
        }

        await AssertNothingWholeAsync(google, gateway);
    }

    [Fact]
    public async Task Hit_OfEndlessChunks_IsEndedByTheGateway()
    {
        await using var google = new RawUpstream();
        await using var gateway = await RunningGateway.StartAsync(google.Address, Small);
        using var client = await RawClient.ConnectAsync(gateway.Address);
        var stream = client.Stream;
        await client.WriteAsync(Chunked);
        var chunk = Encoding.ASCII.GetBytes("400\r\n" + new string('x', 1024) + "\r\n");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));

        // Until the gateway no longer takes it; it drains a little for the sake of its answer.
        await Assert.ThrowsAsync<IOException>(async () =>
        {
            while (true)
            {
                await stream.WriteAsync(chunk, patience.Token);
            }
        });

        await AssertNothingWholeAsync(google, gateway);
    }

    [Theory]
    [InlineData("Content-Length: 50\r\n\r\nhello")]
    [InlineData("Content-Length: 100000\r\n\r\nhello")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5\r\nhel")]
    public async Task Hit_ThatStalls_IsRefusedInTime(string rest)
    {
        await using var google = new RawUpstream();
        await using var gateway = await RunningGateway.StartAsync(google.Address, "\"beacons\": { \"timeout\": \"00:00:01\" }");
        using var log = LogRecorder.Attach(gateway);

        var response = await gateway.SendAsync($"POST /f807/ag/g/c HTTP/1.1\r\nHost: shop.example\r\n{rest}");

        Assert.True(response.Status is 400 or 408, response.Head);
        await AssertNothingWholeAsync(google, gateway);
        Assert.Empty(log.Errors);
    }

    [Theory]
    [InlineData("Content-Length: 50\r\n\r\nhello", false)]
    [InlineData("Content-Length: 50\r\n\r\nhello", true)]
    [InlineData("Content-Length: 100000\r\n\r\nhello", false)]
    [InlineData("Content-Length: 100000\r\n\r\nhello", true)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", false)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n", true)]
    public async Task Hit_WhoseSenderLeavesWithin_NeverArrivesWhole(string rest, bool reset)
    {
        await using var google = new RawUpstream();
        await using var gateway = await RunningGateway.StartAsync(google.Address);
        using var log = LogRecorder.Attach(gateway);
        for (var i = 0; i < 20; i++)
        {
            using var client = await RawClient.ConnectAsync(gateway.Address);
            await client.WriteAsync($"POST /f807/ag/g/c HTTP/1.1\r\nHost: shop.example\r\n{rest}");
            client.Close(reset);
        }

        await AssertNothingWholeAsync(google, gateway);
        Assert.Empty(log.Errors);
    }

    [Fact]
    public async Task Hit_LargeAndStreamed_ArrivesByteForByte()
    {
        await using var google = new RawUpstream();
        await using var gateway = await RunningGateway.StartAsync(google.Address);
        var random = new Random(7);
        var body = new byte[200_000];
        random.NextBytes(body);
        using var client = await RawClient.ConnectAsync(gateway.Address);

        await client.WriteAsync($"POST /f807/ag/g/c HTTP/1.1\r\nHost: shop.example\r\nContent-Length: {body.Length}\r\n\r\n");
        await client.WriteAsync(body);

        Assert.Equal(204, (await client.ReadAsync()).Status);
        Assert.Equal(body, (await google.NextAsync()).Body);
    }

    /// <summary>Google answers before it has read all, as it may.</summary>
    [Fact]
    public async Task Hit_AnsweredBeforeItsBodyHasCome_AnswerPasses()
    {
        await using var google = new RawUpstream();
        await using var gateway = await RunningGateway.StartAsync(google.Address);
        google.AnswerWith("HTTP/1.1 429 Too Many Requests\r\nConnection: close\r\nContent-Length: 4\r\n\r\nlate");

        var response = await gateway.SendAsync($"POST /f807/x HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 100000\r\n\r\n{new string('x', 100_000)}");

        Assert.Equal((429, "late"), (response.Status, response.Text));
    }

    /// <summary>An honest hit comes through afterwards, and nothing whole came before it.</summary>
    private static async Task AssertNothingWholeAsync(RawUpstream google, RunningGateway gateway)
    {
        Assert.Equal(204, (await gateway.SendAsync("GET /f807/honest HTTP/1.1\r\nHost: shop.example\r\n\r\n")).Status);
        for (var next = await google.NextAsync(); next.Target != "/f807/honest"; next = await google.NextAsync())
        {
            Assert.False(next.IsWhole, next.Head);
        }
    }
}
