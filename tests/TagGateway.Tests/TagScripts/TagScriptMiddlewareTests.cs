using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Testing;
using TagGateway.Receiving;
using TagGateway.Rewriting;
using TagGateway.Sites;
using TagGateway.TagScripts;
using TagGateway.Tests.Operations;
using TagGateway.Tests.Responding;
using TagGateway.Tests.Rewriting;
using TagGateway.Tests.Sites;
using TagGateway.Tests.Upstream;

namespace TagGateway.Tests.TagScripts;

public sealed class TagScriptMiddlewareTests : IDisposable
{
    private readonly FakeLogger<TagScriptMiddleware> _logger = new();
    private readonly SomeForwarder _google = new();
    private readonly SomeScripts _scripts = new();
    private readonly Next _next = new();
    private byte[]? _knownKey;

    public void Dispose()
    {
        _google.Dispose();
        _scripts.Dispose();
    }

    [Fact]
    public async Task Invoke_NotOnTheMeasurementPath_GoesOn()
    {
        await Middleware().InvokeAsync(SomeContext.Create(target: "/gtm.js?id=G-A1"));

        Assert.Equal(1, _next.Calls);
    }

    [Theory]
    [InlineData("GET", "/ag/g/c", "?v=2&tid=G-MAIN1")]
    [InlineData("POST", "/", "")]
    [InlineData("GET", "/healthy", "")]
    [InlineData("GET", "/", "?validate_geo=healthy")]
    [InlineData("GET", "/C_mYUAFo3kAbCdEfGh", "")]
    public async Task Invoke_NoScript_GoesOn(string method, string subPath, string query)
    {
        await InvokeAsync(method, subPath, query);

        Assert.Equal(1, _next.Calls);
        Assert.Empty(_google.Yarp.Sent);
    }

    [Theory]
    [InlineData("GET", "/", "")]
    [InlineData("HEAD", "/", "")]
    [InlineData("GET", "/", "?id=G-MAIN1&cx=c")]
    [InlineData("GET", "/gtag/js", "?id=AW-2")]
    [InlineData("GET", "/gtd", "?id=aw-2&l=x")]
    [InlineData("GET", "/", "?id=G-MAIN1&id=AW-2")]
    [InlineData("POST", "/", "?id=G-MAIN1")]
    public async Task Invoke_ScriptOfAnAllowedTag_IsAskedOfGoogleWordForWord(string method, string subPath, string query)
    {
        _google.Answer(HttpStatusCode.OK, "{\"blob\":{\"5\":\"G-MAIN1\"}}", "text/javascript");

        var context = await InvokeAsync(method, subPath, query);

        Assert.Equal(200, context.Response.StatusCode);
        Assert.Equal([$"https://G-MAIN1.fps.goog/f807{subPath}{query}"], _google.Asked);
        Assert.Equal(0, _next.Calls);
        Assert.Equal(0, _logger.Collector.Count);
    }

    [Theory]
    [InlineData("/", "?id=G-FOREIGN3", "https://www.googletagmanager.com/gtag/js?id=G-FOREIGN3")]
    [InlineData("/", "?id=gtm-foreign3&l=x&cx=c", "https://www.googletagmanager.com/gtm.js?id=GTM-FOREIGN3&l=x&cx=c")]
    [InlineData("/gtag/js", "?l=x&id=G%2DFOREIGN3", "https://www.googletagmanager.com/gtag/js?id=G-FOREIGN3&l=x")]
    [InlineData("/gtd", "?id=AW-FOREIGN3", "https://www.googletagmanager.com/gtag/destination?id=AW-FOREIGN3")]
    [InlineData("/", "?id=G-MAIN1&id=G-FOREIGN3", "https://www.googletagmanager.com/gtag/js?id=G-FOREIGN3")]
    [InlineData("/", "?id=G-MAIN1;id=G-FOREIGN3", "https://www.googletagmanager.com/gtag/js?id=G-FOREIGN3")]
    [InlineData("/gtag%2fjs", "?i%64=G-FOREIGN3", "https://www.googletagmanager.com/gtag/js?id=G-FOREIGN3")]
    public async Task Invoke_ScriptOfAnotherTag_IsRedirectedToGoogle(string subPath, string query, string expected)
    {
        var context = await InvokeAsync("GET", subPath, query);

        Assert.Equal(302, context.Response.StatusCode);
        Assert.Equal(expected, context.Response.Headers.Location);
        Assert.Equal("no-store", context.Response.Headers.CacheControl);
        Assert.Empty(_google.Yarp.Sent);
        Assert.Equal(0, _next.Calls);
        Assert.Equal(1200, _logger.LatestRecord.Id.Id);
        Assert.DoesNotContain("FOREIGN3", _logger.LatestRecord.Message);
    }

    [Fact]
    public async Task Invoke_ForeignTagByPost_IsRedirectedToo()
    {
        var context = await InvokeAsync("POST", "/", "?id=G-FOREIGN3");

        Assert.Equal(302, context.Response.StatusCode);
        Assert.Empty(_google.Yarp.Sent);
    }

    [Theory]
    [InlineData("?id=evil")]
    [InlineData("?id=G-A1%0d%0aX:1")]
    [InlineData("?id=G-MAIN1&id=../x")]
    [InlineData("?id=G-MAIN1%2526x")]
    public async Task Invoke_IdThatIsNone_Is400(string query)
    {
        var context = await InvokeAsync("GET", "/", query);

        Assert.Equal(400, context.Response.StatusCode);
        Assert.Empty(_google.Yarp.Sent);
    }

