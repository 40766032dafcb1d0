using TagGateway.Pages;

namespace TagGateway.Tests.Pages;

public sealed class ProxyClaimsTests
{
    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("x-forwarded-anything")]
    [InlineData("true-client-ip")]
    [InlineData("CF-CONNECTING-IP")]
    [InlineData("CF-IPCountry")]
    [InlineData("X-Original-URL")]
    [InlineData("X-Rewrite-URL")]
    [InlineData("HTTP_CLIENT_IP")]
    [InlineData("http_x_forwarded_for")]
    [InlineData("X_Real-IP")]
    [InlineData("REMOTE_ADDR")]
    public void Contains_ClaimInAnySpelling_IsTrue(string name) => Assert.True(ProxyClaims.Contains(ProxyClaims.PlainName(name)));

    /// <summary>What browsers and the website's own pages send, and what is a proof rather than a claim.</summary>
    [Theory]
    [InlineData("Accept")]
    [InlineData("User-Agent")]
    [InlineData("X-Requested-With")]
    [InlineData("X-CSRF-Token")]
    [InlineData("X-HTTP-Method-Override")]
    [InlineData("X-Country-Code")]
    [InlineData("X-Client-Version")]
    [InlineData("X-Host-Id")]
    [InlineData("X_Own")]
    [InlineData("HTTP_")]
    [InlineData("HTTP2-Settings")]
    [InlineData("Via")]
    [InlineData("CF-Access-Client-Id")]
    [InlineData("X-Vercel-Protection-Bypass")]
    [InlineData("X-Azure-FDID")]
    [InlineData("Sec-CH-UA")]
    public void Contains_AnyOther_IsFalse(string name) => Assert.False(ProxyClaims.Contains(ProxyClaims.PlainName(name)));
}
