using TagGateway.Receiving;
using TagGateway.Sites;
using TagGateway.Tests.Rewriting;
using TagGateway.Tests.Sites;

namespace TagGateway.Tests.TagScripts;

public sealed class KnowledgeReaderTests : IDisposable
{
    private readonly SomeScripts _scripts = new();

    public void Dispose() => _scripts.Dispose();

    [Fact]
    public async Task Read_SitesScripts_AreAskedOnceEach()
    {
        Google(("G-MAIN1", "{\"blob\":{\"5\":\"G-MAIN1\"},\"vtp_tagId\":\"G-CHILD1\"}"));

        await ReadAsync();
        await ReadAsync();

        Assert.True(_scripts.Knowledge.Allows(_scripts.Site, SomeSite.Tag("G-CHILD1")));
        Assert.Equal(["?id=AW-2", "?id=G-CHILD1", "?id=G-MAIN1"], Asked.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Read_ChildrenOfChildren_AreFound()
    {
        Google(
            ("G-MAIN1", "{\"vtp_tagId\":\"G-CHILD1\"}"), ("G-CHILD1", "{\"vtp_tagId\":\"G-CHILD2\"}"),
            ("G-CHILD2", "{\"vtp_conversionId\":\"333\",\"vtp_tagId\":\"G-MAIN1\"}"));

        await ReadAsync();

        Assert.Equal(["AW-333", "G-CHILD1", "G-CHILD2", "G-MAIN1"], _scripts.Knowledge.Of(_scripts.Site).NamedTags.Select(tag => tag.ToString()).Order(StringComparer.Ordinal));
        Assert.True(_scripts.Knowledge.Of(_scripts.Site).IsRead);
    }

    [Fact]
    public async Task Read_ScriptsThatNameHundreds_AreAskedOfAFewOnly()
    {
        Google(("G-MAIN1", string.Concat(Enumerable.Range(0, 200).Select(i => $"\"vtp_tagId\":\"G-CHILD{i}\","))));

        await ReadAsync();

        Assert.Equal(16, Asked.Count());
        Assert.Equal(200, _scripts.Knowledge.Of(_scripts.Site).NamedTags.Count());
    }

    [Fact]
    public async Task Read_ManyAtOnce_AskGoogleOnce()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _scripts.Google.Always(async (_, _) =>
        {
            await gate.Task;
            return FakeGoogle.Script("1");
        });

        var reading = Enumerable.Range(0, 100).Select(_ => ReadAsync()).ToList();
        gate.SetResult();
        await Task.WhenAll(reading);

        Assert.Equal(2, Asked.Count());
    }

    [Fact]
    public async Task Read_KeptScripts_AskNobody()
    {
        Google(("G-MAIN1", $"{{\"blob\":{{\"5\":\"G-MAIN1\",\"58\":\"{Convert.ToBase64String(OpaquePath.Key)}\"}}}}"), ("AW-2", "1"));
        await _scripts.AskAsync();
        await _scripts.AskAsync("?id=AW-2");
        var asked = Asked.Count();
        var reloaded = SomeSite.Create(tags: ["G-MAIN1", "AW-2"], scripts: SomeScripts.Policy);

        await ReadAsync(reloaded);

        Assert.True(_scripts.Knowledge.Of(reloaded).TryDecode(OpaquePath.Encode("?id=G-A1"), out _));
        Assert.Equal(asked, Asked.Count());
    }

    /// <summary>Whoever comes after the pause tries himself; those in between get what is known.</summary>
    [Fact]
    public async Task Read_GoogleIsAway_IsTriedAgainAfterTenSeconds()
    {
        await ReadAsync();
        var asked = Asked.Count();
        Google(("G-MAIN1", "{\"vtp_tagId\":\"G-CHILD1\"}"));
        _scripts.Time.Advance(TimeSpan.FromSeconds(9.9));
        await ReadAsync();
        var askedTooSoon = Asked.Count();
        _scripts.Time.Advance(TimeSpan.FromSeconds(0.2));
        await ReadAsync();

        Assert.Equal(asked, askedTooSoon);
        Assert.True(_scripts.Knowledge.Allows(_scripts.Site, SomeSite.Tag("G-CHILD1")));
    }

    /// <summary>A tag that a container names and Google does not know must not have all of them asked again and again.</summary>
    [Fact]
    public async Task Read_ChildThatGoogleDoesNotKnow_IsNoReasonToAskAgain()
    {
        Google(("G-MAIN1", "{\"vtp_tagId\":\"G-CHILD1\"}"), ("G-CHILD1", null));

        await ReadAsync();

        Assert.True(_scripts.Knowledge.Of(_scripts.Site).IsRead);
    }

    /// <summary>What must not be kept tells all the same: a site that keeps no scripts, and one whose script Google wants nobody to keep.</summary>
    [Theory]
    [InlineData("no-store", true)]
    [InlineData("private, max-age=900", false)]
    public async Task Read_ScriptsThatAreNotKept_AreReadNevertheless(string cacheControl, bool keepsScripts)
    {
        var site = SomeSite.Create(tags: ["G-MAIN1"], scripts: keepsScripts ? SomeScripts.Policy : null);
        _scripts.Google.Always(() => FakeGoogle.Script("{\"blob\":{\"5\":\"G-MAIN1\"},\"vtp_tagId\":\"G-CHILD1\"}", cacheControl));

        await ReadAsync(site);

        Assert.True(_scripts.Knowledge.Allows(site, SomeSite.Tag("G-CHILD1")));
        Assert.True(_scripts.Knowledge.Of(site).IsRead);
    }

    /// <summary>Sixteen scripts, each as slow as may be: no visitor waits for them all.</summary>
    [Fact]
    public async Task Read_GoogleIsSlow_VisitorWaitsNoLongerThanForOne()
    {
        var asked = new TaskCompletionSource();
        _scripts.Google.Always((_, ending) =>
        {
            asked.TrySetResult();
            return FakeGoogle.NeverAsync(ending);
        });

        var reading = ReadAsync();
        await asked.Task;
        _scripts.Time.Advance(_scripts.Site.Timeout);
        var error = await Record.ExceptionAsync(() => reading);

        Assert.True(error is null or TimeoutException, error?.ToString());
        Assert.False(_scripts.Knowledge.Of(_scripts.Site).IsRead);
    }

    [Fact]
    public async Task Read_VisitorGoes_IsCancelledAndTheReadingGoesOn()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var gone = new CancellationTokenSource();
        _scripts.Google.Always(async (_, _) =>
        {
            await gate.Task;
            return FakeGoogle.Script("{\"vtp_tagId\":\"G-CHILD1\"}");
        });

        var reading = _scripts.Reader.ReadAsync(_scripts.Site, RegionOf("US-CA"), gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        gate.SetResult();
        await ReadAsync();

        Assert.True(_scripts.Knowledge.Allows(_scripts.Site, SomeSite.Tag("G-CHILD1")));
    }

    [Fact]
    public void Of_SiteMadeAnew_KnowsNothing()
    {
        _scripts.Knowledge.Of(_scripts.Site).IsRead = true;

        Assert.True(_scripts.Knowledge.Of(_scripts.Site).IsRead);
        Assert.False(_scripts.Knowledge.Of(SomeSite.Create(tags: ["G-MAIN1", "AW-2"])).IsRead);
    }

    private IEnumerable<string> Asked => _scripts.Google.Asked.Select(request => request.RequestUri!.Query);

    private async Task ReadAsync(Site? site = null)
    {
        var reading = _scripts.Reader.ReadAsync(site ?? _scripts.Site, RegionOf("US-CA"), CancellationToken.None);
        await _scripts.Time.RunAsync(reading.ContinueWith(done => done.IsCompletedSuccessfully, TaskScheduler.Default));
        await reading;
    }

    /// <summary>These scripts; of any other tag an empty one, of null a 503.</summary>
    private void Google(params (string Tag, string? Script)[] scripts) => _scripts.Google.Always((request, _) =>
    {
        var found = scripts.FirstOrDefault(script => request.RequestUri!.Query == $"?id={script.Tag}", (Tag: "", Script: ";"));
        return Task.FromResult(found.Script is null ? FakeGoogle.Status(503) : FakeGoogle.Script(found.Script));
    });

    private static Region RegionOf(string text) => Region.TryParse(text, out var region) ? region : default;
}
