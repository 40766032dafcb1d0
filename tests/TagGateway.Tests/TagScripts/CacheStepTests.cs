using System.Net;
using Microsoft.AspNetCore.Http;
using TagGateway.Sanitizing;
using TagGateway.Sites;
using TagGateway.Tests.Operations;
using TagGateway.Tests.Responding;
using TagGateway.Tests.Rewriting;
using TagGateway.Tests.Sites;

namespace TagGateway.Tests.TagScripts;

/// <summary>Which requests step 3a answers out of the cache, and which it passes on whole.</summary>
public sealed class CacheStepTests
{
    private const string Script = "{\"blob\":{\"5\":\"G-MAIN1\"}}";

    [Theory]
    [InlineData("/", "")]
    [InlineData("/", "?id=G-MAIN1")]
    [InlineData("/", "?id=AW-2&l=x")]
    [InlineData("/gtag/js", "?id=AW-2")]
    [InlineData("/gtd", "?id=AW-2")]
    [InlineData("/gtm.js", "")]
    public async Task Invoke_OrdinaryLoad_IsKept(string subPath, string query)
    {
        using var step = Step();

        var first = await step.InvokeAsync(subPath, query);
        var second = await step.InvokeAsync(subPath, query);

        Assert.Equal("taggateway; fwd=uri-miss; stored", first.Response.Headers["Cache-Status"]);
        Assert.Equal("taggateway; hit; ttl=900", second.Response.Headers["Cache-Status"]);
        Assert.Equal([$"https://G-MAIN1.fps.goog/f807{subPath}{query}"], step.Scripts.Google.Asked.Select(asked => asked.RequestUri?.OriginalString));
        Assert.Empty(step.Passed.Yarp.Sent);
    }

    [Theory]
    [InlineData("?id=G-MAIN1&gtm_debug=1", "", "personal")]
    [InlineData("?id=G-MAIN1&gtm_preview=env-1&gtm_auth=x", "", "personal")]
    [InlineData("?id=G-MAIN1&GTM%5fdebug=1", "", "personal")]
    [InlineData("?id=G-MAIN1", "Cookie: a=b; __TAG_ASSISTANT=1", "personal")]
    [InlineData("?id=G-MAIN1", "X-Gtm-Server-Preview: x", "personal")]
    public async Task Invoke_DebugSession_PassesWholeWhateverIsKept(string query, string header, string reason)
    {
        using var step = Step();
        using var passed = step.Scripts.Metrics.Collect("taggateway.tagscripts.passed");
        await step.InvokeAsync(query: "?id=G-MAIN1");
        var asked = step.Scripts.Google.Asked.Count;
        step.Passed.Answer(HttpStatusCode.OK, "preview", "text/javascript");

        var context = await step.InvokeAsync(query: query, prepare: Header(header));

        Assert.Equal("preview", SomeContext.BodyOf(context));
        Assert.Equal($"taggateway; fwd=bypass; detail={reason}", context.Response.Headers["Cache-Status"]);
        Assert.Equal([$"1 reason={reason} site=shop"], TestMetrics.Lines(passed));
        Assert.Equal(asked, step.Scripts.Google.Asked.Count);
    }

    [Fact]
    public async Task Invoke_DebugSessionInAToken_PassesToo()
    {
        using var step = Step($"{{\"blob\":{{\"5\":\"G-MAIN1\",\"58\":\"{Convert.ToBase64String(OpaquePath.Key)}\"}}}}");
        await step.InvokeAsync();
        step.Passed.Answer(HttpStatusCode.OK, "preview", "text/javascript");

        var context = await step.InvokeAsync("/" + OpaquePath.Encode("?id=G-MAIN1&gtm_debug=1"), "");

        Assert.Equal("preview", SomeContext.BodyOf(context));
    }

    /// <summary>The answer may follow the visitor's address: nobody else may have it, and nobody waits for another's.</summary>
    [Fact]
    public async Task Invoke_RegionUnknown_PassesEachVisitor()
    {
        using var step = Step();
        step.Passed.Answer(HttpStatusCode.OK, "1", "text/javascript");
        step.Passed.Answer(HttpStatusCode.OK, "2", "text/javascript");

        var first = await step.InvokeAsync(region: "");
        var second = await step.InvokeAsync(region: "");

        Assert.Equal(("1", "2"), (SomeContext.BodyOf(first), SomeContext.BodyOf(second)));
        Assert.Equal("taggateway; fwd=bypass; detail=region_unknown", first.Response.Headers["Cache-Status"]);
        Assert.Empty(step.Scripts.Google.Asked);
    }

