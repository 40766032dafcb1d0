using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using TagGateway.Receiving;
using TagGateway.Tests.Configuration;
using TagGateway.Tests.Operations;
using TagGateway.Tests.Responding;
using TagGateway.Tests.Sites;

namespace TagGateway.Tests.Receiving;

public sealed class ReceivingMiddlewareTests : IDisposable
{
    private readonly FakeLogger<ReceivingMiddleware> _logger = new();
    private readonly TestMetrics _metrics = new();
    private readonly Next _next = new();

    public void Dispose() => _metrics.Dispose();

    [Theory]
    [InlineData("203.0.113.9", "203.0.113.9", "AT-9", false)]
    [InlineData("10.0.0.1", "198.51.100.1", "US-CA", true)]
    [InlineData("::ffff:10.0.0.1", "198.51.100.1", "US-CA", true)]
    public async Task Invoke_SoundRequest_LeavesTheVisitor(string peer, string address, string region, bool isViaTrustedProxy)
    {
        var context = SomeContext.Create(peer: peer);
        context.Request.Headers["X-Forwarded-For"] = "198.51.100.1";
        context.Request.Headers["X-Forwarded-CountryRegion"] = "US-CA";

        await Middleware("10.0.0.0/8").InvokeAsync(context);

        var visitor = context.Features.Get<Visitor>();
        Assert.Equal(1, _next.Calls);
        Assert.Equal(IPAddress.Parse(address), visitor?.Address);
        Assert.Equal(region, visitor?.Region.ToString());
        Assert.Equal(isViaTrustedProxy, visitor?.IsViaTrustedProxy);
    }

    [Theory]
    [InlineData("10.0.0.1", "203.0.113.9", "US-CA")]
    [InlineData("::ffff:203.0.113.9", null, "US-CA")]
    [InlineData("10.0.0.1", "::ffff:203.0.113.9", "US-CA")]
    [InlineData("2001:db8::1", null, "DE-BE")]
    [InlineData("10.0.0.1", null, "AT-9")]
    [InlineData(null, null, "AT-9")]
    public async Task Invoke_GeoDatabase_IsAskedForTheVisitorsOwnAddress(string? peer, string? forwardedFor, string region)
    {
        using var folder = new TempFolder();
        var database = new MmdbWriter().Add("203.0.113.0/24", MmdbWriter.Place("US", "CA")).Add("2001:db8::/32", MmdbWriter.Place("DE", "BE"));
        await File.WriteAllBytesAsync(folder.At("geo.mmdb"), database.ToBytes(), TestContext.Current.CancellationToken);
        var context = SomeContext.Create(peer: peer);
        context.Request.Headers["X-Forwarded-For"] = forwardedFor;

        await new ReceivingMiddleware(
            _next.InvokeAsync, SomeSettings.Create(trustedProxies: ["10.0.0.0/8"], defaultRegion: "AT-9", database: folder.At("geo.mmdb")), _metrics.Gateway, _logger).InvokeAsync(context);

        Assert.Equal(region, context.Features.Get<Visitor>()?.Region.ToString());
    }

    [Fact]
    public async Task Invoke_UnixSocket_HasAVisitorWithoutAddress()
    {
        var context = SomeContext.Create(peer: null);
        context.Request.Headers["X-Forwarded-For"] = "198.51.100.1";

        await Middleware("10.0.0.0/8").InvokeAsync(context);

        Assert.NotNull(context.Features.Get<Visitor>());
        Assert.Null(context.Features.Get<Visitor>()?.Address);
        Assert.Equal(0, _logger.Collector.Count);
    }

    [Theory]
    [InlineData("TRACE", "X-A", "1", 405, "method")]
    [InlineData("GET", "X A", "1", 400, "header_name")]
    [InlineData("GET", "X-A", "a\nb", 400, "header_value")]
    [InlineData("POST", "Transfer-Encoding", "gzip", 400, "framing")]
    public async Task Invoke_UnsoundRequest_IsRefusedCountedAndTheConnectionClosed(string method, string name, string value, int status, string reason)
    {
        using var refusals = _metrics.Collect("taggateway.receiving.refusals");
        var context = SomeContext.Create(method);
        context.Request.Headers[name] = value;

        await Middleware().InvokeAsync(context);

        Assert.Equal(status, context.Response.StatusCode);
        Assert.Equal("close", context.Response.Headers.Connection);
        Assert.Equal(0, _next.Calls);
        Assert.Null(context.Features.Get<Visitor>());
        Assert.Equal([$"1 reason={reason}"], TestMetrics.Lines(refusals));
        Assert.Equal((1000, LogLevel.Debug), (_logger.LatestRecord.Id.Id, _logger.LatestRecord.Level));
    }

    /// <summary>Kestrel warns of the header there, once for each request.</summary>
    [Fact]
    public async Task Invoke_UnsoundRequestOverHttp2_KeepsTheConnection()
    {
        var context = SomeContext.Create();
        context.Request.Protocol = "HTTP/2";
        context.Request.Headers.Upgrade = "h2c";

        await Middleware().InvokeAsync(context);

        Assert.Equal(StatusCodes.Status400BadRequest, context.Response.StatusCode);
        Assert.False(context.Response.Headers.ContainsKey("Connection"));
        Assert.Equal(0, _next.Calls);
    }

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("127.0.0.1")]
    [InlineData("169.254.1.1")]
    [InlineData("100.64.0.1")]
    [InlineData("100.127.255.255")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::1")]
    [InlineData("fd00::1")]
    [InlineData("fe80::1")]
    public async Task Invoke_ForwardedForFromAnUntrustedPrivateAddress_WarnsOnce(string peer)
    {
        var middleware = Middleware("192.0.2.1");

        await middleware.InvokeAsync(Forwarded(peer));
        await middleware.InvokeAsync(Forwarded(peer));

        var warning = Assert.Single(_logger.Collector.GetSnapshot());
        Assert.Equal((1001, LogLevel.Warning), (warning.Id.Id, warning.Level));
        Assert.DoesNotContain(peer, warning.Message);
        Assert.Equal(2, _next.Calls);
    }

    [Theory]
    [InlineData("203.0.113.9")]
    [InlineData("172.15.0.1")]
    [InlineData("172.32.0.1")]
    [InlineData("192.169.0.1")]
    [InlineData("100.63.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("2001:db8::1")]
    [InlineData("10.0.0.7")]
    public async Task Invoke_ForwardedForFromAPublicOrTrustedAddress_DoesNotWarn(string peer)
    {
        await Middleware("10.0.0.7").InvokeAsync(Forwarded(peer));

        Assert.Equal(0, _logger.Collector.Count);
    }

    [Fact]
    public async Task Invoke_PrivateAddressWithoutForwardedFor_DoesNotWarn()
    {
        await Middleware().InvokeAsync(SomeContext.Create(peer: "10.0.0.1"));

        Assert.Equal(0, _logger.Collector.Count);
    }

    private static DefaultHttpContext Forwarded(string peer)
    {
        var context = SomeContext.Create(peer: peer);
        context.Request.Headers["X-Forwarded-For"] = "198.51.100.1";
        return context;
    }

    private ReceivingMiddleware Middleware(params string[] trusted) =>
        new(_next.InvokeAsync, SomeSettings.Create(trustedProxies: trusted, defaultRegion: "AT-9"), _metrics.Gateway, _logger);
}
