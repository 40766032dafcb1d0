using System.Text;
using TagGateway.Demo.Google;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.TagScripts;

/// <summary>A restart that has forgotten all, and a reload that changes what may be served and for how long.</summary>
public sealed class CacheReloadTests
{
    private const string Child = "https://www.googletagmanager.com/gtag/js?id=G-CHILD9";

    [Fact]
    public async Task Restart_FirstRequestIsForWhatTheContainerNames_IsServed()
    {
        await using var google = await ContainerAsync();

        foreach (var target in new[] { "/f807/?id=G-CHILD9", "/f807/gtd?id=G-CHILD9&cx=c", "/f807/" + Token("?id=G-CHILD9&cx=c"), "/f807/" + Token("gtd?id=G-GRAND8") })
        {
            await using var gateway = await StartAsync(google, "GTM-MAIN1");

            var response = await gateway.GetAsync(target);
            var hit = await gateway.GetAsync(target);

            Assert.Equal(200, response.Status);
            Assert.Contains("\"5\":\"G-", response.Text, StringComparison.Ordinal);
            Assert.StartsWith("taggateway; hit", hit.Header("Cache-Status"), StringComparison.Ordinal);
        }
    }

    /// <summary>What the site's scripts name is read though nothing is kept.</summary>
    [Fact]
    public async Task Restart_CacheSwitchedOff_ChildIsServed()
    {
        await using var google = await ContainerAsync();
        await using var gateway = await StartAsync(google, "GTM-MAIN1\"], \"scripts\": { \"cache\": false }, \"hosts\": [\"shop.example");

        var response = await gateway.GetAsync("/f807/" + Token("?id=G-CHILD9&cx=c"));

        Assert.Equal((200, "taggateway; fwd=bypass; detail=off"), (response.Status, response.Header("Cache-Status")));
    }

    [Fact]
    public async Task Restart_FirstRequestIsATokenForAForeignTag_IsSentToGoogle()
    {
        await using var google = await ContainerAsync();
        await using var gateway = await StartAsync(google, "GTM-MAIN1");

        var response = await gateway.GetAsync("/f807/" + Token("?id=G-FOREIGN7"));

        Assert.Equal((302, "https://www.googletagmanager.com/gtag/js?id=G-FOREIGN7"), (response.Status, response.Header("Location")));
        Assert.DoesNotContain(google.Recorder.Requests, request => request.Query.Contains("G-FOREIGN7", StringComparison.Ordinal));
    }

    /// <summary>However it is spelled: a spelling that only Google reads as the tag brings a body that was in order when it was kept.</summary>
    [Theory]
    [InlineData("/f807/?id=G-OTHER2")]
    [InlineData("/f807/gtag/js?id=G-OTHER2")]
    [InlineData("/f807/?id[]=G-OTHER2")]
    [InlineData("/f807/?id=GT-ALIAS5")]
    public async Task Reload_TakesATagOut_ItIsNoLongerServed(string target)
    {
        await using var google = new RawUpstream();
        google.Answer = (request, stream) => stream.WriteAsync(KeepingGateway.Answer(
            request.Target.Contains("G-MAIN1", StringComparison.Ordinal) ? Script.Of("G-MAIN1") : Script.Of("G-OTHER2", "G-OTHER2|GT-ALIAS5"))).AsTask();
        await using var gateway = await KeepingGateway.StartAsync(google.Address);
        await gateway.GetAsync("/f807/?id=G-OTHER2");
        Assert.Equal(200, (await gateway.GetAsync(target)).Status);
        Assert.Equal(200, (await gateway.GetAsync(target)).Status);

        await gateway.ReloadAsync("[\"G-MAIN1\", \"G-OTHER2\"]", "[\"G-MAIN1\"]");
        var response = await gateway.GetAsync(target);
        var main = await gateway.GetAsync();

        Assert.Equal(302, response.Status);
        Assert.Equal("no-store", response.Header("Cache-Control"));
        Assert.Equal(200, main.Status);
    }

