using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Upstream;

/// <summary>The proxy that the environment names is on the way to Google, and never where connectTo says whom to dial.</summary>
public sealed class ProxyTests
{
    private const string Hit = "POST /f807/g/collect HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 0\r\n\r\n";

    [Fact]
    public async Task Hit_HttpsProxySet_AsksTheProxyForTheTagsHost()
    {
        await using var proxy = new RawUpstream();
        proxy.AnswerWith("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        await using var gateway = await StartAsync(("HTTPS_PROXY", proxy.Address));

        var response = await RawClient.SendAsync(gateway.Address, Hit);
        var asked = await proxy.NextAsync();

        Assert.Equal("CONNECT g-main1.fps.goog:443 HTTP/1.1", asked.RequestLine);
        Assert.Equal(502, response.Status);
    }

    [Fact]
    public async Task Hit_HostThatConnectToNames_PassesNoProxy()
    {
        await using var proxy = new RawUpstream();
        await using var google = new RawUpstream();
        await using var gateway = await StartAsync(
            ("HTTPS_PROXY", proxy.Address), ("HTTP_PROXY", proxy.Address), ("TAGGATEWAY_CONNECTTO__*", google.Address));

        var response = await RawClient.SendAsync(gateway.Address, Hit);

        Assert.Equal(204, response.Status);
        Assert.Equal("POST /f807/g/collect HTTP/1.1", (await google.NextAsync()).RequestLine);
        Assert.True(proxy.IsEmpty);
    }

    private static Task<GatewayProcess> StartAsync(params (string, string)[] environment) =>
        GatewayProcess.StartAsync("", [("TAGGATEWAY_TAG", "G-MAIN1"), ("TAGGATEWAY_PATH", "/f807"), ("NO_PROXY", ""), .. environment]);
}
