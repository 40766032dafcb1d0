using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using TagGateway.Pages;
using TagGateway.Receiving;
using TagGateway.Responding;
using TagGateway.Sites;
using TagGateway.Tests.Limits;
using TagGateway.Tests.Operations;
using TagGateway.Tests.Responding;
using TagGateway.Tests.Sites;
using TagGateway.Tests.Upstream;
using TagGateway.Upstream;
using Yarp.ReverseProxy.Forwarder;

namespace TagGateway.Tests.Pages;

public sealed class PageMiddlewareTests : IDisposable
{
    private readonly FakeLogger<OriginForwarder> _logger = new();
    private readonly TestMetrics _metrics = new();
    private readonly FakeForwarder _yarp = new();
    private readonly Next _next = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _metrics.Dispose();

    [Fact]
    public async Task Invoke_NoSite_GoesOn()
    {
        await Middleware().InvokeAsync(SomeContext.Create());

        Assert.Equal(1, _next.Calls);
    }

    [Fact]
    public async Task Invoke_SiteWithoutOrigin_GoesOn()
    {
        await InvokeAsync(origin: null, "/cart");

        Assert.Equal(1, _next.Calls);
        Assert.Empty(_yarp.Sent);
    }

    [Theory]
    [InlineData("http://127.0.0.1:3000", null, "/a%2Fb?c=%2526", "http://127.0.0.1:3000/a%2Fb?c=%2526", "shop.example")]
    [InlineData("http://127.0.0.1:3000", null, "/a/../b\\c", "http://127.0.0.1:3000/a/../b\\c", "shop.example")]
    [InlineData("http://web", "inner.example", "/", "http://web/", "inner.example")]
    [InlineData("h2c://web:3000", null, "/", "http://web:3000/", "shop.example")]
    [InlineData("https://web.example", null, "/x", "https://web.example/x", "shop.example")]
    [InlineData("https://web.example:8443", null, "/x", "https://web.example:8443/x", "shop.example")]
    [InlineData("https://[::1]", null, "/x", "https://[::1]/x", "shop.example")]
    [InlineData("https://web.example", "inner.example", "/x", "https://web.example/x", "inner.example")]
    public async Task Invoke_Page_IsAskedOfTheWebsiteWordForWord(string origin, string? originHost, string target, string asked, string host)
    {
        _yarp.Answers.Enqueue(() => new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent([]) });

        await InvokeAsync(origin, target, originHost: originHost);

