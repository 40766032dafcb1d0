using System.Net;
using Microsoft.AspNetCore.Http;
using TagGateway.Caching;
using TagGateway.Limits;
using TagGateway.Receiving;
using TagGateway.Sites;
using TagGateway.TagScripts;
using TagGateway.Tests.Operations;
using TagGateway.Tests.Sites;

namespace TagGateway.Tests.TagScripts;

/// <summary>One client that makes queries up takes nothing from others: they get their scripts, in their turn.</summary>
public sealed class FairShareTests : IDisposable
{
    private const string One = "203.0.113.1";
    private const string Other = "203.0.113.2";
    private readonly SomeScripts _scripts = new();
    private readonly Site _site = SomeSite.Create(scripts: SomeScripts.Policy, isFull: true, hosts: ["shop.example"]);
    private int _number;

    public void Dispose() => _scripts.Dispose();

    [Fact]
    public async Task Answer_OneClientsOddQueries_FewAtATimeAndTheRestIsSentToGoogle()
    {
        using var shed = _scripts.Metrics.Collect("taggateway.request.shed");
        var gate = Gate();

        var asking = Enumerable.Range(0, 50).Select(i => AskAsync($"?id=G-MAIN1&x={i}", One)).ToList();
        var others = Enumerable.Range(0, 8).Select(i => AskAsync($"?id=G-MAIN1&y={i}", Other)).ToList();
        gate.SetResult();
        var answers = await Task.WhenAll(asking);

        Assert.Equal((8, 42), (answers.Count(IsServed), answers.Count(IsAtGoogle)));
        Assert.All(await Task.WhenAll(others), answer => Assert.True(IsServed(answer)));
        Assert.Equal(16, _scripts.Google.Asked.Count);
        Assert.Equal(Enumerable.Repeat("1 kind=untrusted_script", 42), TestMetrics.Lines(shed));
    }

    /// <summary>Beyond its share nothing is fetched for the client; what is kept it gets as ever, and after a while it is welcome again.</summary>
    [Fact]
    public async Task Answer_OneClientsOddQueriesBeyondItsShare_AreNotEvenFetched()
    {
        _scripts.Google.Always(() => Script());
        Assert.True(IsServed(await AskAsync("?id=G-MAIN1", Other)));
        var kinds = new List<bool>();
        for (var i = 0; i < 300; i++)
        {
            kinds.Add(IsServed(await AskAsync($"?id=G-MAIN1&x={i}", One)));
        }

        var asked = _scripts.Google.Asked.Count;
        var odd = await AskAsync("?id=G-MAIN1&x=more", One);
        var kept = await AskAsync("?id=G-MAIN1", One);
        var known = await AskAsync("?id=G-MAIN1&x=0", One);
        var other = await AskAsync("?id=G-MAIN1&x=other", Other);
        var newRegion = await AskAsync("?id=G-MAIN1", One, "DE");

        Assert.InRange(kinds.Count(isServed => isServed), 1, 256);
        Assert.Equal(kinds.OrderDescending(), kinds); // first those, then no more
        Assert.Equal((true, true, true, true, true), (IsAtGoogle(odd), IsServed(kept), IsServed(known), IsServed(other), IsServed(newRegion)));
        Assert.Equal(asked + 2, _scripts.Google.Asked.Count);
        _scripts.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(IsServed(await AskAsync("?id=G-MAIN1&x=later", One)));
    }

    /// <summary>A trusted proxy that names no visitor speaks for many.</summary>
    [Fact]
    public async Task Answer_ProxyThatNamesNobody_HasNoShare()
    {
        _scripts.Google.Always(() => Script());

        for (var i = 0; i < 300; i++)
        {
            Assert.True(IsServed(await AskAsync($"?id=G-MAIN1&x={i}", client: null)));
        }
    }

    /// <summary>Whatever waits: a new region, or everybody after a purge, comes next but for the one that is being read, and one more. Told apart by their sites.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Answer_ManyOddQueriesWaitForTheCore_PlainLoadsOvertakeThem(bool isPurged)
    {
        var odd = SomeSite.Create("odd", scripts: SomeScripts.Policy, isFull: true);
        using var rewritten = _scripts.Metrics.Collect("taggateway.rewriting.scripts");
        _scripts.Google.Always(() => Script());
        await AskAsync("?id=G-MAIN1", Other);
        var core = await _scripts.Work.Lanes.EnterAsync(CpuLane.Plain, TestContext.Current.CancellationToken);
        var asking = Enumerable.Range(0, 40).Select(i => FillAsync($"?id=G-MAIN1&x={i}", "US-CA", odd)).ToList();
        await WaitingAsync(1);
        if (isPurged)
        {
            _scripts.Purge(PurgeScope.All);
        }

        var plain = Enumerable.Range(0, 3).Select(i => FillAsync("?id=G-MAIN1", isPurged ? $"US-{i}" : $"DE-{i}", _site)).ToList();
        await WaitingAsync(4);
        core!.Dispose();
        var results = await Task.WhenAll(plain);
        await Task.WhenAll(asking);

        Assert.All(results, result => Assert.Equal(FillKind.Stored, result.Kind));
        Assert.Equal(["shop", "odd", "shop", "shop", "shop", "odd"], rewritten.GetMeasurementSnapshot().Select(one => one.Tags["site"]).Take(6));
        Assert.Equal(44, rewritten.GetMeasurementSnapshot().Count);
    }