    [Fact]
    public async Task Reload_TakesAContainerOut_ItsChildIsNoLongerServed()
    {
        await using var google = await ContainerAsync();
        await using var gateway = await StartAsync(google, "G-MAIN1\", \"GTM-MAIN1");
        Assert.Equal(200, (await gateway.GetAsync("/f807/?id=G-CHILD9")).Status);

        await gateway.ReloadAsync(", \"GTM-MAIN1\"", "");
        var response = await gateway.GetAsync("/f807/?id=G-CHILD9");

        Assert.Equal((302, Child), (response.Status, response.Header("Location")));
    }

    [Fact]
    public async Task Reload_PutsATagIn_ItIsServedAtOnce()
    {
        await using var google = new RawUpstream();
        google.Answer = (request, stream) => stream.WriteAsync(KeepingGateway.Answer(Script.Of(request.Target.Split("id=")[1]))).AsTask();
        await using var gateway = await KeepingGateway.StartAsync(google.Address);
        Assert.Equal(302, (await gateway.GetAsync("/f807/?id=G-NEW3")).Status);

        await gateway.ReloadAsync("\"G-OTHER2\"]", "\"G-OTHER2\", \"G-NEW3\"]");

        Assert.Equal(200, (await gateway.GetAsync("/f807/?id=G-NEW3")).Status);
    }

    [Fact]
    public async Task Reload_SwitchesTheSiteOff_ScriptsAreLeftToGoogle()
    {
        await using var google = new IllGoogle();
        await using var gateway = await KeepingGateway.StartAsync(google.Address);
        await gateway.GetAsync();

        await gateway.ReloadAsync("\"path\"", "\"enabled\": false, \"path\"");
        var response = await gateway.GetAsync();

        Assert.Equal((302, KeepingGateway.MainAtGoogle), (response.Status, response.Header("Location")));
    }

