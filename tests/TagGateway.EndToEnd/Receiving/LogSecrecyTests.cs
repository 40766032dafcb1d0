using TagGateway.EndToEnd.Harness;
using TagGateway.EndToEnd.Upstream;

namespace TagGateway.EndToEnd.Receiving;

/// <summary>Whatever happens, no log line holds anything of a visitor: no address, cookie, query, token, path or host.</summary>
public sealed class LogSecrecyTests
{
    private const string Secret = "s3cr3tw0rd";

    private static readonly string[] Requests =
    [
        $"GET /f807/ag/g/c?uid={Secret} HTTP/1.1\r\nHost: shop.example\r\n{Headers}\r\n",
        $"POST /f807/{Secret} HTTP/1.1\r\nHost: shop.example\r\n{Headers}Content-Length: 10\r\n\r\n{Secret}",
        $"POST /f807/x HTTP/1.1\r\nHost: shop.example\r\n{Headers}Content-Length: 50\r\n\r\n{Secret}",
        $"POST /f807/x HTTP/1.1\r\nHost: shop.example\r\n{Headers}Transfer-Encoding: chunked\r\n\r\n{Secret}\r\n",
        $"GET /f807/?id=GTM-S3CR3TW0RD&x={Secret} HTTP/1.1\r\nHost: shop.example\r\n{Headers}\r\n",
        $"GET /f807/?id={Secret} HTTP/1.1\r\nHost: shop.example\r\n{Headers}\r\n",
        $"GET /{Secret}?{Secret} HTTP/1.1\r\nHost: shop.example\r\n{Headers}\r\n",
        $"GET /f807/x HTTP/1.1\r\nHost: {Secret}.example\r\n{Headers}\r\n",
        $"GET /f807/x HTTP/1.1\r\nHost: shop.example\r\nBad[{Secret}: {Secret}\r\n{Headers}\r\n",
        $"GET /f807/{Secret}\0 HTTP/1.1\r\nHost: shop.example\r\n{Headers}\r\n",
        $"GET /f807/{Secret}\t HTTP/1.1\r\nHost: shop.example\r\n{Headers}\r\n",
        $"{Secret} {Secret} {Secret}\r\n\r\n",
        $"{Secret.ToUpperInvariant()} /f807/x HTTP/1.1\r\nHost: shop.example:{Secret}\r\n{Headers}\r\n",
        $"POST /f807/x HTTP/1.1\r\nHost: shop.example\r\n{Headers}Content-Length: {Secret}\r\n\r\n",
        $"POST /f807/x HTTP/1.1\r\nHost: shop.example\r\n{Headers}Content-Length: 999999999999999999999999999\r\n\r\n",
        $"GET /f807/x HTTP/1.1\r\nHost: shop.example\r\n{Headers}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
    ];

    private static string Headers =>
        $"X-Forwarded-For: 203.0.113.77\r\nCookie: _ga={Secret}; session={Secret}\r\nAuthorization: Bearer {Secret}\r\nUser-Agent: {Secret}\r\nReferer: https://shop.example/{Secret}\r\n";

    [Theory]
    [InlineData("information")]
    [InlineData("debug")]
    public async Task Log_AfterRequestsAndFaultsOfEveryKind_HoldsNothingOfThem(string level)
    {
        await using var upstream = new RawUpstream();
        await using var gateway = await RunningGateway.StartFromJsonAsync($$"""
            {
              "urls": "http://127.0.0.1:0", "admin": { "url": "http://127.0.0.1:0" }, "log": { "level": "{{level}}" }, "connectTo": { "*": "{{upstream.Address}}" },
              "sites": { "shop": { "hosts": ["shop.example"], "path": "/f807", "tags": ["G-MAIN1"], "origin": "{{upstream.Address}}", "beacons": { "timeout": "00:00:01" } } }
            }
            """);
        using var log = LogRecorder.Attach(gateway);
        Func<RecordedRequest, Stream, Task>[] answers =
        [
            upstream.Answer,
            Fault.Closes(""),
            Fault.Closes($"{Secret}\r\n\r\n"),
            Fault.Closes($"HTTP/1.1 200 OK\r\nX: {Secret}\r\nContent-Length: 100\r\n\r\n{Secret}"),
            (_, stream) => RawUpstream.WriteAsync(stream, $"HTTP/1.1 500 {Secret}\r\nContent-Length: 0\r\n\r\n"),
            (_, stream) => RawUpstream.WriteAsync(stream, $"HTTP/1.1 200 OK\r\nContent-Type: text/javascript\r\nContent-Encoding: {Secret}\r\nContent-Length: 0\r\n\r\n"),
        ];

        foreach (var answer in answers)
        {
            upstream.Answer = answer;
            foreach (var request in Requests)
            {
                // The bodies that are not whole get no answer before their end.
                var isWhole = !request.Contains("Content-Length: 50", StringComparison.Ordinal) && !request.Contains("chunked", StringComparison.Ordinal);
                await RawExchange.SendAsync(gateway.Address, request, answers: isWhole ? 1 : 0);
                using var client = await RawClient.ConnectAsync(gateway.Address);
                await client.WriteAsync(request);
                client.Close(reset: true);
            }
        }

        Assert.All(log.Lines, line =>
        {
            Assert.DoesNotContain(Secret, line, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("203.0.113.77", line, StringComparison.Ordinal);
            Assert.DoesNotContain("127.0.0.1", line, StringComparison.Ordinal);
        });
        Assert.Empty(log.Errors);
    }
}