    /// <summary>Where any host is the site's: who makes hosts up is charged, and the site's own is filled with the script.</summary>
    [Fact]
    public async Task Answer_MadeUpHosts_AreChargedToTheirClient()
    {
        _scripts.Google.Always(() => Script());
        var site = SomeSite.Create(scripts: SomeScripts.Policy, isFull: true);
        var kinds = new List<bool>();
        for (var i = 0; i < 200; i++)
        {
            kinds.Add(IsServed(await AskAsync("?id=G-MAIN1", One, site: site, host: $"h{i}.example")));
        }

        var other = await AskAsync("?id=G-MAIN1", Other, site: site, host: "h-other.example");
        var known = await AskAsync("?id=G-MAIN1", One, site: site, host: "h0.example");

        Assert.InRange(kinds.Count(isServed => isServed), 100, 130); // two units each, and the first one came with the script
        Assert.Equal((true, true), (IsServed(other), IsServed(known)));
        Assert.Single(_scripts.Google.Asked);
    }

    /// <summary>A port is nothing that a site decides.</summary>
    [Theory]
    [InlineData("shop.example", false)]
    [InlineData("SHOP.example", false)]
    [InlineData("shop.example:8443", true)]
    public async Task Answer_HostOfTheConfiguration_IsNotMadeUp(string host, bool isCharged)
    {
        _scripts.Google.Always(() => Script());
        await AskAsync("?id=G-MAIN1", Other, host: "shop.example");
        var account = new WorkAccount(CpuLane.Untrusted, ClientKey.Of(IPAddress.Parse(One)));
        while (_scripts.Work.Work.TrySpend(account, 1))
        {
        }

        var answer = await AskAsync("?id=G-MAIN1", One, host: host, coding: "gzip");

        Assert.Equal(isCharged, IsAtGoogle(answer));
    }

    private static bool IsServed(HttpContext context) => context.Response.StatusCode == 200;

    private static bool IsAtGoogle(HttpContext context) => context.Response.StatusCode == 302;

    /// <summary>Each is another one.</summary>
    private HttpResponseMessage Script() => FakeGoogle.Script(
        "(function(){window.google_tag_manager={};var data={\"blob\":{\"3\":\"www.googletagmanager.com\",\"5\":\"G-MAIN1\"}};"
        + $"fetch(\"https://www.google-analytics.com/g/collect?v=2\");load(\"https://\"+data.blob[\"3\"]+\"/gtag/js\");/*{Interlocked.Increment(ref _number)}{new string('x', 500_000)}*/}})();");

    private TaskCompletionSource Gate()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _scripts.Google.Always(async (_, _) =>
        {
            await gate.Task;
            return Script();
        });
        return gate;
    }

    private Task<FillResult> FillAsync(string query, string region, Site site) => _scripts.Fills.JoinAsync(_scripts.Load(query, region, site), null, out _);

    /// <summary>Until so many wait for the core.</summary>
    private async Task WaitingAsync(int count)
    {
        Assert.True(SpinWait.SpinUntil(() => _scripts.Work.Lanes.Waiting == count, TimeSpan.FromSeconds(30)));
        await Task.Yield();
    }

    private async Task<HttpContext> AskAsync(string query, string? client, string region = "US-CA", Site? site = null, string host = "shop.example", string coding = "")
    {
        var (bypass, context) = await _scripts.AskAsync(_scripts.Load(query, region, site ?? _site), request =>
        {
            _ = Region.TryParse(region, out var place);
            request.Host = new HostString(host);
            request.Headers.AcceptEncoding = coding;
            request.HttpContext.Features.Set(new Visitor(client is null ? null : IPAddress.Parse(client), place, isViaTrustedProxy: client is null));
        });
        Assert.Equal(ScriptBypass.None, bypass);
        return context;
    }
}
