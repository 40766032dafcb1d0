using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using TagGateway.Operations;

namespace TagGateway.Tests.Operations;

/// <summary>The table of rights on the administration API.</summary>
public sealed class AdminAccessTests
{
    private const string Token = "a-token-of-some-length";

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1", nameof(AdminVerdict.Granted))]
    [InlineData("127.8.9.1", "127.0.0.1", nameof(AdminVerdict.Granted))]
    [InlineData("::1", "::1", nameof(AdminVerdict.Granted))]
    [InlineData("::ffff:127.0.0.1", "::ffff:127.0.0.5", nameof(AdminVerdict.Granted))]
    [InlineData("192.0.2.2", "192.0.2.2", nameof(AdminVerdict.NotLoopback))]
    [InlineData("127.0.0.1", "192.0.2.2", nameof(AdminVerdict.NotLoopback))]
    [InlineData("192.0.2.2", "127.0.0.1", nameof(AdminVerdict.NotLoopback))]
    [InlineData("10.0.0.1", "127.0.0.1", nameof(AdminVerdict.NotLoopback))]
    [InlineData("::ffff:192.0.2.2", "::1", nameof(AdminVerdict.NotLoopback))]
    [InlineData("::", "::1", nameof(AdminVerdict.NotLoopback))]
    [InlineData(null, "127.0.0.1", nameof(AdminVerdict.NotLoopback))]
    [InlineData("127.0.0.1", null, nameof(AdminVerdict.NotLoopback))]
    public void Judge_WithoutToken_BothEndsMustBeLoopback(string? remote, string? local, string expected) =>
        Assert.Equal(expected, Judge(Request(remote, local)));

