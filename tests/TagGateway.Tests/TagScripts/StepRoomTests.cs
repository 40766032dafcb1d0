using System.Net;
using Microsoft.AspNetCore.Http;
using TagGateway.Limits;
using TagGateway.Receiving;
using TagGateway.Tests.Limits;
using TagGateway.Tests.Operations;

namespace TagGateway.Tests.TagScripts;

/// <summary>In which order scripts are refused when there is no room, and what a client may have of those that are read for it alone.</summary>
public sealed class StepRoomTests : IDisposable
{
    private const string AtGoogle = "https://www.googletagmanager.com/gtag/js?id=G-MAIN1";
    private readonly MemoryBudget _budget = SomeLimits.Budget(64 * SomeLimits.MegaByte);
    private readonly SomeStep _step = new();

    public void Dispose() => _step.Dispose();

    /// <summary>Half of all for what has been made up, three quarters for scripts: the browser is sent to Google.</summary>
    [Theory]
    [InlineData("?id=G-MAIN1", 48, 200, null)]
    [InlineData("?id=G-MAIN1", 49, 302, "script")]
    [InlineData("?id=G-MAIN1&l=x", 49, 302, "script")]
    [InlineData("?id=G-MAIN1&x=1", 32, 200, null)]
    [InlineData("?id=G-MAIN1&x=1", 33, 302, "untrusted_script")]
    [InlineData("?id=G-MAIN1&gtm_debug=1", 33, 302, "untrusted_script")]
    public async Task Invoke_LittleRoom_OddScriptsGoFirst(string query, int heldMegaBytes, int status, string? kind)
    {
        _step.Scripts.Google.Always(() => FakeGoogle.Script("{\"blob\":{\"5\":\"G-MAIN1\"}}"));
        using var shed = _step.Scripts.Metrics.Collect("taggateway.request.shed");
        using var others = new MemoryLease(_budget, client: null);
        Assert.True(others.TryTake(heldMegaBytes * SomeLimits.MegaByte));

        var context = await InvokeAsync(query);

        Assert.Equal(status, context.Response.StatusCode);
        Assert.Equal(kind is null ? [] : [$"1 kind={kind}"], TestMetrics.Lines(shed));
        Assert.Equal(status == 200 ? 1 : 0, _step.Scripts.Google.Asked.Count + _step.Passed.Yarp.Sent.Count);
        if (status == 302)
        {
            Assert.StartsWith(AtGoogle, context.Response.Headers.Location.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Invoke_NoRoomForAPost_Is503()
    {
        using var others = new MemoryLease(_budget, client: null);
        Assert.True(others.TryTake(50 * SomeLimits.MegaByte));

        var context = await InvokeAsync("?id=G-MAIN1", "POST");

        Assert.Equal(503, context.Response.StatusCode);
        Assert.Empty(_step.Passed.Yarp.Sent);
    }

    /// <summary>A page in a debugging session comes whole; what a client asks for beyond reason does not even get to Google.</summary>
    [Fact]
    public async Task Invoke_DebuggingSession_HasAShare()
    {
        var statuses = new List<int>();
        for (var i = 0; i < 400; i++)
        {
            _step.Passed.Answer(HttpStatusCode.OK, "preview", "text/javascript");
            statuses.Add((await InvokeAsync($"?id=G-MAIN1&gtm_debug={i}")).Response.StatusCode);
        }

        Assert.All(statuses.Take(60), status => Assert.Equal(200, status));
        Assert.Equal(302, statuses[^1]);
        Assert.Equal(statuses.Count(status => status == 200), _step.Passed.Yarp.Sent.Count);
        Assert.Equal(200, (await InvokeAsync("?id=G-MAIN1&gtm_debug=x", client: "203.0.113.77")).Response.StatusCode);
    }

    /// <summary>Where no region is known every visitor's load is passed on: that is nobody's fault.</summary>
    [Fact]
    public async Task Invoke_RegionUnknown_HasNoShare()
    {
        for (var i = 0; i < 1500; i++)
        {
            _step.Passed.Answer(HttpStatusCode.OK, "script", "text/javascript");
            Assert.Equal(200, (await InvokeAsync("?id=G-MAIN1", region: "")).Response.StatusCode);
        }
    }

    /// <summary>The lease of the request is shared by no one else, and holds nothing in the end.</summary>
    private async Task<HttpContext> InvokeAsync(string query, string method = "GET", string region = "US-CA", string client = "203.0.113.9")
    {
        using var lease = new MemoryLease(_budget, client: null);
        var before = _budget.Bytes;
        var context = await _step.InvokeAsync("/", query, region, method, context =>
        {
            context.Features.Set(lease);
            context.Features.Set(new Visitor(IPAddress.Parse(client), context.Features.Get<Visitor>()!.Region, isViaTrustedProxy: false));
        });
        Assert.Equal(before, _budget.Bytes);
        return context;
    }
}
