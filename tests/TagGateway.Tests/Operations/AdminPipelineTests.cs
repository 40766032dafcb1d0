using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using TagGateway.Caching;
using TagGateway.Configuration;
using TagGateway.Operations;
using TagGateway.Receiving;
using TagGateway.Tests.Responding;
using TagGateway.Tests.Sites;
using TagGateway.Upstream;

namespace TagGateway.Tests.Operations;

public sealed class AdminPipelineTests : IDisposable
{
    private readonly FakeLifetime _lifetime = new();
    private readonly ServiceProvider _services;
    private readonly RequestDelegate _pipeline;

    public AdminPipelineTests()
    {
        _services = new ServiceCollection().AddOperations(new LogOptions()).AddCaching().AddUpstream().AddSingleton<ForgetFills>(_ => { }).AddSingleton(SomeSettings.Create()).AddSingleton<IHostApplicationLifetime>(_lifetime).BuildServiceProvider();
        _services.GetRequiredService<MeterProvider>();
        var app = new ApplicationBuilder(_services);
        app.UseAdmin();
        _pipeline = app.Build();
    }

    public void Dispose()
    {
        _services.Dispose();
        _lifetime.Dispose();
    }

    [Theory]
    [InlineData("/livez", 200, "alive\n")]
    [InlineData("/readyz", 503, "starting\n")]
    public async Task Health_WhileStarting_IsAliveAndNotReady(string path, int status, string body)
    {
        var context = await InvokeAsync("GET", path);

        Assert.Equal(status, context.Response.StatusCode);
        Assert.Equal(body, SomeContext.BodyOf(context));
        Assert.Equal("no-store", context.Response.Headers.CacheControl);
        Assert.Equal("text/plain; charset=utf-8", context.Response.ContentType);
    }

    [Fact]
    public async Task Readyz_StartedWithABadReload_Is200AndNamesIt()
    {
        _lifetime.Start();
        _services.GetRequiredService<ReloadState>().Errors = [new ConfigurationError("urls", "is empty")];

        var context = await InvokeAsync("GET", "/readyz");

        Assert.Equal(200, context.Response.StatusCode);
        Assert.Equal("ready\nconfiguration not reloaded: urls: is empty\n", SomeContext.BodyOf(context));
    }

    [Fact]
    public async Task Readyz_Draining_Is503AndLivezIsNot()
    {
        _lifetime.Start();
        _lifetime.StopApplication();

        Assert.Equal(503, (await InvokeAsync("GET", "/readyz")).Response.StatusCode);
        Assert.Equal(200, (await InvokeAsync("GET", "/livez")).Response.StatusCode);
    }

    [Fact]
    public async Task Readyz_Head_HasNoBody()
    {
        var context = await InvokeAsync("HEAD", "/readyz");

        Assert.Equal(503, context.Response.StatusCode);
        Assert.Equal("starting\n".Length, context.Response.ContentLength);
        Assert.Equal("", SomeContext.BodyOf(context));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task AnyPath_OtherMethod_Is405(string method)
    {
        var context = await InvokeAsync(method, "/readyz");

        Assert.Equal(405, context.Response.StatusCode);
        Assert.Equal("GET, HEAD", context.Response.Headers.Allow);
    }

    [Theory]
    [InlineData("/api/purge", 403)]
    [InlineData("/api", 403)]
    [InlineData("/API/purge", 405)]
    [InlineData("/apis", 405)]
    public async Task Api_OfAStranger_IsForbidden(string path, int expected) => Assert.Equal(expected, (await InvokeAsync("POST", path)).Response.StatusCode);

    [Theory]
    [InlineData("/")]
    [InlineData("/livez/")]
    [InlineData("/LIVEZ")]
    [InlineData("/f807/")]
    [InlineData("/debug")]
    public async Task AnyOtherPath_Get_Is404(string path) => Assert.Equal(404, (await InvokeAsync("GET", path)).Response.StatusCode);

    [Fact]
    public async Task Metrics_Get_IsWhatWasCounted()
    {
        _services.GetRequiredService<GatewayMetrics>().RequestRefused(RequestRefusal.Framing);

        var context = await InvokeAsync("GET", "/metrics");

        Assert.Equal(200, context.Response.StatusCode);
        Assert.Contains("taggateway_receiving_refusals_total{", SomeContext.BodyOf(context));
        Assert.Contains("reason=\"framing\"", SomeContext.BodyOf(context));
    }

    private async Task<DefaultHttpContext> InvokeAsync(string method, string path)
    {
        var context = SomeContext.Create(method, path);
        context.Request.Path = path;
        context.RequestServices = _services;
        await _pipeline(context);
        return context;
    }
}