    /// <summary>No address is sent then, so that the answer can follow none.</summary>
    [Fact]
    public async Task Invoke_RegionUnknownAndAddressHidden_IsKeptAsThat()
    {
        using var step = Step(site: SomeSite.Create(tags: ["G-MAIN1"], scripts: SomeScripts.Policy, ip: VisitorIp.Hide));

        await step.InvokeAsync(region: "");
        var second = await step.InvokeAsync(region: "");
        var known = await step.InvokeAsync(region: "DE");

        Assert.Equal("taggateway; hit; ttl=900", second.Response.Headers["Cache-Status"]);
        Assert.Equal("taggateway; fwd=uri-miss; stored", known.Response.Headers["Cache-Status"]);
        Assert.Equal(["", "DE"], step.Scripts.Google.Asked.Select(asked => asked.Headers.NonValidated.TryGetValues("X-Forwarded-CountryRegion", out var region) ? region.ToString() : ""));
    }

    [Fact]
    public async Task Invoke_RegionUnknownAndAddressCut_Passes()
    {
        using var step = Step(site: SomeSite.Create(tags: ["G-MAIN1"], scripts: SomeScripts.Policy, ip: VisitorIp.Truncate));
        step.Passed.Answer(HttpStatusCode.OK, "1", "text/javascript");

        await step.InvokeAsync(region: "");

        Assert.Empty(step.Scripts.Google.Asked);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("OPTIONS")]
    [InlineData("DELETE")]
    [InlineData("PURGE")]
    public async Task Invoke_OtherMethod_PassesAndChangesNothingKept(string method)
    {
        using var step = Step();
        step.Passed.Answer(HttpStatusCode.OK, "evil", "text/javascript");

        var context = await step.InvokeAsync(method: method);
        var after = await step.InvokeAsync();
        var again = await step.InvokeAsync();

        Assert.Equal("taggateway; fwd=bypass; detail=method", context.Response.Headers["Cache-Status"]);
        Assert.Equal((Script, Script), (SomeContext.BodyOf(after), SomeContext.BodyOf(again)));
        Assert.Equal("taggateway; hit; ttl=900", again.Response.Headers["Cache-Status"]);
    }

    [Fact]
    public async Task Invoke_SiteThatKeepsNone_Passes()
    {
        using var step = Step(site: SomeSite.Create(tags: ["G-MAIN1"]));
        step.Passed.Answer(HttpStatusCode.OK, "1", "text/javascript");

        var context = await step.InvokeAsync();

        Assert.Equal("taggateway; fwd=bypass; detail=off", context.Response.Headers["Cache-Status"]);
        Assert.Empty(step.Scripts.Google.Asked);
    }

    [Theory]
    [InlineData("/", "?id=G-MAIN1", 302)]
    [InlineData("/_/service_worker/5a/sw.js", "", 200)]
    public async Task Invoke_SiteThatIsOff_KeepsAndServesNothing(string subPath, string query, int status)
    {
        using var step = Step(site: SomeSite.Create(tags: ["G-MAIN1"], scripts: SomeScripts.Policy, enabled: false));

        var context = await step.InvokeAsync(subPath, query);

        Assert.Equal((status, 0, 0), (context.Response.StatusCode, step.Scripts.Google.Asked.Count, step.Scripts.Memory.Count));
        Assert.Equal(subPath == "/" ? 0 : 1, step.Next.Calls);
    }

    [Fact]
    public async Task Invoke_VersionedFile_IsKeptForEveryRegion()
    {
        using var step = Step("sw");

        await step.InvokeAsync("/_/service_worker/5a/sw.js", "?origin=x", "US-CA");
        var second = await step.InvokeAsync("/_/service_worker/5a/sw.js", "?origin=x", "");

        Assert.Equal("sw", SomeContext.BodyOf(second));
        Assert.Single(step.Scripts.Google.Asked);
        Assert.Equal(0, step.Next.Calls);
    }