    [Theory]
    [InlineData("localhost", nameof(AdminVerdict.Granted))]
    [InlineData("LOCALHOST:8081", nameof(AdminVerdict.Granted))]
    [InlineData("127.0.0.1:8081", nameof(AdminVerdict.Granted))]
    [InlineData("127.1.2.3", nameof(AdminVerdict.Granted))]
    [InlineData("[::1]:8081", nameof(AdminVerdict.Granted))]
    [InlineData("[::ffff:127.0.0.1]", nameof(AdminVerdict.Granted))]
    [InlineData("", nameof(AdminVerdict.ForeignHost))]
    [InlineData("evil.example:8081", nameof(AdminVerdict.ForeignHost))]
    [InlineData("localhost.evil.example", nameof(AdminVerdict.ForeignHost))]
    [InlineData("127.0.0.1.evil.example", nameof(AdminVerdict.ForeignHost))]
    [InlineData("localhost.", nameof(AdminVerdict.ForeignHost))]
    [InlineData("0x7f.0.0.1", nameof(AdminVerdict.ForeignHost))]
    [InlineData("2130706433", nameof(AdminVerdict.ForeignHost))]
    [InlineData("0.0.0.0", nameof(AdminVerdict.ForeignHost))]
    [InlineData("192.0.2.2", nameof(AdminVerdict.ForeignHost))]
    public void Judge_WithoutToken_TheHostMustBeThisMachine(string host, string expected) =>
        Assert.Equal(expected, Judge(Request(host: host)));

    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("x-forwarded-host")]
    [InlineData("X-Forwarded-Proto")]
    [InlineData("Forwarded")]
    [InlineData("Via")]
    [InlineData("X-Real-IP")]
    [InlineData("CF-Connecting-IP")]
    public void Judge_WithoutToken_AProxysLoopbackIsNotOurs(string header) =>
        Assert.Equal(nameof(AdminVerdict.Proxied), Judge(Request(headers: (header, ""))));

    [Theory]
    [InlineData("Origin", "http://localhost:8081", nameof(AdminVerdict.Granted))]
    [InlineData("Origin", "http://localhost", nameof(AdminVerdict.ForeignOrigin))]
    [InlineData("Origin", "http://localhost:3000", nameof(AdminVerdict.ForeignOrigin))]
    [InlineData("Origin", "https://localhost:8081", nameof(AdminVerdict.ForeignOrigin))]
    [InlineData("Origin", "http://evil.example", nameof(AdminVerdict.ForeignOrigin))]
    [InlineData("Origin", "null", nameof(AdminVerdict.ForeignOrigin))]
    [InlineData("Origin", "", nameof(AdminVerdict.ForeignOrigin))]
    [InlineData("Sec-Fetch-Site", "same-origin", nameof(AdminVerdict.Granted))]
    [InlineData("Sec-Fetch-Site", "none", nameof(AdminVerdict.Granted))]
    [InlineData("Sec-Fetch-Site", "same-site", nameof(AdminVerdict.ForeignOrigin))]
    [InlineData("Sec-Fetch-Site", "cross-site", nameof(AdminVerdict.ForeignOrigin))]
    [InlineData("Sec-Fetch-Site", "", nameof(AdminVerdict.ForeignOrigin))]
    public void Judge_WithoutToken_NoPageOfAnotherOriginMay(string header, string value, string expected) =>
        Assert.Equal(expected, Judge(Request(headers: (header, value))));

    [Fact]
    public void Judge_WithoutToken_TwoValuesAreNotOneOfThem()
    {
        var twice = Request();
        twice.Request.Headers.Origin = new StringValues(["http://localhost:8081", "http://evil.example"]);

        Assert.Equal(nameof(AdminVerdict.ForeignOrigin), Judge(twice));
    }

    [Theory]
    [InlineData("Bearer a-token-of-some-length", nameof(AdminVerdict.Granted))]
    [InlineData("bearer  a-token-of-some-length", nameof(AdminVerdict.Granted))]
    [InlineData("Bearer a-token-of-some-lengt", nameof(AdminVerdict.WrongToken))]
    [InlineData("Bearer A-TOKEN-OF-SOME-LENGTH", nameof(AdminVerdict.WrongToken))]
    [InlineData("Bearer a-token-of-some-length,", nameof(AdminVerdict.WrongToken))]
    [InlineData("Basic a-token-of-some-length", nameof(AdminVerdict.WrongToken))]
    [InlineData("a-token-of-some-length", nameof(AdminVerdict.WrongToken))]
    [InlineData("Bearer", nameof(AdminVerdict.WrongToken))]
    [InlineData("Bearer ", nameof(AdminVerdict.WrongToken))]
    [InlineData("", nameof(AdminVerdict.WrongToken))]
    [InlineData(null, nameof(AdminVerdict.WrongToken))]
    public void Judge_WithToken_ItAloneDecidesOnLoopbackToo(string? authorization, string expected)
    {
        var near = Request();
        var far = Request("203.0.113.9", "192.0.2.2", "gateway.internal:8081", ("X-Forwarded-For", "203.0.113.9"));
        near.Request.Headers.Authorization = authorization;
        far.Request.Headers.Authorization = authorization;

        Assert.Equal(expected, Judge(near, Token));
        Assert.Equal(expected, Judge(far, Token));
    }

    [Fact]
    public void Judge_TwoAuthorizations_AreNone()
    {
        var context = Request();
        context.Request.Headers.Authorization = new StringValues(["Bearer wrong", $"Bearer {Token}"]);

        Assert.Equal(nameof(AdminVerdict.WrongToken), Judge(context, Token));
    }

    private static DefaultHttpContext Request(
        string? remote = "127.0.0.1", string? local = "127.0.0.1", string host = "localhost:8081", params (string Name, string Value)[] headers)
    {
        var context = new DefaultHttpContext { Request = { Method = "POST", Host = new HostString(host) } };
        context.Connection.RemoteIpAddress = remote is null ? null : IPAddress.Parse(remote);
        context.Connection.LocalIpAddress = local is null ? null : IPAddress.Parse(local);
        foreach (var (name, value) in headers)
        {
            context.Request.Headers[name] = new StringValues([value]);
        }

        return context;
    }

    private static string Judge(HttpContext context, string? secret = null)
    {
        AdminToken? token = null;
        Assert.True(secret is null || AdminToken.TryParse(secret, out token, out _));
        return AdminAccess.Judge(context, token).ToString();
    }
}
