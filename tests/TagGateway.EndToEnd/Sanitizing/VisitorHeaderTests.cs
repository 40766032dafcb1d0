namespace TagGateway.EndToEnd.Sanitizing;

/// <summary>What Google and the website learn of the visitor: the truth, and never what a visitor wrote himself.</summary>
public sealed class VisitorHeaderTests
{
    private const string Trusting = "\"trustedProxies\": [\"127.0.0.1\", \"10.0.0.0/8\", \"fd00::/8\"]";

    [Theory]
    [InlineData("6.6.6.6")]
    [InlineData("6.6.6.6, 127.0.0.1")]
    [InlineData("6.6.6.6\r\nX-Forwarded-For: 7.7.7.7")]
    [InlineData("garbage")]
    [InlineData("")]
    public async Task Address_FromAnUntrustedPeer_IsThePeers(string forwardedFor)
    {
        var request = await Golden.SentToGoogleAsync($"X-Forwarded-For: {forwardedFor}\r\nX_Forwarded_For: 6.6.6.6\r\nForwarded: for=6.6.6.6\r\n");

        Assert.Equal("127.0.0.1", request.Header("X-Forwarded-For"));
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("6.6.6.6, 203.0.113.7", "203.0.113.7")]
    [InlineData("6.6.6.6, 203.0.113.7, 10.1.2.3", "203.0.113.7")]
    [InlineData("6.6.6.6\r\nX-Forwarded-For: 203.0.113.7, 10.1.2.3", "203.0.113.7")]
    [InlineData("203.0.113.7:4711", "203.0.113.7")]
    [InlineData("\"203.0.113.7:4711\"", "203.0.113.7")]
    [InlineData("[2001:db8:1:2:3:4:5:6]:4711", "2001:db8:1:2:3:4:5:6")]
    [InlineData("[2001:db8::1]", "2001:db8::1")]
    [InlineData("2001:DB8::1", "2001:db8::1")]
    [InlineData("fe80::1%eth0", "fe80::1")]
    [InlineData("[fe80::1%25eth0]:80", "fe80::1")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("203.0.113.7, fd00::1", "203.0.113.7")]
    [InlineData("203.0.113.7,,10.0.0.1", "10.0.0.1")]
    [InlineData("6.6.6.6, unknown", "127.0.0.1")]
    [InlineData("6.6.6.6, _hidden, 10.0.0.1", "10.0.0.1")]
    [InlineData("6.6.6.6, 203.0.113.7 evil", "127.0.0.1")]
    [InlineData("6.6.6.6, 203.0.113.7:port", "127.0.0.1")]
    [InlineData("6.6.6.6, 203.0.113.7:", "127.0.0.1")]
    [InlineData("6.6.6.6, [2001:db8::1", "127.0.0.1")]
    [InlineData("6.6.6.6, 1", "127.0.0.1")]
    [InlineData("6.6.6.6, 0x7f.0.0.1", "127.0.0.1")]
    [InlineData("6.6.6.6, 012.0.0.1", "127.0.0.1")]
    [InlineData("6.6.6.6, 203.0.113.256", "127.0.0.1")]
    [InlineData("6.6.6.6, <script>", "127.0.0.1")]
    [InlineData("6.6.6.6, \xe4", "127.0.0.1")]
    [InlineData("6.6.6.6,", "127.0.0.1")]
    [InlineData("10.0.0.9, 10.0.0.1", "10.0.0.9")]
    public async Task Address_ThroughTrustedProxies_IsTheFirstUntrustedHop(string forwardedFor, string address)
    {
        var request = await Golden.SentToGoogleAsync($"X-Forwarded-For: {forwardedFor}\r\n", root: Trusting);

        Assert.Equal(address, request.Header("X-Forwarded-For"));
    }

    [Fact]
    public async Task Address_BehindAThousandForgedHops_IsFound()
    {
        var forged = string.Join(',', Enumerable.Repeat("6.6.6.6", 1000));

        var request = await Golden.SentToGoogleAsync($"X-Forwarded-For: {forged}, 203.0.113.7, 10.0.0.1\r\n", root: Trusting);

        Assert.Equal("203.0.113.7", request.Header("X-Forwarded-For"));
    }

