using System.Net;
using Microsoft.Extensions.Primitives;
using TagGateway.Receiving;
using TagGateway.Tests.Responding;

namespace TagGateway.Tests.Receiving;

public sealed class VisitorOriginTests
{
    [Theory]
    [InlineData("http", "shop.example", null, null, "http://shop.example")]
    [InlineData("https", "shop.example:8443", null, null, "https://shop.example:8443")]
    [InlineData("HTTPS", "shop.example", null, null, "https://shop.example")]
    [InlineData("http", "WWW.Shop.Example", null, null, "http://www.shop.example")]
    [InlineData("http", "shop.example.", null, null, "http://shop.example.")]
    [InlineData("http", "[2001:DB8::1]:81", null, null, "http://[2001:db8::1]:81")]
    [InlineData("http", "my_shop.example", null, null, "http://my_shop.example")]
    [InlineData("http", "inner", "https", "www.shop.example", "https://www.shop.example")]
    [InlineData("http", "inner", "https, http", "a.example, b.example", "https://a.example")]
    [InlineData("https", "inner", "http", null, "http://inner")]
    [InlineData("https", "inner", "wss", null, "http://inner")]
    [InlineData("https", "inner", " ", " ", "https://inner")]
    [InlineData("https", "inner", ",", ", x", "https://inner")]
    [InlineData("http", "inner", null, "SHOP.example:444", "http://shop.example:444")]
    public void TryRead_TrustedProxy_IsWhatTheVisitorSees(string scheme, string host, string? proto, string? told, string expected) =>
        Assert.Equal(expected, Read(scheme, host, proto, told, isTrusted: true));

    [Fact]
    public void TryRead_Stranger_IsNotBelieved() => Assert.Equal("http://shop.example", Read("http", "shop.example", "https", "evil.example", isTrusted: false));

    /// <summary>It would be written into a script.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("a\"b")]
    [InlineData("a'b")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a b")]
    [InlineData("a@b")]
    [InlineData("a%2fb")]
    [InlineData("a?b")]
    [InlineData("a#b")]
    [InlineData("<a>")]
    [InlineData("a${b}")]
    [InlineData("b\u00fccher.example")]
    [InlineData("\u212aelvin.example")]
    [InlineData("a\nb")]
    public void TryRead_NoHostName_IsNone(string host)
    {
        Assert.Null(Read("http", host, null, null, isTrusted: false));
        Assert.True(host.Length == 0 || Read("http", "inner", null, host, isTrusted: true) is null);
    }

    [Theory]
    [InlineData(255, true)]
    [InlineData(256, false)]
    public void TryRead_LongHost_IsReadUpToALimit(int length, bool isRead) => Assert.Equal(isRead, Read("http", new string('a', length), null, null, false) is not null);

    private static string? Read(string scheme, string host, string? proto, string? told, bool isTrusted)
    {
        var context = SomeContext.Create();
        context.Request.Scheme = scheme;
        context.Request.Headers.Host = host;
        context.Request.Headers["X-Forwarded-Proto"] = new StringValues(proto);
        context.Request.Headers["X-Forwarded-Host"] = new StringValues(told);
        var visitor = new Visitor(IPAddress.Loopback, default, isTrusted);
        return VisitorOrigin.TryRead(context, visitor, out var readScheme, out var readHost) ? $"{readScheme}://{readHost}" : null;
    }
}
