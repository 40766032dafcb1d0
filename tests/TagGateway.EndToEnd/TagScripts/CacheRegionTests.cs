using System.Text;
using TagGateway.Demo.Google;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.TagScripts;

/// <summary>Scripts are kept by region, and asked for in nobody's name.</summary>
public sealed class CacheRegionTests
{
    private const string Cookies = "Cookie: _ga=GA1.1.123.456; session=secret-7d1\r\n";

    [Fact]
    public async Task Script_VisitorsOfTwoRegions_EachGetTheirOwn()
    {
        await using var google = await GoogleStandIn.StartAsync(new GoogleStandInOptions());
        await using var gateway = await KeepingGateway.StartAsync(google.HttpAddress.ToString());

        for (var round = 0; round < 3; round++)
        {
            foreach (var (region, country, part) in new[] { ("US-CA", "US", "US-CA"), ("DE-BE", "DE", "DE-BE"), ("us-ca", "US", "US-CA"), ("DE", "DE", ""), ("AT", "AT", "") })
            {
                var response = await gateway.GetAsync(region: region);

                Assert.Contains($"\"30\":\"{country}\",\"31\":\"{part}\"", response.Text, StringComparison.Ordinal);
            }
        }

        // Once for each: US-CA, DE-BE, DE, AT.
        Assert.Equal(4, google.Recorder.Requests.Count);
    }

    [Fact]
    public async Task Fill_ForAVisitor_SaysNothingOfTheVisitor()
    {
        await using var google = new RawUpstream();
        google.AnswerWith(KeepingGateway.Answer(Script.Of("G-MAIN1")));
        await using var gateway = await KeepingGateway.StartAsync(google.Address);

        await gateway.GetAsync(headers: Cookies
            + "X-Forwarded-For: 203.0.113.9\r\nForwarded: for=203.0.113.9\r\nUser-Agent: Mozilla/5.0 (Visitor)\r\nAccept-Language: tlh\r\nReferer: https://shop.example/secret\r\n"
            + "Authorization: Basic c2VjcmV0\r\nOrigin: https://shop.example\r\nSec-CH-UA: \"Visitor\"\r\nSec-Fetch-Dest: script\r\nDNT: 1\r\nX-Client-Data: abc\r\n");
        var request = Assert.Single(google.TakeAll());

        Assert.Equal(
            [
                ("Host", "g-main1.fps.goog"),
                ("Accept", "*/*"),
                ("Accept-Encoding", "br, gzip"),
                ("User-Agent", "Mozilla/5.0 (compatible; TagGateway)"),
                ("X-Forwarded-CountryRegion", "US-CA"),
            ],
            request.Headers.OrderBy(header => header.Name != "Host").ThenBy(header => header.Name, StringComparer.Ordinal));
        Assert.Equal("GET /f807/?id=G-MAIN1 HTTP/1.1", request.RequestLine);
        Assert.Empty(request.Body);
    }

    /// <summary>The answer may follow the address: it is asked for and answered for each.</summary>
    [Fact]
    public async Task Script_RegionUnknown_PassesForEachVisitor()
    {
        await using var google = new RawUpstream();
        google.Answer = (request, stream) => stream.WriteAsync(KeepingGateway.Answer(Script.Of("G-MAIN1") + "/*" + request.Header("X-Forwarded-For") + "*/")).AsTask();
        await using var gateway = await KeepingGateway.StartAsync(google.Address);

        foreach (var visitor in new[] { "203.0.113.1", "203.0.113.2", "203.0.113.1" })
        {
            var response = await gateway.GetAsync(headers: $"X-Forwarded-For: {visitor}\r\n", region: "");

            Assert.Contains($"/*{visitor}*/", response.Text, StringComparison.Ordinal);
            Assert.Equal("taggateway; fwd=bypass; detail=region_unknown", response.Header("Cache-Status"));
        }

        Assert.Equal(3, google.TakeAll().Count);
        Assert.Equal(0, gateway.Memory.Count);
    }

    [Fact]
    public async Task Script_RegionUnknownAndAddressHidden_IsKeptAsSuch()
    {
        await using var google = new RawUpstream();
        google.Answer = (request, stream) => stream.WriteAsync(KeepingGateway.Answer(Script.Of("G-MAIN1") + $"/*region:{request.Header("X-Forwarded-CountryRegion")}*/")).AsTask();
        await using var gateway = await KeepingGateway.StartAsync(google.Address, "\"visitor\": { \"ip\": \"hide\" }");

        foreach (var (region, text) in new[] { ("", "/*region:*/"), ("US-CA", "/*region:US-CA*/"), ("", "/*region:*/"), ("US-CA", "/*region:US-CA*/"), ("XX", "/*region:*/") })
        {
            var response = await gateway.GetAsync(region: region);

            Assert.Contains(text, response.Text, StringComparison.Ordinal);
        }

        Assert.Equal(2, google.TakeAll().Count);
    }