    /// <summary>Another path is another script: it has the path in it.</summary>
    [Fact]
    public async Task Reload_ChangesPathOrMainTag_NothingOfTheFormerIsServed()
    {
        await using var google = new RawUpstream();
        google.Answer = (request, stream) => stream.WriteAsync(KeepingGateway.Answer(Script.Of("G-MAIN1") + $"/*{request.Header("Host")}{request.Target}*/")).AsTask();
        await using var gateway = await KeepingGateway.StartAsync(google.Address);
        await gateway.GetAsync();

        await gateway.ReloadAsync("[\"G-MAIN1\", \"G-OTHER2\"]", "[\"G-OTHER2\", \"G-MAIN1\"]");
        var tag = await gateway.GetAsync();
        await gateway.ReloadAsync("\"/f807\"", "\"/m2\"");
        var path = await gateway.GetAsync("/m2/?id=G-MAIN1");

        Assert.EndsWith("/*g-other2.fps.goog/f807/?id=G-MAIN1*/", tag.Text, StringComparison.Ordinal);
        Assert.EndsWith("/*g-other2.fps.goog/m2/?id=G-MAIN1*/", path.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reload_ChangesTheLifetime_WhatIsKeptObeys()
    {
        await using var google = new IllGoogle("Cache-Control: max-age=86400\r\n");
        await using var gateway = await KeepingGateway.StartAsync(google.Address, "\"scripts\": { \"maxAge\": \"00:15:00\" }");
        await gateway.GetAsync();
        gateway.Clock.Advance(TimeSpan.FromMinutes(10));
        var before = await gateway.GetAsync();

        await gateway.ReloadAsync("00:15:00", "00:05:00");
        var after = await gateway.GetAsync();

        // To the second: it goes on while the file is read.
        Assert.Equal("private, max-age=900", before.Header("Cache-Control"));
        Assert.Matches("\\Ataggateway; hit; ttl=(300|29[89])\\z", before.Header("Cache-Status"));
        Assert.Equal("private, max-age=300", after.Header("Cache-Control"));
        Assert.Matches("\\Ataggateway; hit; ttl=-30[0-9]\\z", after.Header("Cache-Status"));
    }

    [Fact]
    public async Task Reload_LowersTheMemory_TheNextScriptMakesRoom()
    {
        await using var google = new RawUpstream();
        // Each is another one: of the same bytes there would be one in memory.
        google.Answer = (request, stream) => stream.WriteAsync(Script.Answer(
            "Content-Type: text/javascript\r\n", Encoding.UTF8.GetBytes($"{Script.Of("G-MAIN1")}{new string('x', 200_000)}{request.Target}"))).AsTask();
        await using var gateway = await KeepingGateway.StartAsync(google.Address, root: "\"cache\": { \"memoryBytes\": 16777216 }");
        for (var i = 0; i < 50; i++)
        {
            await gateway.GetAsync($"/f807/?id=G-MAIN1&cx={i}");
        }

        var before = gateway.Memory.Bytes;
        await gateway.ReloadAsync("16777216", "2097152");
        await gateway.GetAsync("/f807/?id=G-MAIN1&cx=new");

        Assert.InRange(before, 10_000_000, 16777216);
        Assert.InRange(gateway.Memory.Bytes, 200_000, 2097152);
    }

    [Fact]
    public async Task Reload_SwitchesTheCacheOffAndOn_TakesEffectAtOnce()
    {
        await using var google = new IllGoogle();
        await using var gateway = await KeepingGateway.StartAsync(google.Address, "\"scripts\": { \"cache\": true }");
        await gateway.GetAsync();
        google.Upstream.TakeAll();

        await gateway.ReloadAsync("\"cache\": true", "\"cache\": false");
        var passed = new[] { await gateway.GetAsync(), await gateway.GetAsync() };
        var asked = google.Upstream.TakeAll().Count;
        await gateway.ReloadAsync("\"cache\": false", "\"cache\": true");
        var kept = await gateway.GetAsync();

        Assert.All(passed, response => Assert.Equal("taggateway; fwd=bypass; detail=off", response.Header("Cache-Status")));
        Assert.Equal(2, asked);
        Assert.StartsWith("taggateway; hit", kept.Header("Cache-Status"), StringComparison.Ordinal);
    }

    /// <summary>What was on its way for the site as it was is judged by the site as it is.</summary>
    [Fact]
    public async Task Reload_WhileAScriptIsFetched_TheTagTakenOutIsNotServed()
    {
        await using var google = new RawUpstream();
        using var release = new SemaphoreSlim(0);
        google.AnswerWith(KeepingGateway.Answer(Script.Of("G-OTHER2")), release);
        await using var gateway = await KeepingGateway.StartAsync(google.Address);
        var before = gateway.GetAsync("/f807/?id[]=G-OTHER2");
        await google.NextAsync();
        await gateway.ReloadAsync("[\"G-MAIN1\", \"G-OTHER2\"]", "[\"G-MAIN1\"]");

        var after = gateway.GetAsync("/f807/?id[]=G-OTHER2");
        release.Release(10);

        Assert.Equal(200, (await before).Status);
        Assert.Equal(302, (await after).Status);
    }

    private static string Token(string text) => PathToken.Encode(PathToken.KeyOf("GTM-MAIN1"), text);

    private static Task<GoogleStandIn> ContainerAsync() => GoogleStandIn.StartAsync(new GoogleStandInOptions
    {
        Scenario = new GoogleScenario { Containers = new Dictionary<string, IReadOnlyList<string>> { ["GTM-MAIN1"] = ["G-CHILD9", "GTM-CHILD8"], ["GTM-CHILD8"] = ["G-GRAND8"] } },
    });

    private static async Task<KeepingGateway> StartAsync(GoogleStandIn google, string tags) => await KeepingGateway.StartFromTagsAsync(google.HttpAddress.ToString(), $"\"{tags}\"");
}
