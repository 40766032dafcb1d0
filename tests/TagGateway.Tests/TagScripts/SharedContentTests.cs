using System.Net;
using Microsoft.AspNetCore.Http;
using TagGateway.Caching;
using TagGateway.Receiving;
using TagGateway.Routes;
using TagGateway.Sites;
using TagGateway.TagScripts;
using TagGateway.Tests.Responding;
using TagGateway.Tests.Sites;

namespace TagGateway.Tests.TagScripts;

/// <summary>New queries that bring bytes which are known: read, rewritten, compressed and stored once.</summary>
public sealed class SharedContentTests : IDisposable
{
    /// <summary>Rewritten whole, and large enough for memory outside of the heap; not compressible.</summary>
    private static readonly string Script =
        "(function(){window.google_tag_manager={};var data={\"resource\":{},\"blob\":{\"3\":\"www.googletagmanager.com\",\"5\":\"G-MAIN1\",\"14\":\"6x11\",\"19\":\"dataLayer\"}};"
        + "fetch(\"https://www.google-analytics.com/g/collect?v=2\");load(\"https://\"+data.blob[\"3\"]+\"/gtag/js\");"
        + string.Concat(Enumerable.Range(0, 4000).Select(i => $"var v{i}={(i * 7919L) % 100_003};")) + "})();";

    private readonly SomeScripts _scripts = new();

    public void Dispose() => _scripts.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Answer_NewQueriesThatBringTheSameBytes_CostNoReadingAndShareOneBody(bool isFull)
    {
        using var rewritten = _scripts.Metrics.Collect("taggateway.rewriting.scripts");
        _scripts.Google.Always(() => FakeGoogle.Script(Script));
        var site = SomeSite.Create(scripts: SomeScripts.Policy, isFull: isFull);
        var first = await BodyAsync(site, "?id=G-MAIN1");

        for (var i = 0; i < 30; i++)
        {
            Assert.Equal(first, await BodyAsync(site, $"?id=G-MAIN1&x={i}"));
        }

        Assert.Equal(31, _scripts.Google.Asked.Count);
        Assert.Equal(isFull ? 1 : 0, rewritten.GetMeasurementSnapshot().Count);
        var entries = Enumerable.Range(0, 30).Select(i => EntryOf(site, $"?id=G-MAIN1&x={i}")).Append(EntryOf(site, "?id=G-MAIN1")).ToList();
        Assert.Single(entries.Select(entry => entry.Body).Distinct());
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("")]
    public async Task Answer_NewQueryThatBringsTheSameBytes_IsServedInTheFormThatWasMade(string accepted)
    {
        _scripts.Google.Always(() => FakeGoogle.Script(Script));
        var site = SomeSite.Create(scripts: SomeScripts.Policy, isFull: true, hosts: ["shop.example"]);
        var plain = await AskAsync(site, "?id=G-MAIN1", request => request.Headers.AcceptEncoding = accepted);
        var count = _scripts.Memory.Count;

        var odd = await AskAsync(site, "?id=G-MAIN1&x=1", request => request.Headers.AcceptEncoding = accepted);

        Assert.Equal(((MemoryStream)plain.Response.Body).ToArray(), ((MemoryStream)odd.Response.Body).ToArray());
        Assert.Equal(plain.Response.Headers.ETag, odd.Response.Headers.ETag);
        Assert.Equal(count + 1, _scripts.Memory.Count); // the entry alone
    }

    [Fact]
    public async Task Answer_OtherBytes_AreReadAnew()
    {
        using var rewritten = _scripts.Metrics.Collect("taggateway.rewriting.scripts");
        _scripts.Google.Answer(() => FakeGoogle.Script(Script));
        _scripts.Google.Answer(() => FakeGoogle.Script(Script + "/**/"));
        var site = SomeSite.Create(scripts: SomeScripts.Policy, isFull: true);

        var first = await BodyAsync(site, "?id=G-MAIN1");
        var second = await BodyAsync(site, "?id=G-MAIN1&x=1");

        Assert.Equal(first + "/**/", second);
        Assert.Equal(2, rewritten.GetMeasurementSnapshot().Count);
    }

    /// <summary>The layer's name stands in scripts that were not rewritten whole: of these one for each.</summary>
    [Fact]
    public async Task Answer_AnotherLayer_SharesOnlyWhatDoesNotNameIt()
    {
        using var rewritten = _scripts.Metrics.Collect("taggateway.rewriting.scripts");
        var site = SomeSite.Create(scripts: SomeScripts.Policy, isFull: true);
        _scripts.Google.Always(() => FakeGoogle.Script(Script));
        var whole = new[] { await BodyAsync(site, "?id=G-MAIN1&l=one"), await BodyAsync(site, "?id=G-MAIN1&l=two"), await BodyAsync(site, "?id=G-MAIN1") };
        var afterWhole = rewritten.GetMeasurementSnapshot().Count;
        _scripts.Purge(PurgeScope.All);
        _scripts.Google.Always(() => FakeGoogle.Script(Script.Replace("load(", "fetch(`https://www.google-analytics.com/g/collect`);load(", StringComparison.Ordinal)));
        string[] queries = ["?id=G-MAIN1", "?id=G-MAIN1&l=one", "?id=G-MAIN1&l=two", "?id=G-MAIN1&l=one&x=1", "?id=G-MAIN1&x=1"];
        var reduced = new List<string>();
        foreach (var query in queries)
        {
            reduced.Add(LayerIn(await BodyAsync(site, query)));
        }

        Assert.Single(whole.Distinct());
        Assert.Equal((1, 4), (afterWhole, rewritten.GetMeasurementSnapshot().Count));
        Assert.Equal(["dataLayer", "one", "two", "one", "dataLayer"], reduced);
    }

