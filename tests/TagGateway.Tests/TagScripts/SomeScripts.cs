using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Testing;
using TagGateway.Caching;
using TagGateway.Operations;
using TagGateway.Receiving;
using TagGateway.Sites;
using TagGateway.TagScripts;
using TagGateway.Tests.Caching;
using TagGateway.Tests.Limits;
using TagGateway.Tests.Operations;
using TagGateway.Tests.Responding;
using TagGateway.Tests.Sites;
using TagGateway.Upstream;

namespace TagGateway.Tests.TagScripts;

/// <summary>The script cache whole, with a clock of its own and <see cref="Google"/> in place of the network.</summary>
internal sealed class SomeScripts : IDisposable
{
    public static readonly CachePolicy Policy = new(TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromDays(1));

    private readonly TestMetrics _metrics = new();
    private readonly ApplicationLifetime _lifetime = new(NullLogger<ApplicationLifetime>.Instance);

    public SomeScripts(long cacheBytes = 64 * 1024 * 1024, CachePolicy? policy = null, SomeWork? work = null)
    {
        var settings = SomeSettings.Create();
        Site = SomeSite.Create(tags: ["G-MAIN1", "AW-2"], scripts: policy ?? Policy);
        Memory = new MemoryStore(() => cacheBytes);
        Purges = new PurgeLedger(Time);
        Guard = new ScriptGuard(Knowledge);
        var fetcher = new ScriptFetcher(new UpstreamClients(Google), new TagHosts(), new GooglePipelines(Time), settings, Time);
        var values = new VisitorValues();
        Rewrites = new RewriteLedger(Time);
        var rewriting = new ScriptRewriting(Rewrites, _metrics.Gateway, NullLogger<ScriptRewriting>.Instance);
        Work = work ?? new SomeWork(Time);
        Variants = new Variants(Memory, Work.Lanes, Work.Work, Work.Leases);
        Filler = new ScriptFiller(
            fetcher, new ScriptReader(Memory, Guard, rewriting, Work.Lanes, Work.Work), Guard, Memory, Variants, SomeRedis.Off(_metrics.Gateway, Time), Purges, Work.Lanes, Time);
        Fills = new FillTable(Filler, Work.Work, Work.Leases, _lifetime, Logger);
        Forms = new ScriptForms(values, settings);
        Cache = new ScriptCache(Memory, Variants, Forms, Fills, Guard, _metrics.Gateway, _metrics.Limits, Time);
        Reader = new KnowledgeReader(Cache, Guard, Knowledge, Time);
    }

    public FakeGoogle Google { get; } = new();

    public RewriteLedger Rewrites { get; }

    public SomeWork Work { get; }

    public ScriptForms Forms { get; }

    public WatchedTime Time { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public FakeLogger<FillTable> Logger { get; } = new();

    public KnowledgeTable Knowledge { get; } = new();

    public Site Site { get; }

    public MemoryStore Memory { get; }

    public Variants Variants { get; }

    public PurgeLedger Purges { get; }

    public ScriptGuard Guard { get; }

    public ScriptFiller Filler { get; }

    public FillTable Fills { get; }

    public ScriptCache Cache { get; }

    public KnowledgeReader Reader { get; }

    public TestMetrics Metrics => _metrics;

    public IHostApplicationLifetime Lifetime => _lifetime;

    /// <summary>A visitor's request for the main tag's script; the context holds the answer, the value why it is to be passed on.</summary>
    public Task<(ScriptBypass Bypass, DefaultHttpContext Context)> AskAsync(string query = "?id=G-MAIN1", string region = "US-CA", Action<HttpRequest>? prepare = null) =>
        AskAsync(Load(query, region), prepare);

    public async Task<(ScriptBypass Bypass, DefaultHttpContext Context)> AskAsync(ScriptLoad load, Action<HttpRequest>? prepare = null)
    {
        var context = SomeContext.Create("GET", load.Fetch.Path + load.Fetch.Query);
        prepare?.Invoke(context.Request);
        var bypass = await Time.RunAsync(Cache.AnswerAsync(context, load));
        return (bypass, context);
    }

    /// <summary>Waits for the fill of this script, if one is under way.</summary>
    public Task<FillResult> FilledAsync(string query = "?id=G-MAIN1", string region = "US-CA") => Time.RunAsync(Fills.JoinAsync(Load(query, region), null, out _));

    /// <summary>What a purge does here.</summary>
    public int Purge(PurgeScope scope)
    {
        Purges.Note(scope, Purges.NextStamp());
        var removed = Memory.Remove(scope);
        Fills.Forget(scope);
        return removed;
    }

    public ScriptLoad Load(string query = "?id=G-MAIN1", string region = "US-CA", Site? site = null)
    {
        var target = new MeasurementTarget(site ?? Site, SomeSite.DefaultPath + "/", query);
        var script = ScriptRequest.Parse("/", query, isLoad: true) ?? throw new InvalidOperationException("not a script");
        _ = Region.TryParse(region, out var parsed);
        return ScriptLoad.Of(target, script, Site.MainTag, parsed);
    }

    public void Dispose()
    {
        _lifetime.StopApplication();
        Work.Dispose();
        _metrics.Dispose();
        Google.Dispose();
    }
}
