using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Testing;
using TagGateway.Sites;
using TagGateway.Tests.Operations;
using TagGateway.Tests.Responding;

namespace TagGateway.Tests.Sites;

public sealed class SiteMiddlewareTests : IDisposable
{
    private readonly Site _site = SomeSite.Create(hosts: ["shop.example", "[::1]"], path: "/f807", maxBodyBytes: 4096);
    private readonly FakeLogger<SiteMiddleware> _logger = new();
    private readonly TestMetrics _metrics = new();
    private readonly Next _next = new();

    public void Dispose() => _metrics.Dispose();

    [Fact]
    public async Task Invoke_HostWithoutASite_Answers404AndStops()
    {
        var context = await InvokeAsync(SomeContext.Create(host: "other.example", target: "/f807/"));

        Assert.Equal(StatusCodes.Status404NotFound, context.Response.StatusCode);
        Assert.Equal("not found\n", SomeContext.BodyOf(context));
        Assert.Equal(0, _next.Calls);
        Assert.Null(context.Features.Get<SiteRequest>());
        Assert.Equal(1100, _logger.LatestRecord.Id.Id);
        Assert.DoesNotContain("other.example", _logger.LatestRecord.Message);
    }

    [Theory]
    [InlineData("shop.example")]
    [InlineData("SHOP.example:8080")]
    [InlineData("[::1]:8080")]
    public async Task Invoke_HostOfASite_LeavesTheSite(string host)
    {
        var context = await InvokeAsync(SomeContext.Create(host: host, target: "/"));

        Assert.Equal(1, _next.Calls);
        Assert.Same(_site, context.Features.Get<SiteRequest>()?.Site);
        Assert.Null(context.Features.Get<MeasurementTarget>());
        Assert.Equal(0, _logger.Collector.Count);
    }

    [Theory]
    [InlineData("/f807", "/f807/", "", "/")]
    [InlineData("/f807?id=G-A1", "/f807/", "?id=G-A1", "/")]
    [InlineData("/f807/", "/f807/", "", "/")]
    [InlineData("/f807/ag/g/c?v=2&x=%2526", "/f807/ag/g/c", "?v=2&x=%2526", "/ag/g/c")]
    [InlineData("/f807/a%2Fb", "/f807/a%2Fb", "", "/a%2Fb")]
    [InlineData("/f807//x", "/f807//x", "", "//x")]
    [InlineData("http://shop.example/f807/x", "/f807/x", "", "/x")]
    public async Task Invoke_OnTheMeasurementPath_LeavesTheRawTarget(string raw, string path, string query, string subPath)
    {
        var context = await InvokeAsync(SomeContext.Create(target: raw));

        var target = context.Features.Get<MeasurementTarget>();
        Assert.Equal(1, _next.Calls);
        Assert.Same(_site, target?.Site);
        Assert.Equal((path, query), (target?.Path, target?.Query));
        Assert.Equal(subPath, target?.SubPath.ToString());
    }

    [Theory]
    [InlineData("/f8070")]
    [InlineData("/F807/")]
    [InlineData("/x/f807/")]
    [InlineData("//f807/")]
    [InlineData("/cart%20x")]
    [InlineData("/.well-known/x")]
    [InlineData("/a\\b")]
    public async Task Invoke_BesideTheMeasurementPath_GoesOnToThePages(string raw)
    {
        var context = await InvokeAsync(SomeContext.Create(target: raw));

        Assert.Null(context.Features.Get<MeasurementTarget>());
        Assert.Equal(1, _next.Calls);
    }

    [Theory]
    [InlineData("/%66807/x")]
    [InlineData("/%2566807/x")]
    [InlineData("/x/../f807/")]
    [InlineData("/x/%2e%2e/f807")]
    [InlineData("/x%2f..%2ff807/x")]
    [InlineData("/x\\..\\f807\\x")]
    [InlineData("/./f807/x")]
    [InlineData("/f807%2fx")]
    [InlineData("/f807\\x")]
    public async Task Invoke_MeasurementPathInDisguise_Is404ForGoogleAndWebsiteAlike(string raw)
    {
        var context = await InvokeAsync(SomeContext.Create(target: raw));

        Assert.Equal(404, context.Response.StatusCode);
        Assert.Equal(0, _next.Calls);
    }

