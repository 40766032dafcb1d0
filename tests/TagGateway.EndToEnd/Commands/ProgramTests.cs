using System.Net;
using System.Net.Sockets;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Commands;

/// <summary>The program as an operator sees it: exit codes, health, signals.</summary>
public sealed class ProgramTests
{
    private static readonly (string, string)[] OneSite = [("TAGGATEWAY_TAG", "G-MAIN1"), ("TAGGATEWAY_PATH", "/f807")];

    [Fact]
    public async Task Run_OneSiteFromTheEnvironment_ServesAndIsHealthy()
    {
        await using var gateway = await GatewayProcess.StartAsync("", OneSite);
        using var client = new HttpClient();

        var outside = await client.GetAsync(gateway.Address + "/");
        var ready = await client.GetAsync(gateway.Admin + "/readyz");
        var alive = await client.GetAsync(gateway.Admin + "/livez");
        var metrics = await client.GetStringAsync(gateway.Admin + "/metrics");
        var health = await GatewayProcess.RunAsync("healthcheck", [.. OneSite, ("TAGGATEWAY_ADMIN__URL", gateway.Admin)]);

        Assert.Equal(HttpStatusCode.NotFound, outside.StatusCode);
        Assert.Equal("not found\n", await outside.Content.ReadAsStringAsync());
        Assert.Equal("ready\n", await ready.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
        Assert.Contains("service_name=\"taggateway\"", metrics, StringComparison.Ordinal);
        Assert.Equal(0, health.ExitCode);
    }

    [Fact]
    public async Task Run_TrafficPort_AnswersNothingOfTheAdministration()
    {
        await using var gateway = await GatewayProcess.StartAsync("", OneSite);
        using var client = new HttpClient();

        foreach (var path in (string[])["/livez", "/readyz", "/metrics", "/api/sites"])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(gateway.Address + path)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(gateway.Admin + "/f807/")).StatusCode);
    }

    [Fact]
    public async Task Run_PortTaken_Ends3WithOneLine()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var taken = $"{listener.LocalEndpoint}";

        var (exitCode, _, errors) = await GatewayProcess.RunAsync(
            $"--urls http://{taken}", [.. OneSite, ("TAGGATEWAY_ADMIN__URL", "http://127.0.0.1:0")]);
        listener.Stop();

        Assert.Equal(3, exitCode);
        Assert.Contains(taken, Assert.Single(errors.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--no-such-option", 2)]
    [InlineData("no-such-command", 2)]
    [InlineData("--tag not_a_tag --path /f807", 1)]
    [InlineData("--config does-not-exist.json", 1)]
    [InlineData("check --tag G-MAIN1 --path /f807", 0)]
    [InlineData("healthcheck --config does-not-exist.json", 1)]
    [InlineData("--version", 0)]
    [InlineData("--help", 0)]
    [InlineData("schema", 0)]
    public async Task Command_Ends_WithTheDocumentedCodeAndNoStackTrace(string arguments, int expected)
    {
        var (exitCode, output, errors) = await GatewayProcess.RunAsync(arguments);

        Assert.Equal(expected, exitCode);
        Assert.DoesNotContain("   at ", output + errors, StringComparison.Ordinal);
        Assert.Equal(expected == 0, errors.Length == 0 || errors.StartsWith("warning", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Terminate_RequestInFlight_IsFinishedAndTheProgramEnds0()
    {
        await using var google = new RawUpstream();
        var arrived = new TaskCompletionSource();
        var mayAnswer = new TaskCompletionSource();
        google.Answer = async (_, stream) =>
        {
            arrived.SetResult();
            await mayAnswer.Task;
            await RawUpstream.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\nlate");
        };
        await using var gateway = await GatewayProcess.StartAsync("", [.. OneSite, ("TAGGATEWAY_CONNECTTO__*", google.Address)]);
        using var client = await RawClient.ConnectAsync(gateway.Address);

        await client.WriteAsync("POST /f807/g/collect HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
        await arrived.Task;
        var ended = gateway.TerminateAsync();
        mayAnswer.SetResult();
        var response = await client.ReadAsync();

        Assert.Equal("late", response.Text);
        Assert.Equal(0, await ended);
    }

    [Fact]
    public async Task Log_DefaultLevel_HoldsNothingOfAVisitor()
    {
        await using var google = new RawUpstream();
        await using var gateway = await GatewayProcess.StartAsync(
            "", [.. OneSite, ("TAGGATEWAY_CONNECTTO__*", google.Address), ("TAGGATEWAY_TRUSTEDPROXIES", "127.0.0.0/8")]);
        string[] requests =
        [
            "POST /f807/g/collect?secret-query=1 HTTP/1.1\r\nHost: secret-host\r\nX-Forwarded-For: 203.0.113.77\r\nCookie: _ga=secret-cookie\r\nContent-Length: 11\r\n\r\nsecret-body",
            "GET /f807/?id=GTM-SECRET7 HTTP/1.1\r\nHost: secret-host\r\nX-Forwarded-For: 203.0.113.77\r\n\r\n",
            "GET /f807/%2e%2e/secret-path HTTP/1.1\r\nHost: secret-host\r\n\r\n",
            "GET /f807/ HTTP/1.1\r\nHost: secret-host\r\nX-Bad: secret-value\u0007\r\n\r\n",
            "GET /f807/ HTTP/1.1\r\nHost: secret-host\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        ];

        foreach (var request in requests)
        {
            await RawClient.SendAsync(gateway.Address, request);
        }

        google.Answer = (_, stream) => { stream.Close(); return Task.CompletedTask; };
        await RawClient.SendAsync(gateway.Address, requests[0]);
        Assert.Equal(0, await gateway.TerminateAsync());

        Assert.DoesNotContain("secret", gateway.Output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("203.0.113", gateway.Output, StringComparison.Ordinal);
    }
}
