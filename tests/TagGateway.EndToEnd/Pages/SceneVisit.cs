using TagGateway.Demo.Google;
using TagGateway.EndToEnd.Harness;
using RecordedRequest = TagGateway.Demo.Google.RecordedRequest;

namespace TagGateway.EndToEnd.Pages;

/// <summary>A visitor of one page behind the gateway, what his browser asked for, and what came of it at Google.</summary>
internal sealed class SceneVisit(GoogleStandIn google, Website website, RunningGateway gateway, Visit visit, string site) : IAsyncDisposable
{
    public Visit Visit => visit;

    /// <summary>The page's address.</summary>
    public string Address => site + "/";

    /// <summary>What the browser asked of other hosts than the site's, and what came to Google straight from it.</summary>
    public IReadOnlyList<string> Escapes =>
    [
        .. visit.Requests.Select(request => request.Url).Where(url => url.StartsWith("http", StringComparison.Ordinal) && !url.StartsWith(Address, StringComparison.Ordinal))
            .Concat(google.Recorder.Requests.Where(request => request.Scheme == "https").Select(request => $"https://{request.Host}{request.RawTarget}")),
    ];

    /// <summary>The tag scripts that were asked of the site, once each visit.</summary>
    public IReadOnlyList<string> Scripts =>
        [.. visit.Requests.Where(request => request.ResourceType == "script").Select(request => request.Url[site.Length..]).Where(path => path.StartsWith("/f807/?id=", StringComparison.Ordinal))];

    /// <summary>Those that have arrived at Google Analytics.</summary>
    public IReadOnlyList<HitEvent> PageViews => [.. google.Recorder.Requests.SelectMany(PageViewsOf)];

    /// <summary>What stands in the page's data layer, in order: commands as <c>consent default</c>, events by name.</summary>
    public Task<string[]> LayerAsync() => visit.Page.EvaluateAsync<string[]>("""
        dataLayer.map(entry => Object.prototype.toString.call(entry) !== '[object Arguments]' ? entry.event || 'data' : typeof entry[1] === 'string' ? entry[0] + ' ' + entry[1] : entry[0])
        """);

    /// <summary>Opens the page, or opens it anew, and waits until so many page views in all have come, and nothing more comes.</summary>
    public async Task OpenAsync(int pageViews = 1)
    {
        await visit.Page.GotoAsync(Address);
        await MeasuredAsync(pageViews);
    }

    /// <summary>As by the browser's button: the page is asked for anew, with what the cache knows of it.</summary>
    public async Task ReloadAsync(int pageViews)
    {
        await visit.Page.ReloadAsync();
        await MeasuredAsync(pageViews);
    }

    /// <summary>Waits until so many page views have come, and nothing more comes.</summary>
    public async Task MeasuredAsync(int pageViews)
    {
        await google.Recorder.WaitForAsync(request => PageViewsOf(request).Any(), pageViews);
        await RestAsync();
    }

    /// <summary>Waits until nothing more comes.</summary>
    public Task RestAsync() => Eventually.RestsAsync(() => google.Recorder.Count, () => visit.Pending <= 0);

    /// <summary>Closes the page, which sends what its tags have kept back.</summary>
    public async Task LeaveAsync()
    {
        await visit.Page.GotoAsync("about:blank");
        await Eventually.RestsAsync(() => google.Recorder.Count);
    }

    /// <summary>Leaves, and looks back: the tag came from the measurement path, once each visit; one page view each; nothing went elsewhere; no breach of a policy,
    /// no error in the console.</summary>
    /// <param name="visits">How often the page was opened.</param>
    /// <param name="tag">That the page loads, or was given.</param>
    public async Task AssertMeasuredAsync(int visits, string tag)
    {
        await LeaveAsync();
        visit.AssertNoComplaints();
        Assert.Empty(Escapes);
        Assert.Equal(Enumerable.Repeat($"/f807/?id={tag}", visits), Scripts.Where(path => path.EndsWith(tag, StringComparison.Ordinal)));
        Assert.Equal(visits, PageViews.Count);
        Assert.All(google.Recorder.Requests, request => Assert.Equal("http", request.Scheme));
    }

    /// <summary>Leaves, and looks back: nothing was measured, by nobody, and nobody complained.</summary>
    public async Task AssertNotMeasuredAsync()
    {
        await LeaveAsync();
        visit.AssertNoComplaints();
        Assert.Empty(Escapes);
        Assert.Empty(google.Recorder.Requests);
    }

    public async ValueTask DisposeAsync()
    {
        await visit.Page.Context.CloseAsync();
        await gateway.DisposeAsync();
        await website.DisposeAsync();
    }

    /// <summary>Advertising gets pings of that name besides, when it may not store anything.</summary>
    private static IEnumerable<HitEvent> PageViewsOf(RecordedRequest request) => request.SubPath is "ga/g/c" or "g/collect" ? request.Events.Where(hit => hit.Name == "page_view") : [];
}
