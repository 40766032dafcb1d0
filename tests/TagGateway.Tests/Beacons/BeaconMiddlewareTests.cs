using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using TagGateway.Beacons;
using TagGateway.Limits;
using TagGateway.Receiving;
using TagGateway.Sites;
using TagGateway.Tests.Limits;
using TagGateway.Tests.Operations;
using TagGateway.Tests.Responding;
using TagGateway.Tests.Sites;
using TagGateway.Tests.Upstream;

namespace TagGateway.Tests.Beacons;

public sealed class BeaconMiddlewareTests : IDisposable
{
    private readonly SomeForwarder _google = new();
    private readonly Next _next = new();

    public void Dispose() => _google.Dispose();

    [Fact]
    public async Task Invoke_NotOnTheMeasurementPath_GoesOn()
    {
        await Middleware().InvokeAsync(SomeContext.Create(target: "/ag/g/c"));

        Assert.Equal(1, _next.Calls);
        Assert.Empty(_google.Yarp.Sent);
    }

    [Theory]
    [InlineData("/ag/g/c", "?v=2&x=%2526")]
    [InlineData("/C_mYUAFo3kAbCdEfGh", "")]
    [InlineData("/", "")]
    public async Task Invoke_AnySubPath_IsForwardedWordForWord(string subPath, string query)
    {
        _google.Answer(HttpStatusCode.NoContent);

        var context = await InvokeAsync(Hit(subPath, query));

        Assert.Equal(204, context.Response.StatusCode);
        Assert.Equal([$"https://G-MAIN1.fps.goog/f807{subPath}{query}"], _google.Asked);
        Assert.Equal(0, _next.Calls);
    }

    [Fact]
    public async Task Invoke_BodyOverTheSitesLimit_Is413AndCounted()
    {
        using var requests = _google.Metrics.Collect("taggateway.upstream.requests");
        var hit = Hit("/ag/g/c");
        hit.Request.ContentLength = 1025;

        var context = await InvokeAsync(hit);

        Assert.Equal(413, context.Response.StatusCode);
        Assert.Empty(_google.Yarp.Sent);
        Assert.Equal(["1 kind=beacon outcome=body_too_large site=shop"], TestMetrics.Lines(requests));
    }

    [Fact]
    public async Task Invoke_SmallBody_IsReadWholeBeforeItIsSent()
    {
        _google.Answer(HttpStatusCode.NoContent);
        var hit = Hit("/ag/g/c");
        hit.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes("en=one\r\nen=two"));
        hit.Request.ContentLength = 14;

        var context = await InvokeAsync(hit);

        Assert.Equal("en=one\r\nen=two", await new StreamReader(context.Request.Body).ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.Single(_google.Yarp.Sent);
    }

    [Fact]
    public async Task Invoke_BodyThatBreaksOff_Is400AndCountedAndNotSent()
    {
        using var requests = _google.Metrics.Collect("taggateway.upstream.requests");
        var hit = Hit("/ag/g/c");
        hit.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes("en=one"));
        hit.Request.ContentLength = 14;

        var context = await InvokeAsync(hit);

        Assert.Equal(400, context.Response.StatusCode);
        Assert.Empty(_google.Yarp.Sent);
        Assert.Equal(["1 kind=beacon outcome=body_incomplete site=shop"], TestMetrics.Lines(requests));
    }

    [Fact]
    public async Task Invoke_BrowserHasLeft_IsDeliveredAndCountedAsAbandoned()
    {
        using var requests = _google.Metrics.Collect("taggateway.upstream.requests");
        using var abandoned = _google.Metrics.Collect("taggateway.upstream.abandoned");
        _google.Answer(HttpStatusCode.NoContent);
        var hit = Hit("/ag/g/c");
        hit.RequestAborted = new CancellationToken(canceled: true);

        var context = await InvokeAsync(hit);

        Assert.False(context.RequestAborted.IsCancellationRequested);
        Assert.Single(_google.Yarp.Sent);
        Assert.Equal(["1 kind=beacon outcome=delivered site=shop"], TestMetrics.Lines(requests));
        Assert.Equal(["1 kind=beacon site=shop"], TestMetrics.Lines(abandoned));
        Assert.Equal(499, context.Response.StatusCode);
    }

    /// <summary>Beacons go after scripts, and before pages: nine tenths of all are theirs at most.</summary>
    [Theory]
    [InlineData(0, 100, 204)]
    [InlineData(57 * SomeLimits.MegaByte, 100, 204)]
    [InlineData(58 * SomeLimits.MegaByte, 100, 503)]
    [InlineData(57 * SomeLimits.MegaByte, 0, 204)]
    [InlineData(58 * SomeLimits.MegaByte, 0, 503)]
    public async Task Invoke_NoRoomForTheBody_Is503AndNothingIsSent(long held, int length, int status)
    {
        _google.Answer(HttpStatusCode.NoContent);
        using var shed = _google.Metrics.Collect("taggateway.request.shed");
        var budget = SomeLimits.Budget(64 * SomeLimits.MegaByte);
        using var others = new MemoryLease(budget, client: null);
        Assert.True(others.TryTake(held));
        var context = Hit("/g/collect");
        context.Request.Body = new MemoryStream(new byte[length]);
        context.Request.ContentLength = length;
        var lease = new MemoryLease(budget, client: null);
        context.Features.Set(lease);

        await InvokeAsync(context);
        var bytes = budget.Bytes;
        lease.Dispose();

        Assert.Equal(status, context.Response.StatusCode);
        Assert.Equal(status == 503 ? ["1 kind=beacon"] : [], TestMetrics.Lines(shed));
        Assert.Equal((status == 503 ? 0 : 1, held + (status == 503 ? 0 : length), held), (_google.Yarp.Sent.Count, bytes, budget.Bytes));
    }

    private static DefaultHttpContext Hit(string subPath, string query = "")
    {
        var context = SomeContext.Create("POST", SomeSite.DefaultPath + subPath + query);
        context.Features.Set(new MeasurementTarget(SomeSite.Create(maxBodyBytes: 1024), SomeSite.DefaultPath + subPath, query));
        context.Features.Set(new Visitor(IPAddress.Parse("203.0.113.9"), default, isViaTrustedProxy: false));
        return context;
    }

    private BeaconMiddleware Middleware() => new(_next.InvokeAsync, _google.Forwarder, SomeSettings.Create(), _google.Metrics.Gateway, _google.Metrics.Limits);

    private async Task<DefaultHttpContext> InvokeAsync(DefaultHttpContext context)
    {
        await Middleware().InvokeAsync(context);
        return context;
    }
}
