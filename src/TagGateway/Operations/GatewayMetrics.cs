using System.Diagnostics.Metrics;
using TagGateway.Caching;
using TagGateway.Html;
using TagGateway.Pages;
using TagGateway.Receiving;
using TagGateway.Rewriting;
using TagGateway.Sites;
using TagGateway.TagScripts;
using TagGateway.Upstream;
using Yarp.ReverseProxy.Forwarder;

namespace TagGateway.Operations;

/// <summary>Owns the meter: every number the gateway counts. Labels are few and closed (site, kind, outcome), never a path, host or address.</summary>
internal sealed class GatewayMetrics
{
    public const string MeterName = "TagGateway";

    /// <summary>A page of 200 KB takes a fraction of a millisecond.</summary>
    private static readonly InstrumentAdvice<double> PageTimes = new() { HistogramBucketBoundaries = [0.00001, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.1, 1] };

    private readonly Meter _meter;
    private readonly Counter<long> _reloads;
    private readonly Counter<long> _geoReloads;
    private readonly Counter<long> _certificateReloads;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _routes;
    private readonly Counter<long> _forwarded;
    private readonly Counter<long> _abandoned;
    private readonly Counter<long> _pageFailures;
    private readonly Counter<long> _pages;
    private readonly Counter<long> _pageBytes;
    private readonly Histogram<double> _pageTimes;
    private readonly Counter<long> _scripts;
    private readonly Counter<long> _scriptsPassed;
    private readonly Counter<long> _rewrites;
    private readonly Counter<long> _shared;
    private readonly Gauge<long> _redis;

    public GatewayMetrics(IMeterFactory factory)
    {
        var meter = _meter = factory.Create(MeterName);
        _reloads = meter.CreateCounter<long>("taggateway.configuration.reloads", "{reload}", "Reloads of the configuration, by outcome.");
        _refusals = meter.CreateCounter<long>("taggateway.receiving.refusals", "{request}", "Requests refused before their site was looked for, by reason.");
        _routes = meter.CreateCounter<long>("taggateway.sites.refusals", "{request}", "Requests on the measurement path that lead nowhere, by reason.");
        _geoReloads = meter.CreateCounter<long>("taggateway.receiving.geo_reloads", "{reload}", "Replaced geo databases, by outcome.");
        _certificateReloads = meter.CreateCounter<long>("taggateway.receiving.certificate_reloads", "{reload}", "Replaced TLS certificates, by outcome.");
        _forwarded = meter.CreateCounter<long>("taggateway.upstream.requests", "{request}", "Requests on the measurement path, by how they ended.");
        _abandoned = meter.CreateCounter<long>("taggateway.upstream.abandoned", "{request}", "Requests whose browser left before the answer; their hits are forwarded all the same.");
        _pageFailures = meter.CreateCounter<long>("taggateway.pages.failures", "{request}", "Requests that the website behind did not answer whole, by error, and why it did not answer at all.");
        _pages = meter.CreateCounter<long>("taggateway.pages.pages", "{page}", "Pages of websites whose tags are to be first-party, by what became of them, and why not more.");
        _pageBytes = meter.CreateCounter<long>("taggateway.pages.scanned", "By", "Bytes of pages that were read for tags.");
        _pageTimes = meter.CreateHistogram("taggateway.pages.rewriting", "s", "How much later pages were whole for being read and rewritten.", advice: PageTimes);
        _scripts = meter.CreateCounter<long>("taggateway.tagscripts.requests", "{request}", "Requests for tag scripts, by how they were answered.");
        _scriptsPassed = meter.CreateCounter<long>("taggateway.tagscripts.passed", "{request}", "Requests for tag scripts that were passed on uncached, by reason.");
        _rewrites = meter.CreateCounter<long>("taggateway.rewriting.scripts", "{script}", "Scripts that came for full coverage, by how far they were rewritten, and why no further.");
        _shared = meter.CreateCounter<long>("taggateway.caching.shared", "{operation}", "What was asked of the cache that gateways share, by kind and outcome.");
        _redis = meter.CreateGauge<long>("taggateway.caching.redis", "{state}", "Whether Redis is in this state: 1 or 0; nothing without cache.redis.");
    }

    /// <summary>What the memory store holds, asked when somebody looks.</summary>
    public void Observe(MemoryStore memory)
    {
        _meter.CreateObservableGauge("taggateway.caching.memory", () => memory.Bytes, "By", "What kept scripts take of the memory.");
        _meter.CreateObservableGauge("taggateway.caching.entries", () => (long)memory.Count, "{entry}", "Kept scripts, their codings, and answers that are remembered not to be kept.");
        _meter.CreateObservableCounter("taggateway.caching.evictions", () => memory.Evictions, "{entry}", "Entries that had to go for others.");
    }

    /// <param name="count">Fills that are under way.</param>
    public void ObserveFills(Func<long> count) =>
        _meter.CreateObservableGauge("taggateway.tagscripts.fills", count, "{fill}", "Scripts that are being fetched for the cache.");