    /// <summary>A route's script is filled with the visitor's region, the tag gateway's has Google's own: not the same template.</summary>
    [Fact]
    public async Task Answer_SameBytesByAnotherWay_AreRewrittenByItsRules()
    {
        using var rewritten = _scripts.Metrics.Collect("taggateway.rewriting.scripts");
        _scripts.Google.Always(() => FakeGoogle.Script(Script));
        var site = SomeSite.Create(scripts: SomeScripts.Policy, isFull: true);

        await BodyAsync(site, "?id=G-MAIN1");
        await BodyAsync(site, "?id=G-MAIN1", new GoogleRoute("www.googletagmanager.com", "/gtag/js", RouteKind.Script));

        Assert.Equal(2, rewritten.GetMeasurementSnapshot().Count);
    }

    [Fact]
    public async Task Answer_AfterAPurge_ReadsAnew()
    {
        using var rewritten = _scripts.Metrics.Collect("taggateway.rewriting.scripts");
        _scripts.Google.Always(() => FakeGoogle.Script(Script));
        var site = SomeSite.Create(scripts: SomeScripts.Policy, isFull: true);
        await BodyAsync(site, "?id=G-MAIN1");
        await BodyAsync(site, "?id=G-MAIN1&x=1");

        _scripts.Purge(new PurgeScope("shop", "G-MAIN1"));
        var left = _scripts.Memory.Count;
        await BodyAsync(site, "?id=G-MAIN1&x=1");

        Assert.Equal((0, 2), (left, rewritten.GetMeasurementSnapshot().Count));
    }

    /// <summary>The bytes are known, and the site does not allow their tag any more.</summary>
    [Fact]
    public async Task Answer_KnownBytesOfATagThatWasTakenOut_IsSentToGoogle()
    {
        _scripts.Google.Always(() => FakeGoogle.Script(Script.Replace("\"5\":\"G-MAIN1\"", "\"5\":\"AW-2\"", StringComparison.Ordinal)));
        await BodyAsync(SomeSite.Create(tags: ["G-MAIN1", "AW-2"], scripts: SomeScripts.Policy), "?id=G-MAIN1");

        var context = await AskAsync(SomeSite.Create(tags: ["G-MAIN1"], scripts: SomeScripts.Policy), "?id=G-MAIN1&x=1");

        Assert.Equal((302, "https://www.googletagmanager.com/gtag/js?id=AW-2"), (context.Response.StatusCode, context.Response.Headers.Location.ToString()));
    }

    [Fact]
    public async Task Answer_ManyNewQueriesAtOnce_ReadTheScriptOnce()
    {
        using var rewritten = _scripts.Metrics.Collect("taggateway.rewriting.scripts");
        _scripts.Google.Always(() => FakeGoogle.Script(Script));
        var site = SomeSite.Create(scripts: SomeScripts.Policy, isFull: true);

        var bodies = await Task.WhenAll(Enumerable.Range(0, 40).Select(async i => SomeContext.BodyOf(await AskAsync(site, $"?id=G-MAIN1&x={i}", client: $"203.0.113.{i}"))));

        Assert.Single(bodies.Distinct());
        Assert.Contains("google_tag_manager", bodies[0], StringComparison.Ordinal);
        Assert.Single(rewritten.GetMeasurementSnapshot());
        Assert.Equal(0, _scripts.Work.Budget.Bytes);
    }

    private static string LayerIn(string script)
    {
        var start = script.IndexOf("window['", StringComparison.Ordinal) + "window['".Length;
        return script[start..script.IndexOf('\'', start)];
    }

    private Entry EntryOf(Site site, string query)
    {
        Assert.True(_scripts.Memory.TryGet<Entry>(_scripts.Load(query, site: site).Key, out var entry));
        return entry;
    }

    private async Task<string> BodyAsync(Site site, string query, GoogleRoute? route = null)
    {
        var context = await AskAsync(site, query, route: route);
        Assert.Equal((int)HttpStatusCode.OK, context.Response.StatusCode);
        return SomeContext.BodyOf(context);
    }

    private async Task<HttpContext> AskAsync(Site site, string query, Action<HttpRequest>? prepare = null, GoogleRoute? route = null, string client = "203.0.113.9")
    {
        _ = Region.TryParse("US-CA", out var place);
        var load = ScriptLoad.Of(
            new MeasurementTarget(site, SomeSite.DefaultPath + "/", query) { Route = route }, ScriptRequest.Parse("/", query, isLoad: true)!, site.MainTag, place);
        var (bypass, context) = await _scripts.AskAsync(load, request =>
        {
            request.HttpContext.Features.Set(new Visitor(IPAddress.Parse(client), place, isViaTrustedProxy: false));
            prepare?.Invoke(request);
        });
        Assert.Equal(ScriptBypass.None, bypass);
        return context;
    }
}
