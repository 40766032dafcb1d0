namespace TagGateway.EndToEnd.Sanitizing;

/// <summary>Headers in which a proxy in front tells where a request came from reach the origin only from a trusted proxy: its address, its place, its host and URL.</summary>
public sealed class ProxyClaimTests
{
    private const string Trusting = "\"trustedProxies\": [\"127.0.0.1\"]";

    /// <summary>Found in nothing else that is sent.</summary>
    private const string Claim = "claim-6f1d";

    private static readonly string[] Names =
    [
        "True-Client-IP", "X-True-Client-IP", "CF-Connecting-IP", "CF-Connecting-IPv6", "CF-Pseudo-IPv4", "X-Client-IP", "Client-IP", "X-Cluster-Client-IP", "X-Original-Forwarded-For", "Fastly-Client-IP",
        "Fly-Client-IP", "X-Appengine-User-IP", "X-Azure-ClientIP", "X-Azure-SocketIP", "X-ProxyUser-Ip", "X-Envoy-External-Address", "X-Remote-IP", "X-Remote-Addr", "X-Host", "X-Original-URL", "X-Rewrite-URL",
        "X-Original-Host", "X-Vercel-Forwarded-For", "X-NF-Client-Connection-IP", "DO-Connecting-IP", "Incap-Client-IP", "X-Sucuri-ClientIP", "Ali-CDN-Real-IP", "WL-Proxy-Client-IP", "Proxy-Client-IP",
        "X-Originating-IP", "CloudFront-Viewer-Address", "CloudFront-Forwarded-Proto", "Front-End-Https", "X-Forwarded-Scheme", "X-Real-IP", "Client-Cert",
        "CF-IPCountry", "CF-Region-Code", "CF-IPCity", "CF-Visitor", "CloudFront-Viewer-Country", "CloudFront-Viewer-City", "X-Geo-Country", "X-Geo-Region", "X-Vercel-IP-Country", "X-Vercel-IP-City",
        "X-AppEngine-Country", "X-AppEngine-CityLatLong", "X-Gclb-Country", "X-Gclb-Region", "X-Akamai-Edgescape", "X-Azure-Country", "X-CFIPCountryRegion", "CDN-RequestCountryCode",
    ];

    private static string Lines => string.Concat(Names.Select(name => $"{name}: {Claim}\r\n"));

    private static string OddLines => string.Concat(Names.Where(name => name.Contains('-', StringComparison.Ordinal)).SelectMany(name => (string[])
    [
        $"{name.Replace('-', '_')}: {Claim}\r\n", $"HTTP_{name.Replace('-', '_').ToUpperInvariant()}: {Claim}\r\n",
    ]));

    [Fact]
    public async Task Website_ClaimsOfAnUntrustedPeer_DoNotReachIt()
    {
        var request = await Golden.SentToSiteAsync(Lines + "X-Own: kept\r\nX_Own: kept\r\nCountry: kept\r\n");

        Assert.DoesNotContain(request.Headers, header => header.Value.Contains(Claim, StringComparison.Ordinal));
        Assert.Equal(("kept", "kept", "kept"), (request.Header("X-Own"), request.Header("X_Own"), request.Header("Country")));
    }

    [Fact]
    public async Task Website_ClaimsOfATrustedProxy_ReachIt()
    {
        var request = await Golden.SentToSiteAsync(Lines, root: Trusting);

        Assert.All(Names, name => Assert.Equal(Claim, request.Header(name)));
    }

    /// <summary>The proxy in front replaces the proper name alone, and CGI and WSGI take the two for one.</summary>
    [Theory]
    [InlineData("")]
    [InlineData(Trusting)]
    public async Task Website_ClaimsSpelledWithUnderscores_ReachItFromNobody(string root)
    {
        foreach (var lines in OddLines.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Chunk(50))
        {
            var request = await Golden.SentToSiteAsync(string.Join("\r\n", lines) + "\r\n", root: root);

            Assert.DoesNotContain(request.Headers, header => header.Value.Contains(Claim, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("", false)]
    [InlineData(Trusting + ",", true)]
    public async Task Website_GeoHeaderOfTheConfiguration_IsAClaimToo(string root, bool isTrusted)
    {
        var request = await Golden.SentToSiteAsync(
            $"X-My-Country: {Claim}\r\nX_My_Country: {Claim}\r\nX-My-Other: kept\r\n", root: $"{root}\"geo\": {{ \"headers\": [\"X-My-Country\"], \"default\": \"DE\" }}");

        Assert.Equal(isTrusted ? Claim : null, request.Header("X-My-Country"));
        Assert.Null(request.Header("X_My_Country"));
        Assert.Equal("kept", request.Header("X-My-Other"));
    }
}