        var sent = Assert.Single(_yarp.Sent);
        Assert.Equal(asked, sent.RequestUri?.OriginalString);
        Assert.Equal(host, sent.Headers.Host);
        Assert.Equal(0, _logger.Collector.Count);
    }

    [Theory]
    [InlineData(nameof(ForwarderError.Request), 502, 502, "bad gateway\n", "error=request reason=connection_lost")]
    [InlineData(nameof(ForwarderError.RequestTimedOut), 504, 504, "gateway timeout\n", "error=request_timed_out reason=timed_out")]
    [InlineData(nameof(ForwarderError.RequestBodyClient), 413, 413, "bad request\n", "error=request_body_client")]
    [InlineData(nameof(ForwarderError.RequestCreation), 500, 400, "bad request\n", "error=request_creation")]
    public async Task Invoke_NoAnswer_IsTheGatewaysOwnAndCounted(string error, int yarpsStatus, int status, string body, string label)
    {
        using var failures = _metrics.Collect("taggateway.pages.failures");
        _yarp.Failure = (Enum.Parse<ForwarderError>(error), yarpsStatus);

        var context = await InvokeAsync("http://web", "/");

        Assert.Equal((status, body), (context.Response.StatusCode, SomeContext.BodyOf(context)));
        Assert.Equal([$"1 {label} site=shop"], TestMetrics.Lines(failures));
        Assert.Equal(1400, _logger.LatestRecord.Id.Id);
    }

    [Theory]
    [InlineData("text/html,*/*;q=0.8", 502, "<h1>Back soon</h1>")]
    [InlineData("*/*", 502, "bad gateway\n")]
    [InlineData("text/html", 413, "bad request\n")]
    public async Task Invoke_NoAnswerWithAnErrorPage_IsSentToThoseWhoWantHtml(string accept, int status, string body)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "<h1>Back soon</h1>");
        var page = ErrorPage.Read(file, out _);
        File.Delete(file);
        _yarp.Failure = (status == 502 ? ForwarderError.Request : ForwarderError.RequestBodyClient, status);

        var context = await InvokeAsync("http://web", "/", errorPage: page, change: context => context.Request.Headers.Accept = accept);

        Assert.Equal((status, body), (context.Response.StatusCode, SomeContext.BodyOf(context)));
    }

    [Fact]
    public async Task Invoke_VisitorLeft_IsNoFailureOfTheWebsite()
    {
        using var failures = _metrics.Collect("taggateway.pages.failures");

        var context = await InvokeAsync("http://web", "/", change: context => context.RequestAborted = new CancellationToken(canceled: true));

        Assert.Equal(499, context.Response.StatusCode);
        Assert.Equal(["1 error=visitor_gone site=shop"], TestMetrics.Lines(failures));
        Assert.Equal(0, _logger.Collector.Count);
    }

    [Theory]
    [InlineData(false, null, "203.0.113.9", "http", "shop.example", "80", null)]
    [InlineData(false, "198.51.100.1", "203.0.113.9", "http", "shop.example", "80", null)]
    [InlineData(true, "198.51.100.1", "198.51.100.1, 203.0.113.9", "https", "outer.example", "443", "for=198.51.100.1, for=203.0.113.9;host=\"shop.example\";proto=http")]
    [InlineData(true, null, "203.0.113.9", "https", "outer.example", "443", "for=198.51.100.1, for=203.0.113.9;host=\"shop.example\";proto=http")]
    public async Task Invoke_ForwardedHeaders_AreTheTruth(bool isTrusted, string? forwardedFor, string expectedFor, string proto, string host, string port, string? forwarded)
    {
        await InvokeAsync("http://web", "/", isTrusted, change: context =>
        {
            context.Request.Headers["X-Forwarded-For"] = forwardedFor;
            context.Request.Headers["X-Forwarded-Proto"] = "https";
            context.Request.Headers["X-Forwarded-Host"] = "outer.example";
            context.Request.Headers["Forwarded"] = "for=198.51.100.1";
        });

        Assert.Equal((expectedFor, proto, host, port, forwarded), (Sent("X-Forwarded-For"), Sent("X-Forwarded-Proto"), Sent("X-Forwarded-Host"), Sent("X-Forwarded-Port"), Sent("Forwarded")));
    }

    [Fact]
    public async Task Invoke_HeadersOfTheVisitor_GoToTheirOwnWebsite()
    {
        await InvokeAsync("http://web", "/", change: context =>
        {
            context.Request.Headers.Cookie = "session=1; _ga=2";
            context.Request.Headers.Authorization = "Basic x";
            context.Request.Headers.Connection = "X-Hop";
            context.Request.Headers["X-Hop"] = "1";
        });

        Assert.Equal(("session=1; _ga=2", "Basic x", null), (Sent("Cookie"), Sent("Authorization"), Sent("X-Hop")));
    }

    private string? Sent(string name) => _yarp.Sent[0].Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    private PageMiddleware Middleware()
    {
        var settings = SomeSettings.Create();
        var health = new OriginHealth(settings, _metrics.Gateway, _time, NullLogger<OriginHealth>.Instance);
        return new PageMiddleware(_next.InvokeAsync, new OriginForwarder(_yarp, new OriginClients(_time), new OriginLimiter(settings, _metrics.Limits, _time), health, _metrics.Gateway, _time, _logger));
    }

    private async Task<DefaultHttpContext> InvokeAsync(
        string? origin, string target, bool isTrusted = false, string? originHost = null, ErrorPage? errorPage = null, Action<HttpContext>? change = null)
    {
        var context = SomeContext.Create(target: target);
        Assert.True(RequestTarget.TryParse(target, out var parsed));
        context.Features.Set(new SiteRequest(SomeSite.Create(origin: origin, originHost: originHost, errorPage: errorPage), parsed));
        context.Features.Set(new Visitor(IPAddress.Parse("203.0.113.9"), default, isTrusted));
        context.Features.Set(SomeLimits.Lease());
        change?.Invoke(context);
        await Middleware().InvokeAsync(context);
        return context;
    }
}
