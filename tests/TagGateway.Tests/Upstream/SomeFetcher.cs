using TagGateway.Caching;
using TagGateway.Limits;
using TagGateway.Receiving;
using TagGateway.Sites;
using TagGateway.Tests.Sites;
using TagGateway.Tests.TagScripts;
using TagGateway.Upstream;

namespace TagGateway.Tests.Upstream;

/// <summary>The fetcher of scripts, with <see cref="Google"/> in place of the network and a clock of its own.</summary>
internal sealed class SomeFetcher : IDisposable
{
    public SomeFetcher() =>
        Fetcher = new ScriptFetcher(new UpstreamClients(Google), Hosts, new GooglePipelines(Time), SomeSettings.Create(), Time);

    public FakeGoogle Google { get; } = new();

    public WatchedTime Time { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public TagHosts Hosts { get; } = new();

    public Site Site { get; } = SomeSite.Create(tags: ["G-MAIN1", "AW-2"]);

    public ScriptFetcher Fetcher { get; }

    public IEnumerable<string> Asked => Google.Asked.Select(request => request.RequestUri?.OriginalString ?? "");

    public Task<FetchedScript> FetchAsync(
        string tag = "G-MAIN1", string path = "/f807/", string query = "", string? region = "US-CA", Entry? former = null, bool isVersioned = false,
        FetchForm form = FetchForm.Plain, MemoryLease? lease = null, CancellationToken stop = default)
    {
        _ = Region.TryParse(region, out var parsed);
        return Time.RunAsync(Fetcher.FetchAsync(new ScriptFetch(Site, SomeSite.Tag(tag), path, query, parsed, isVersioned, form), former, lease, stop));
    }

    public void Dispose() => Google.Dispose();
}