    [Theory]
    [InlineData("POST", "/_/service_worker/5a/sw.js")]
    [InlineData("GET", "/_/service_worker/5a/other.js")]
    [InlineData("GET", "/healthy")]
    public async Task Invoke_WhatIsNoFileOfARelease_GoesOn(string method, string subPath)
    {
        using var step = Step("sw");

        await step.InvokeAsync(subPath, "", method: method);

        Assert.Equal((1, 0), (step.Next.Calls, step.Scripts.Google.Asked.Count));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(204)]
    public async Task Invoke_VersionedFileThatGoogleDoesNotHave_GoesOn(int status)
    {
        using var step = Step();
        step.Scripts.Google.Always(() => FakeGoogle.Status(status));

        await step.InvokeAsync("/_/service_worker/5a/sw.js", "");

        Assert.Equal(1, step.Next.Calls);
    }

    [Fact]
    public async Task Invoke_HitsAndHealth_AreNeverLookedFor()
    {
        using var step = Step();

        foreach (var (method, subPath, query) in new[]
        {
            ("GET", "/ag/g/c", "?v=2"), ("POST", "/", ""), ("GET", "/healthy", ""), ("GET", "/", "?validate_geo=healthy"), ("GET", "/td", ""), ("GET", "/a", "?id=G-MAIN1"),
        })
        {
            await step.InvokeAsync(subPath, query, method: method);
        }

        Assert.Equal((6, 0, 0), (step.Next.Calls, step.Scripts.Google.Asked.Count, step.Scripts.Memory.Count));
    }

    /// <summary>After a restart: a tag that the site's own container names, asked for before any script has passed.</summary>
    [Fact]
    public async Task Invoke_TagThatAContainerNames_IsLookedUpAndServed()
    {
        using var step = Step();
        step.Scripts.Google.Always((request, _) => Task.FromResult(FakeGoogle.Script(
            request.RequestUri!.Query == "?id=G-CHILD1" ? "{\"blob\":{\"5\":\"G-CHILD1\"}}" : "{\"blob\":{\"5\":\"G-MAIN1\"},\"vtp_tagId\":\"G-CHILD1\"}")));

        var child = await step.InvokeAsync(query: "?id=G-CHILD1");
        var foreign = await step.InvokeAsync(query: "?id=G-FOREIGN3");

        Assert.Equal("{\"blob\":{\"5\":\"G-CHILD1\"}}", SomeContext.BodyOf(child));
        Assert.Equal("https://www.googletagmanager.com/gtag/js?id=G-FOREIGN3", foreign.Response.Headers.Location);
        Assert.DoesNotContain("?id=G-FOREIGN3", step.Scripts.Google.Asked.Select(asked => asked.RequestUri?.Query));
    }

    [Fact]
    public async Task Invoke_TokenAfterARestart_IsLookedUpAndKept()
    {
        using var step = Step($"{{\"blob\":{{\"5\":\"G-MAIN1\",\"58\":\"{Convert.ToBase64String(OpaquePath.Key)}\"}}}}");
        var token = "/" + OpaquePath.Encode("?id=AW-2&l=x");

        await step.InvokeAsync(token, "");
        var second = await step.InvokeAsync(token, "");
        var other = await step.InvokeAsync("/" + OpaquePath.Encode("_/set_cookie?p=x"), "");

        Assert.Equal("taggateway; hit; ttl=900", second.Response.Headers["Cache-Status"]);
        Assert.Equal((1, 200), (step.Next.Calls, other.Response.StatusCode));
    }

    /// <summary>Fill and pass meet: what must not be kept is passed to each visitor, with his own cookies.</summary>
    [Fact]
    public async Task Invoke_AnswerThatMustNotBeKept_IsPassed()
    {
        using var step = Step();
        step.Scripts.Google.Always(() => FakeGoogle.Script(Script, "no-store"));
        step.Passed.Answer(HttpStatusCode.OK, Script, "text/javascript");

        var context = await step.InvokeAsync(prepare: Header("Cookie: _ga=GA1"));

        Assert.Equal("taggateway; fwd=bypass; detail=not_kept", context.Response.Headers["Cache-Status"]);
        Assert.Equal("_ga=GA1", step.Passed.Yarp.Sent.Single().Headers.NonValidated["Cookie"].ToString());
        Assert.False(step.Scripts.Google.Asked.Single().Headers.NonValidated.Contains("Cookie"));
    }

    private static SomeStep Step(string script = Script, Site? site = null)
    {
        var step = new SomeStep(site);
        step.Scripts.Google.Always(() => FakeGoogle.Script(script));
        return step;
    }

    private static Action<HttpContext>? Header(string line) =>
        line.Length == 0 ? null : context => context.Request.Headers[line.Split(": ")[0]] = line.Split(": ")[1];
}
