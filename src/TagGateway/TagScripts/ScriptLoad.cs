using TagGateway.Caching;
using TagGateway.Limits;
using TagGateway.Receiving;
using TagGateway.Routes;
using TagGateway.Sites;
using TagGateway.Upstream;

namespace TagGateway.TagScripts;

/// <summary>A script as it is looked for, and fetched when it is not there: the visitor's request less all that is the visitor's.</summary>
/// <param name="Fetch">What Google is asked.</param>
/// <param name="Script">As what it was asked for; null for a service-worker file.</param>
internal sealed record ScriptLoad(ScriptFetch Fetch, ScriptRequest? Script)
{
    /// <summary>Kept bodies of full coverage are rewritten ones: others by other rules, and for another path.</summary>
    private const string Rewritten = "+full1";

    public EntryKey Key { get; } = EntryKey.Of(
        Fetch.Site.Name,
        UpstreamOf(Fetch),
        Fetch.IsVersioned || Fetch.Route is not null ? EntryKey.AnyRegion : Fetch.Region.ToString(),
        Fetch.Path,
        Fetch.Query);

    /// <summary>Google's own address of it; null for a service-worker file, which has to be the site's own.</summary>
    public string? Elsewhere => Script is null ? null
        : Fetch.Route is { } route ? route.AddressWith(Fetch.Query)
        : GoogleScriptAddress.Of(Fetch.Tag, Script.Endpoint, Script.Parameters);

    /// <summary>Asked as tags ask: odd queries are one visitor's and would only fill what all gateways share.</summary>
    public bool MayShare => Fetch.Form != FetchForm.Odd;

    /// <summary>Where the work for it waits.</summary>
    public CpuLane Lane => Fetch.Form switch
    {
        FetchForm.Plain => CpuLane.Plain,
        FetchForm.Ordinary => CpuLane.Ordinary,
        _ => CpuLane.Untrusted,
    };

    /// <summary>What is done with the bytes that come.</summary>
    public RewriteRules Rules =>
        !Fetch.Site.IsFull ? default
        : Fetch.IsVersioned ? new RewriteRules(Fetch.Route?.Kind == RouteKind.WorkerPage ? RewriteKind.Page : RewriteKind.None)
        : new RewriteRules(RewriteKind.Script, ScriptRequest.LayerOf(Fetch.Query), ReplacesRegion: Fetch.Route is not null);

    /// <summary>Where it is remembered that there is no entry.</summary>
    public EntryKey MarkKey => Key.Part("mark");

    public CachePolicy Policy => Fetch.IsVersioned ? Versioned : Fetch.Site.Scripts ?? Nothing;

    /// <summary>Its address changes with its content.</summary>
    private static readonly CachePolicy Versioned = new(TimeSpan.FromDays(365), TimeSpan.Zero, TimeSpan.FromDays(365));

    private static readonly CachePolicy Nothing = new(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);

    /// <param name="target">Where it was asked for.</param>
    /// <param name="script">What was asked.</param>
    /// <param name="tag">Whose script.</param>
    /// <param name="region">The visitor's.</param>
    public static ScriptLoad Of(MeasurementTarget target, ScriptRequest script, TagId tag, Region region) =>
        new(FetchOf(target, tag, region, isVersioned: false, FormOf(target, script, tag)), script);

    /// <summary>The script of a tag as the gateway itself asks for it, to read what it says.</summary>
    public static ScriptLoad OfTag(Site site, TagId tag, Region region)
    {
        var route = site.Upstream == UpstreamKind.Google ? GoogleScriptAddress.RouteOf(tag, ScriptEndpoint.Tag) : null;
        var target = new MeasurementTarget(site, $"{site.Path}/", $"?id={tag}") { Route = route };
        return Of(target, new ScriptRequest(ScriptEndpoint.Tag, [tag.ToString()], "", IsOrdinary: true), tag, region);
    }

    public static ScriptLoad OfVersionedFile(MeasurementTarget target) =>
        new(FetchOf(target, target.Site.MainTag, default, isVersioned: true, FormOf(target)), Script: null);

    /// <summary>To the tag gateway goes the visitor's region; Google's ordinary hosts have no ear for it.</summary>
    private static ScriptFetch FetchOf(MeasurementTarget target, TagId tag, Region region, bool isVersioned, FetchForm form) => target.Route is { } route
        ? new ScriptFetch(target.Site, tag, route.Path, target.Query, default, isVersioned, form) { Route = route }
        : new ScriptFetch(target.Site, tag, target.Path, target.Query, region, isVersioned, form);

    private static string UpstreamOf(ScriptFetch fetch) =>
        !fetch.Site.IsFull ? fetch.Site.MainTag.ToString()
        : fetch.Route is { } route ? string.Concat(route.Host, Rewritten, fetch.Site.Path.Value)
        : fetch.Site.MainTag + Rewritten;

    private static FetchForm FormOf(MeasurementTarget target, ScriptRequest script, TagId tag) =>
        !script.IsOrdinary ? FetchForm.Odd
        : (target.Route is { Kind: RouteKind.Script } || target.SubPath is ("/" or "/gtm.js" or "/gtag/js" or "/gtag/destination" or "/gtd")) && IsPlain(target.Query, tag) ? FetchForm.Plain
        : FetchForm.Ordinary;

    private static bool IsPlain(ReadOnlySpan<char> query, TagId tag) =>
        query.IsEmpty || (query.StartsWith("?id=", StringComparison.Ordinal) && query[4..].SequenceEqual(tag.ToString()));

    private static FetchForm FormOf(MeasurementTarget file) => VersionedFile.IsOrdinary(file.Query) ? FetchForm.Ordinary : FetchForm.Odd;
}
