using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Testing;
using TagGateway.Receiving;
using TagGateway.Sites;
using TagGateway.TagScripts;
using TagGateway.Tests.Responding;
using TagGateway.Tests.Sites;
using TagGateway.Tests.Upstream;

namespace TagGateway.Tests.TagScripts;

/// <summary>Step 3a whole: what the cache fetches goes to <see cref="Scripts"/>, what is passed on to <see cref="Passed"/>.</summary>
internal sealed class SomeStep : IDisposable
{
    private readonly TagScriptMiddleware _middleware;

    public SomeStep(Site? site = null)
    {
        Site = site ?? Scripts.Site;
        _middleware = new TagScriptMiddleware(
            Next.InvokeAsync, Scripts.Knowledge, Scripts.Reader, Scripts.Cache, Scripts.Forms, new PassLimits(Scripts.Work.Work), Passed.Forwarder, Scripts.Metrics.Gateway, Scripts.Metrics.Limits, new FakeLogger<TagScriptMiddleware>());
    }

    public SomeScripts Scripts { get; } = new();

    public SomeForwarder Passed { get; } = new();

    public Next Next { get; } = new();

    public Site Site { get; }

    public async Task<DefaultHttpContext> InvokeAsync(
        string subPath = "/", string query = "?id=G-MAIN1", string region = "US-CA", string method = "GET", Action<HttpContext>? prepare = null)
    {
        var context = SomeContext.Create(method, SomeSite.DefaultPath + subPath + query);
        context.Features.Set(new MeasurementTarget(Site, SomeSite.DefaultPath + subPath, query));
        _ = Region.TryParse(region, out var parsed);
        context.Features.Set(new Visitor(IPAddress.Parse("203.0.113.9"), parsed, isViaTrustedProxy: false));
        prepare?.Invoke(context);
        var invoking = _middleware.InvokeAsync(context);
        await Scripts.Time.RunAsync(invoking.ContinueWith(done => done.IsCompletedSuccessfully, TaskScheduler.Default));
        await invoking;
        return context;
    }

    public void Dispose()
    {
        Scripts.Dispose();
        Passed.Dispose();
    }
}