    [Theory]
    [InlineData("/f807/../x")]
    [InlineData("/f807/%2e%2e/x")]
    [InlineData("/f807/%252e%252e/x")]
    [InlineData("/f807/..%2fx")]
    [InlineData("/f807/./x")]
    [InlineData("/f807/a%5c..%5cb")]
    public async Task Invoke_DotSegmentBelowTheMeasurementPath_Is404(string raw)
    {
        var context = await InvokeAsync(SomeContext.Create(target: raw));

        Assert.Equal(404, context.Response.StatusCode);
        Assert.Equal(0, _next.Calls);
    }

    [Fact]
    public async Task Invoke_BackslashBelowTheMeasurementPath_Is400AndCounted()
    {
        using var refusals = _metrics.Collect("taggateway.receiving.refusals");

        var context = await InvokeAsync(SomeContext.Create(target: "/f807/a\\b"));

        Assert.Equal(400, context.Response.StatusCode);
        Assert.Equal(0, _next.Calls);
        Assert.Equal(["1 reason=target"], TestMetrics.Lines(refusals));
    }

    [Fact]
    public async Task Invoke_ConnectOnTheMeasurementPath_Is405()
    {
        var context = await InvokeAsync(SomeContext.Create("CONNECT", "/f807/x"));

        Assert.Equal(405, context.Response.StatusCode);
        Assert.Equal(0, _next.Calls);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    [InlineData("REPORT")]
    public async Task Invoke_AnyOtherMethod_GoesOn(string method)
    {
        var context = await InvokeAsync(SomeContext.Create(method, "/f807/x"));

        Assert.NotNull(context.Features.Get<MeasurementTarget>());
        Assert.Equal(1, _next.Calls);
    }

    [Fact]
    public async Task Invoke_OptionsOfTheServer_Answers204()
    {
        var context = await InvokeAsync(SomeContext.Create("OPTIONS", "*"));

        Assert.Equal(204, context.Response.StatusCode);
        Assert.Equal(0, _next.Calls);
    }

    [Theory]
    [InlineData("GET", "*")]
    [InlineData("OPTIONS", "shop.example:443")]
    [InlineData("GET", "/f807/#x")]
    [InlineData("GET", "")]
    public async Task Invoke_OddTarget_Is400AndCounted(string method, string raw)
    {
        using var refusals = _metrics.Collect("taggateway.receiving.refusals");

        var context = await InvokeAsync(SomeContext.Create(method, raw));

        Assert.Equal(400, context.Response.StatusCode);
        Assert.Equal(0, _next.Calls);
        Assert.Equal(["1 reason=target"], TestMetrics.Lines(refusals));
    }

    [Theory]
    [InlineData("/f807/x", 4096L)]
    [InlineData("/upload", null)]
    public async Task Invoke_Body_IsLimitedOnTheMeasurementPathAlone(string raw, long? expected)
    {
        var context = SomeContext.Create("POST", raw);
        var limit = new BodyLimit(isReadOnly: false);
        context.Features.Set<IHttpMaxRequestBodySizeFeature>(limit);

        await InvokeAsync(context);

        Assert.Equal(expected, limit.MaxRequestBodySize);
    }

    [Fact]
    public async Task Invoke_BodyBeingReadAlready_LeavesTheLimit()
    {
        var context = SomeContext.Create("POST", "/f807/x");
        var limit = new BodyLimit(isReadOnly: true);
        context.Features.Set<IHttpMaxRequestBodySizeFeature>(limit);

        await InvokeAsync(context);

        Assert.Null(limit.MaxRequestBodySize);
        Assert.Equal(1, _next.Calls);
    }

    [Fact]
    public async Task Invoke_SettingsSwapped_FollowsTheNewOnes()
    {
        var settings = SomeSettings.Create([_site]);
        var middleware = new SiteMiddleware(_next.InvokeAsync, settings, _metrics.Gateway, _logger);
        settings.Value = SomeSettings.Create([SomeSite.Create(hosts: ["new.example"])]).Value;

        var (old, added) = (SomeContext.Create(host: "shop.example"), SomeContext.Create(host: "new.example"));
        await middleware.InvokeAsync(old);
        await middleware.InvokeAsync(added);

        Assert.Equal(404, old.Response.StatusCode);
        Assert.Equal(1, _next.Calls);
    }

    private async Task<HttpContext> InvokeAsync(HttpContext context)
    {
        await new SiteMiddleware(_next.InvokeAsync, SomeSettings.Create([_site]), _metrics.Gateway, _logger).InvokeAsync(context);
        return context;
    }

    private sealed class BodyLimit(bool isReadOnly) : IHttpMaxRequestBodySizeFeature
    {
        public bool IsReadOnly => isReadOnly;

        public long? MaxRequestBodySize { get; set; }
    }
}