    /// <summary>Only a trusted proxy tells where a visitor is.</summary>
    [Fact]
    public async Task Script_VisitorClaimsARegion_GetsTheDefaultOnes()
    {
        await using var google = new RawUpstream();
        google.Answer = (request, stream) => stream.WriteAsync(KeepingGateway.Answer(Script.Of("G-MAIN1") + $"/*region:{request.Header("X-Forwarded-CountryRegion")}*/")).AsTask();
        await using var gateway = await RunningGateway.StartAsync(google.Address, root: RunningGateway.KnownRegion);

        foreach (var claim in new[] { "X-Forwarded-CountryRegion: DE-BE", "X-Forwarded-Country: DE", "CF-IPCountry: DE", "CloudFront-Viewer-Country: DE", "X-Gtg-Geo: DE" })
        {
            var response = await gateway.SendAsync($"GET /f807/?id=G-MAIN1 HTTP/1.1\r\nHost: shop.example\r\n{claim}\r\n\r\n");

            Assert.Contains("/*region:US-CA*/", response.Text, StringComparison.Ordinal);
        }

        Assert.Single(google.TakeAll());
    }

    [Theory]
    [InlineData("&gtm_debug=x", "")]
    [InlineData("&gtm_preview=env-1", "")]
    [InlineData("&gtm_auth=a", "")]
    [InlineData("&gtm_cookies_win=x", "")]
    [InlineData("&GTM_DEBUG=x", "")]
    [InlineData("&%67tm_debug=x", "")]
    [InlineData(";gtm_debug=x", "")]
    [InlineData("&gtm_debug", "")]
    [InlineData("", "Cookie: __TAG_ASSISTANT=x\r\n")]
    [InlineData("", "Cookie: a=b;gtm_debug=x\r\n")]
    [InlineData("", "Cookie: a=b\r\nCookie: gtm_auth=x\r\n")]
    [InlineData("", "X-Gtm-Server-Preview: x\r\n")]
    public async Task Script_OfAPreview_PassesWholeAndIsNeverKept(string parameter, string headers)
    {
        await using var google = new RawUpstream();
        var number = 0;
        google.Answer = (_, stream) => stream.WriteAsync(KeepingGateway.Answer(Script.Of("G-MAIN1") + $"/*{++number}*/")).AsTask();
        await using var gateway = await KeepingGateway.StartAsync(google.Address);

        for (var i = 1; i <= 3; i++)
        {
            var response = await gateway.GetAsync($"{KeepingGateway.Main}{parameter}", headers);

            Assert.Contains($"/*{i}*/", response.Text, StringComparison.Ordinal);
            Assert.Equal("taggateway; fwd=bypass; detail=personal", response.Header("Cache-Status"));
        }

        Assert.Contains("/*4*/", (await gateway.GetAsync()).Text, StringComparison.Ordinal);
        Assert.All(google.TakeAll().SkipLast(1), request => Assert.Equal("127.0.0.1", request.Header("X-Forwarded-For")));
    }

    /// <summary>Two sites whose paths are the same have nothing in common but that.</summary>
    [Fact]
    public async Task Script_OfTwoSites_EachGetsItsOwn()
    {
        await using var google = new RawUpstream();
        google.Answer = (request, stream) => stream.WriteAsync(KeepingGateway.Answer(Script.Of(request.Header("Host")!.Split('.')[0]) + $"/*{request.Header("Host")}*/")).AsTask(); // HTTP/1.1 has it
        await using var gateway = await RunningGateway.StartFromJsonAsync($$"""
            {
              "urls": "http://127.0.0.1:0", "admin": { "url": "http://127.0.0.1:0" }, "log": { "level": "error" }, "connectTo": { "*": "{{google.Address}}" }, {{RunningGateway.KnownRegion}},
              "sites": {
                "a": { "hosts": ["a.example"], "path": "/f807", "tags": ["G-AAA1"] },
                "b": { "hosts": ["b.example"], "path": "/f807", "tags": ["G-BBB1"] },
                "c": { "hosts": ["c.example", "d.example"], "path": "/f807", "tags": ["G-AAA1"] }
              }
            }
            """);

        foreach (var (host, tag) in new[] { ("a", "g-aaa1"), ("b", "g-bbb1"), ("c", "g-aaa1"), ("d", "g-aaa1"), ("b", "g-bbb1"), ("a", "g-aaa1") })
        {
            var response = await gateway.SendAsync($"GET /f807/ HTTP/1.1\r\nHost: {host}.example\r\n\r\n");

            Assert.Contains($"/*{tag}.fps.goog*/", Encoding.UTF8.GetString(response.Body), StringComparison.Ordinal);
        }

        Assert.Equal(3, google.TakeAll().Count);
    }
}