    [Theory]
    [InlineData("truncate", "203.0.113.7", "203.0.113.0")]
    [InlineData("truncate", "2001:db8:1:2:3:4:5:6", "2001:db8:1::")]
    [InlineData("truncate", "::ffff:203.0.113.7", "203.0.113.0")]
    [InlineData("truncate", "garbage", "127.0.0.0")]
    [InlineData("hide", "203.0.113.7", null)]
    [InlineData("hide", "2001:db8:1:2:3:4:5:6", null)]
    [InlineData("forward", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2:3:4:5:6")]
    public async Task Address_ByPolicy_ToldAsConfigured(string policy, string address, string? told)
    {
        var request = await Golden.SentToGoogleAsync($"X-Forwarded-For: {address}\r\n", $"\"visitor\": {{ \"ip\": \"{policy}\" }}", Trusting);

        Assert.Equal(told, request.Header("X-Forwarded-For"));
        Assert.DoesNotContain(address, request.Head.Replace($"X-Forwarded-For: {told}", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    public static TheoryData<string, string?> Regions => new()
    {
        { "X-Forwarded-CountryRegion: US-CA", "US-CA" },
        { "X-Forwarded-Country: us\r\nX-Forwarded-Region: ca", "US-CA" },
        { "X-Forwarded-Country: US\r\nX-Forwarded-Region: US-CA", "US-CA" },
        { "X-Forwarded-Country: DE", "DE" },
        { "CF-IPCountry: DE", "DE" },
        { "CF-IPCountry: DE\r\nCF-Region-Code: BY", "DE-BY" },
        { "CloudFront-Viewer-Country: AT\r\nCloudFront-Viewer-Country-Region: 9", "AT-9" },
        { "X-Vercel-IP-Country: FR\r\nX-Vercel-IP-Country-Region: IDF", "FR-IDF" },
        { "X-Gclb-Country: US\r\nX-Gclb-Region: USCA", "US-CA" },
        { "X-AppEngine-Country: BR\r\nX-AppEngine-Region: sp", "BR-SP" },
        { "X-Akamai-Edgescape: georegion=246,country_code=US,region_code=CA,city=SANJOSE", "US-CA" },
        { "X-Azure-Country: IT", "IT" },
        { "CF-IPCountry: XX", null },
        { "CF-IPCountry: T1", null },
        { "X-Forwarded-Country: ZZ\r\nCF-IPCountry: DE", "DE" },
        { "X-Forwarded-Country: D\r\n", null },
        { "X-Forwarded-Country: DEU-LONG-GARBAGE", null },
        { "X-Forwarded-Country: US\r\nX-Forwarded-Region: <script>", "US" },
        { "X-Forwarded-Country: US\r\nX-Forwarded-Country: KP", null },
        { "X-Forwarded-CountryRegion: \xe4\xf6", null },
        { "X_Forwarded_Country: KP", null },
    };

    [Theory]
    [MemberData(nameof(Regions))]
    public async Task Region_FromATrustedProxy_IsTold(string headers, string? region)
    {
        var request = await Golden.SentToGoogleAsync(headers.TrimEnd() + "\r\n", root: Trusting);

        Assert.Equal(region, request.Header("X-Forwarded-CountryRegion"));
        Assert.Empty(request.All("X-Forwarded-Country"));
        Assert.Empty(request.All("X-Forwarded-Region"));
    }

    [Theory]
    [MemberData(nameof(Regions))]
    public async Task Region_FromAnUntrustedPeer_IsNotBelieved(string headers, string? region)
    {
        var request = await Golden.SentToGoogleAsync(headers.TrimEnd() + "\r\n", root: "\"geo\": { \"default\": \"CH-ZH\" }");

        Assert.Equal("CH-ZH", request.Header("X-Forwarded-CountryRegion"));
        Assert.NotEqual("CH-ZH", region);
    }

    [Fact]
    public async Task Website_FromAnUntrustedPeer_LearnsTheTruthOnly()
    {
        var request = await Golden.SentToSiteAsync(
            "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: evil.example\r\nForwarded: for=6.6.6.6\r\nX-Forwarded-Prefix: /evil\r\nX-Forwarded-Port: 6\r\nX-Real-IP: 6.6.6.6\r\n"
            + "X_Forwarded_For: 6.6.6.6\r\nX-Forwarded_Host: evil.example\r\nX_Real_IP: 6.6.6.6\r\nCookie: session=1\r\nAuthorization: Basic eDp5\r\nX_Own: kept\r\n");

        Assert.Equal("127.0.0.1", request.Header("X-Forwarded-For"));
        Assert.Equal("http", request.Header("X-Forwarded-Proto"));
        Assert.Equal("shop.example", request.Header("X-Forwarded-Host"));
        Assert.Equal("shop.example", request.Header("Host"));
        Assert.Equal("session=1", request.Header("Cookie"));
        Assert.Equal("Basic eDp5", request.Header("Authorization"));
        Assert.Equal("kept", request.Header("X_Own"));
        Assert.DoesNotContain("evil", request.Head, StringComparison.Ordinal);
        Assert.DoesNotContain("6.6.6.6", request.Head, StringComparison.Ordinal);
        Assert.Equal("80", request.Header("X-Forwarded-Port"));
    }

    [Fact]
    public async Task Website_ThroughATrustedProxy_LearnsTheChain()
    {
        var request = await Golden.SentToSiteAsync(
            "X-Forwarded-For: 6.6.6.6, 203.0.113.7\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: www.shop.example\r\nX-Forwarded-Port: 443\r\nX-Real-IP: 203.0.113.7\r\nX_Real_IP: 6.6.6.6\r\nX_Forwarded_For: 6.6.6.6\r\nConnection: X-Forwarded-For, X-Forwarded-Proto\r\n",
            root: Trusting);

        Assert.Equal("6.6.6.6, 203.0.113.7, 127.0.0.1", request.Header("X-Forwarded-For"));
        Assert.Equal("https", request.Header("X-Forwarded-Proto"));
        Assert.Equal("www.shop.example", request.Header("X-Forwarded-Host"));
        Assert.Equal("443", request.Header("X-Forwarded-Port"));
        Assert.Equal("203.0.113.7", request.Header("X-Real-IP"));
        Assert.DoesNotContain(request.Headers, header => header.Name.Contains('_', StringComparison.Ordinal));
    }
}