    /// <param name="sites">Each with a website behind, and whether that answers.</param>
    public void ObserveOrigins(Func<IEnumerable<(string Site, bool IsUp)>> sites) => _meter.CreateObservableGauge(
        "taggateway.pages.origin_up",
        () => sites().Select(one => new Measurement<long>(one.IsUp ? 1 : 0, new KeyValuePair<string, object?>("site", one.Site))),
        "{state}",
        "Whether the website behind answered one of its last requests: 1 or 0.");

    public void SharedAsked(SharedKind kind, SharedOutcome outcome) =>
        _shared.Add(1, new KeyValuePair<string, object?>("kind", Name(kind)), new KeyValuePair<string, object?>("outcome", Name(outcome)));

    public void RedisChanged(RedisState state)
    {
        foreach (var other in Enum.GetValues<RedisState>())
        {
            _redis.Record(other == state ? 1 : 0, new KeyValuePair<string, object?>("state", Name(other)));
        }
    }

    public void ScriptAnswered(string site, ScriptOutcome outcome) =>
        _scripts.Add(1, new KeyValuePair<string, object?>("site", site), new KeyValuePair<string, object?>("outcome", Name(outcome)));

    public void ScriptPassed(string site, ScriptBypass reason)
    {
        ScriptAnswered(site, ScriptOutcome.Passed);
        _scriptsPassed.Add(1, new KeyValuePair<string, object?>("site", site), new KeyValuePair<string, object?>("reason", Name(reason)));
    }

    public void ScriptRewritten(string site, ScriptRewrite rewrite) => _rewrites.Add(
        1,
        new KeyValuePair<string, object?>("site", site),
        new KeyValuePair<string, object?>("outcome", Name(rewrite.Outcome)),
        new KeyValuePair<string, object?>("reason", Name(rewrite.Doubt)));

    public void ConfigurationReloaded(bool accepted) => _reloads.Add(1, Outcome(accepted));

    public void GeoDatabaseReloaded(bool accepted) => _geoReloads.Add(1, Outcome(accepted));

    public void CertificateReloaded(bool accepted) => _certificateReloads.Add(1, Outcome(accepted));

    /// <param name="remaining">Until the first certificate expires; null without TLS.</param>
    public void ObserveCertificates(Func<TimeSpan?> remaining) => _meter.CreateObservableGauge(
        "taggateway.receiving.certificate_remaining",
        () => remaining() is { } time ? [new Measurement<long>((long)time.TotalSeconds)] : Enumerable.Empty<Measurement<long>>(),
        "s",
        "How long the first TLS certificate to expire is still good for; negative afterwards; nothing without tls.");

    public void RequestRefused(RequestRefusal reason) =>
        _refusals.Add(1, new KeyValuePair<string, object?>("reason", Name(reason)));

    public void RouteRefused(string site, RouteRefusal reason) =>
        _routes.Add(1, new KeyValuePair<string, object?>("site", site), new KeyValuePair<string, object?>("reason", Name(reason)));

    public void Forwarded(string site, RequestKind kind, ForwardOutcome outcome, bool abandoned)
    {
        var siteLabel = new KeyValuePair<string, object?>("site", site);
        var kindLabel = new KeyValuePair<string, object?>("kind", Name(kind));
        _forwarded.Add(1, siteLabel, kindLabel, new KeyValuePair<string, object?>("outcome", Name(outcome)));
        if (abandoned)
        {
            _abandoned.Add(1, siteLabel, kindLabel);
        }
    }

    public void PageAbandoned(string site) =>
        _pageFailures.Add(1, new KeyValuePair<string, object?>("site", site), new KeyValuePair<string, object?>("error", "visitor_gone"));

    /// <param name="site">The site's name.</param>
    /// <param name="error">As YARP names it.</param>
    /// <param name="problem">Why no answer came; null when one had begun, or when the visitor's request was to blame.</param>
    public void PageFailed(string site, ForwarderError error, OriginProblem? problem)
    {
        var siteLabel = new KeyValuePair<string, object?>("site", site);
        var errorLabel = new KeyValuePair<string, object?>("error", Name(error));
        if (problem is { } reason)
        {
            _pageFailures.Add(1, siteLabel, errorLabel, new KeyValuePair<string, object?>("reason", Name(reason)));
        }
        else
        {
            _pageFailures.Add(1, siteLabel, errorLabel);
        }
    }

    public void PageAnswered(string site, PageOutcome outcome, PageReason reason) => _pages.Add(
        1,
        new KeyValuePair<string, object?>("site", site),
        new KeyValuePair<string, object?>("outcome", Name(outcome)),
        new KeyValuePair<string, object?>("reason", Name(reason)));

    public void PageScanned(string site, long bytes, TimeSpan time)
    {
        var label = new KeyValuePair<string, object?>("site", site);
        _pageBytes.Add(bytes, label);
        _pageTimes.Record(time.TotalSeconds, label);
    }

    private static KeyValuePair<string, object?> Outcome(bool accepted) => new("outcome", accepted ? "accepted" : "refused");

    /// <summary>The enum's own word as a label, <c>BodyTooLarge</c> → <c>body_too_large</c>; made once a value.</summary>
    private static string Name<TEnum>(TEnum value)
        where TEnum : struct, Enum => LabelNames<TEnum>.Of(value);
}
