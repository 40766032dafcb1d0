using TagGateway.Demo.Google;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Upstream;

/// <summary>Over TLS, as the real Google is reached: certificate checked against the tag's host, HTTP/2 where offered.</summary>
public sealed class TlsUpstreamTests : IAsyncLifetime
{
    private readonly string _authority = Path.GetTempFileName();
    private GoogleStandIn _google = null!; // set by InitializeAsync

    public async ValueTask InitializeAsync()
    {
        _google = await GoogleStandIn.StartAsync(new GoogleStandInOptions { HttpsUrl = "https://127.0.0.1:0" });
        await File.WriteAllTextAsync(_authority, _google.AuthorityPem);
    }

    public async ValueTask DisposeAsync()
    {
        await _google.DisposeAsync();
        File.Delete(_authority);
    }

    [Fact]
    public async Task Hit_OverTls_ArrivesByHttp2UnderTheTagsOwnName()
    {
        await using var gateway = await StartAsync(("SSL_CERT_FILE", _authority));

        var response = await RawClient.SendAsync(gateway.Address, "POST /f807/g/collect?v=2&x=%7Ey HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 3\r\n\r\na=b");
        var hit = Assert.Single(await _google.Recorder.WaitForAsync(request => request.Method == "POST"));

        Assert.Equal(204, response.Status);
        Assert.Equal("HTTP/2", hit.Protocol);
        Assert.Equal("g-main1.fps.goog", hit.Host);
        Assert.Equal("/f807/g/collect?v=2&x=%7Ey", hit.RawTarget);
        Assert.Equal("a=b", hit.BodyText);
    }

    [Fact]
    public async Task Hit_CertificateOfNobodyKnown_Answers502AndTellsNothing()
    {
        await using var gateway = await StartAsync();

        var response = await RawClient.SendAsync(gateway.Address, "POST /f807/g/collect?v=2 HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 3\r\n\r\na=b");

        Assert.Equal(502, response.Status);
        Assert.Equal("bad gateway\n", response.Text);
        Assert.Empty(_google.Recorder.Requests);
    }

    private Task<GatewayProcess> StartAsync(params (string, string)[] environment) => GatewayProcess.StartAsync(
        "", [("TAGGATEWAY_TAG", "G-MAIN1"), ("TAGGATEWAY_PATH", "/f807"), ("TAGGATEWAY_CONNECTTO__*", $"https://127.0.0.1:{_google.HttpsAddress!.Port}"), .. environment]); // TLS is on
}
