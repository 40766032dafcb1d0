using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Operations;

/// <summary>The administration API on the wire: who may, and what a mistake is answered with.</summary>
public sealed class AdminApiTests
{
    private const string Token = "a-token-of-some-length";
    private const string OtherToken = "another-token-of-length";

    [Theory]
    [InlineData("POST", "Host: localhost", 200)]
    [InlineData("POST", "Host: 127.0.0.1:8081", 200)]
    [InlineData("POST", "Host: [::1]:8081", 200)]
    [InlineData("POST", "Host: localhost\r\nOrigin: http://localhost\r\nSec-Fetch-Site: same-origin", 200)]
    [InlineData("POST", "Host: localhost\r\nAuthorization: Bearer not-asked-for-today", 200)]
    [InlineData("GET", "Host: localhost", 405)]
    [InlineData("HEAD", "Host: localhost", 405)]
    [InlineData("post", "Host: localhost", 405)]
    [InlineData("POST", "Host: rebound.example", 403)]
    [InlineData("POST", "Host: localhost.rebound.example", 403)]
    [InlineData("POST", "Host:", 403)]
    [InlineData("POST", "Host: localhost\r\nOrigin: http://localhost:3000", 403)]
    [InlineData("POST", "Host: localhost\r\nOrigin: null", 403)]
    [InlineData("POST", "Host: localhost\r\nSec-Fetch-Site: cross-site", 403)]
    [InlineData("POST", "Host: localhost\r\nSec-Fetch-Site: same-site", 403)]
    [InlineData("OPTIONS", "Host: localhost\r\nOrigin: http://evil.example\r\nAccess-Control-Request-Method: POST", 403)]
    [InlineData("POST", "Host: localhost\r\nX-Forwarded-For: 203.0.113.9", 403)]
    [InlineData("POST", "Host: localhost\r\nForwarded: for=203.0.113.9", 403)]
    [InlineData("POST", "Host: localhost\r\nVia: 1.1 proxy", 403)]
    public async Task Purge_OnLoopbackWithoutToken_IsForProgramsOfThisMachine(string method, string headers, int expected)
    {
        await using var gateway = await StartAsync();

        var answer = await RawClient.SendAsync(gateway.Admin, Request(method, headers));

        Assert.Equal(expected, answer.Status);
        Assert.DoesNotContain("Access-Control", answer.Head, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Equal(expected == 403 ? "close" : null, answer.Header("Connection"));
    }

    [Fact]
    public async Task Purge_Done_IsJson()
    {
        await using var gateway = await StartAsync();

        var answer = await RawClient.SendAsync(gateway.Admin, Request("POST", "Host: localhost", """{"site":"shop","tag":"g-main1"}"""));

        Assert.Equal("application/json", answer.Header("Content-Type"));
        Assert.Matches("""^\{"removed":\d+,"reach":"thisGateway"\}$""", answer.Text);
    }

    [Theory]
    [InlineData("{\"site\":\"nowhere\"}", "{\"error\":\"site: there is no site \\\"nowhere\\\"\"}")]
    [InlineData("{\"tag\":\"not_a_tag\"}", "{\"error\":\"tag: \\\"not_a_tag\\\" is not a tag id such as \\\"G-ABC123\\\" or \\\"GTM-ABC123\\\"\"}")]
    [InlineData("{\"all\":true,\"site\":\"shop\"}", "{\"error\":\"give \\\"site\\\", \\\"tag\\\" or both, or \\\"all\\\": true\"}")]
    [InlineData("{\"al\":true}", "{\"error\":\"al: unknown key; did you mean \\\"all\\\"?\"}")]
    [InlineData("all", "{\"error\":\"the body is not JSON: line 1, column 1: 'a' is an invalid start of a value\"}")]
    public async Task Purge_WrongBody_Is400AndNamesIt(string body, string expected)
    {
        await using var gateway = await StartAsync();

        var answer = await RawClient.SendAsync(gateway.Admin, Request("POST", "Host: localhost", body));

        Assert.Equal(400, answer.Status);
        Assert.Equal(expected, answer.Text);
    }

    [Fact]
    public async Task Purge_FormOfAPage_Is415EvenWithoutABrowsersHeaders()
    {
        await using var gateway = await StartAsync();

        var answer = await RawClient.SendAsync(
            gateway.Admin, "POST /api/purge HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 12\r\n\r\n{\"all\":true}");

        Assert.Equal(415, answer.Status);
    }

    [Fact]
    public async Task Purge_ChunkedBodyWithoutEnd_Is413()
    {
        await using var gateway = await StartAsync();
        using var client = await RawClient.ConnectAsync(gateway.Admin);

        await client.WriteAsync("POST /api/purge HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
        await client.WriteAsync($"5000\r\n{new string(' ', 0x5000)}\r\n");

        Assert.Equal(413, (await client.ReadAsync()).Status);
    }

    [Fact]
    public async Task Purge_OnTheTrafficPort_IsNotThere()
    {
        await using var gateway = await StartAsync();

        var answer = await RawClient.SendAsync(gateway.Address, Request("POST", "Host: localhost"));

        Assert.Equal(404, answer.Status);
    }

    /// <summary>On a machine without a network the loop has nothing to do; the rule itself is tested without sockets.</summary>
    [Fact]
    public async Task Purge_ByAnAddressThatIsNotLoopback_IsForbiddenAndHealthIsNot()
    {
        await using var gateway = await StartAsync("http://*:0");
        var port = gateway.Admin.Split(':')[^1];

        foreach (var address in OwnAddresses())
        {
            var there = $"http://{address}:{port}";
            Assert.Equal(403, (await RawClient.SendAsync(there, Request("POST", "Host: localhost"))).Status);
            Assert.Equal(200, (await RawClient.SendAsync(there, "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")).Status);
        }

        Assert.Equal(200, (await RawClient.SendAsync($"http://127.0.0.1:{port}", Request("POST", "Host: localhost"))).Status);
    }

    [Fact]
    public async Task Purge_WithToken_IsForWhoHasItFromAnywhere()
    {
        await using var gateway = await StartAsync("http://*:0", Token);
        var port = gateway.Admin.Split(':')[^1];

        foreach (var address in OwnAddresses().Append(IPAddress.Loopback))
        {
            var there = $"http://{address}:{port}";
            var without = await RawClient.SendAsync(there, Request("POST", "Host: localhost"));
            Assert.Equal("401 Bearer realm=\"taggateway\"", $"{without.Status} {without.Header("WWW-Authenticate")}");
            Assert.Equal(401, (await RawClient.SendAsync(there, Request("POST", $"Host: localhost\r\nAuthorization: Bearer {OtherToken}"))).Status);
            Assert.Equal(200, (await RawClient.SendAsync(there, Request("POST", $"Host: admin.example\r\nX-Forwarded-For: 203.0.113.9\r\nAuthorization: Bearer {Token}"))).Status);
            Assert.Equal(200, (await RawClient.SendAsync(there, "GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n")).Status);
        }
    }

    [Fact]
    public async Task Token_ChangedInTheFile_IsInForceWithoutARestart()
    {
        await using var gateway = await StartAsync(token: Token);
        var changed = (await File.ReadAllTextAsync(gateway.File)).Replace(Token, OtherToken, StringComparison.Ordinal);
        await File.WriteAllTextAsync(gateway.File + ".new", changed);
        File.Move(gateway.File + ".new", gateway.File, overwrite: true);

        await UntilAsync(async () => (await WithAsync(gateway, OtherToken)).Status == 200);

        Assert.Equal(401, (await WithAsync(gateway, Token)).Status);
    }

    private static Task<RawResponse> WithAsync(RunningGateway gateway, string token) =>
        RawClient.SendAsync(gateway.Admin, Request("POST", $"Host: localhost\r\nAuthorization: Bearer {token}"));

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await isSo())
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    private static string Request(string method, string headers, string body = """{"all":true}""") =>
        $"{method} /api/purge HTTP/1.1\r\n{headers}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}";

    private static Task<RunningGateway> StartAsync(string admin = "http://127.0.0.1:0", string? token = null) => RunningGateway.StartFromJsonAsync($$"""
        {
          "urls": "http://127.0.0.1:0",
          "admin": { "url": "{{admin}}", "token": {{(token is null ? "null" : $"\"{token}\"")}} },
          "log": { "level": "error" },
          "sites": { "shop": { "path": "/f807", "tags": ["G-MAIN1"] } }
        }
        """);

    private static IEnumerable<IPAddress> OwnAddresses() =>
        from adapter in NetworkInterface.GetAllNetworkInterfaces()
        where adapter.OperationalStatus == OperationalStatus.Up
        from unicast in adapter.GetIPProperties().UnicastAddresses
        where unicast.Address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(unicast.Address)
        select unicast.Address;
}