    [Theory]
    [InlineData("?id=G-FOREIGN3&cx=c", "https://www.googletagmanager.com/gtag/js?id=G-FOREIGN3&cx=c")]
    [InlineData("gtd?id=AW-FOREIGN3", "https://www.googletagmanager.com/gtag/destination?id=AW-FOREIGN3")]
    public async Task Invoke_ForeignTagInAToken_IsRedirectedToGoogle(string hidden, string expected)
    {
        _knownKey = OpaquePath.Key;

        var context = await InvokeAsync("GET", "/" + OpaquePath.Encode(hidden), "");

        Assert.Equal(302, context.Response.StatusCode);
        Assert.Equal(expected, context.Response.Headers.Location);
        Assert.Empty(_google.Yarp.Sent);
    }

    [Fact]
    public async Task Invoke_AllowedTagInAToken_IsAskedOfGoogleByTheToken()
    {
        _knownKey = OpaquePath.Key;
        _google.Answer(HttpStatusCode.OK);
        var token = OpaquePath.Encode("?id=AW-2&cx=c");

        await InvokeAsync("GET", "/" + token, "");

        Assert.Equal([$"https://G-MAIN1.fps.goog/f807/{token}"], _google.Asked);
    }

    [Fact]
    public async Task Invoke_TokenOfACookie_GoesOn()
    {
        _knownKey = OpaquePath.Key;

        await InvokeAsync("POST", "/" + OpaquePath.Encode("_/set_cookie?p=%2F&ce=1"), "");

        Assert.Equal(1, _next.Calls);
    }

    [Theory]
    [InlineData("/", "", "https://www.googletagmanager.com/gtag/js?id=G-MAIN1")]
    [InlineData("/", "?id=AW-2&l=x", "https://www.googletagmanager.com/gtag/js?id=AW-2&l=x")]
    [InlineData("/gtd", "?id=AW-2&id=G-MAIN1", "https://www.googletagmanager.com/gtag/destination?id=AW-2")]
    public async Task Invoke_SiteThatIsOff_RedirectsItsOwnScriptsToo(string subPath, string query, string expected)
    {
        var context = await InvokeAsync("GET", subPath, query, isEnabled: false);

        Assert.Equal(302, context.Response.StatusCode);
        Assert.Equal(expected, context.Response.Headers.Location);
        Assert.Empty(_google.Yarp.Sent);
    }

    [Fact]
    public async Task Invoke_SiteThatIsOff_LetsHitsGoOn()
    {
        await InvokeAsync("POST", "/ag/g/c", "?v=2", isEnabled: false);

        Assert.Equal(1, _next.Calls);
    }

    [Fact]
    public async Task Invoke_AnswerIsAnotherTagsScript_IsRedirectedAndCounted()
    {
        using var requests = _google.Metrics.Collect("taggateway.upstream.requests");
        _google.Answer(HttpStatusCode.OK, "{\"blob\":{\"5\":\"G-FOREIGN3\"}}", "text/javascript");

        var context = await InvokeAsync("GET", "/", "");

        Assert.Equal(302, context.Response.StatusCode);
        Assert.Equal("https://www.googletagmanager.com/gtag/js?id=G-FOREIGN3", context.Response.Headers.Location);
        Assert.Equal("found\n", SomeContext.BodyOf(context));
        Assert.Equal(["1 kind=script outcome=foreign_script site=shop"], TestMetrics.Lines(requests));
    }

    /// <summary>The key stands in the script, so anybody can make tokens.</summary>
    [Theory]
    [InlineData("?id=G-FOREIGN3&x=\r\nSet-Cookie: a=b")]
    [InlineData("?id=G-FOREIGN3&x=\0")]
    [InlineData("?id=G-FOREIGN3&x=y z")]
    [InlineData("?id=G-FOREIGN3&x=\u20ac")]
    public async Task Invoke_OddCharactersInAToken_NeverStandInTheLocation(string hidden)
    {
        _knownKey = OpaquePath.Key;

        var context = await InvokeAsync("GET", "/" + OpaquePath.Encode(hidden), "");

        Assert.Matches("^[!-~]*$", context.Response.Headers.Location.ToString());
    }

    private TagScriptMiddleware Middleware() => new(_next.InvokeAsync, _google.Knowledge, _scripts.Reader, _scripts.Cache, _scripts.Forms, new PassLimits(_scripts.Work.Work), _google.Forwarder, _google.Metrics.Gateway, _google.Metrics.Limits, _logger);

    private async Task<DefaultHttpContext> InvokeAsync(string method, string subPath, string query, bool isEnabled = true)
    {
        var context = SomeContext.Create(method, SomeSite.DefaultPath + subPath + query);
        var site = SomeSite.Create(tags: ["G-MAIN1", "AW-2"], enabled: isEnabled);
        _google.Knowledge.Of(site).Learn(new ScriptFacts([new TagBlob("G-MAIN1", [], _knownKey)], []));
        _google.Knowledge.Of(site).IsRead = true;
        context.Features.Set(new MeasurementTarget(site, SomeSite.DefaultPath + subPath, query));
        context.Features.Set(new Visitor(IPAddress.Parse("203.0.113.9"), default, isViaTrustedProxy: false));
        await Middleware().InvokeAsync(context);
        return context;
    }
}
