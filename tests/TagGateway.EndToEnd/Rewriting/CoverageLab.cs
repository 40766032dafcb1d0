using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using TagGateway.Demo;
using TagGateway.Demo.Google;
using TagGateway.EndToEnd.Harness;
using RecordedRequest = TagGateway.Demo.Google.RecordedRequest;

namespace TagGateway.EndToEnd.Rewriting;

/// <summary>One browser, one Google, and a shop that can be visited with a gateway before it and without one. No request can be lost from sight: every
/// host but the shop's is the stand-in.</summary>
public sealed class CoverageLab : IAsyncLifetime
{
    private const string Path = "/f807";
    private const string Plain = "plain.shop.example";
    private const string Site = "www.shop.example";

    /// <summary>Scripts draw by lot which experiments they take part in: each visit draws the same, whichever script comes first.</summary>
    private const string Dice = """
        { let draws = 0; Math.random = () => FACTOR + 1e-9 * draws++; }
        """;

    /// <summary>What Chromium asks for itself, whatever the page is.</summary>
    private static readonly string[] OfTheBrowser =
        ["accounts.google.com", "*.googleapis.com", "clients*.google.com", "*.clients.google.com", "*.gvt1.com", "redirector.gvt1.com", "edgedl.me.gvt1.com", "content-autofill.googleapis.com"];

    private LoopbackServer _website = null!; // set by InitializeAsync, as the others
    private TlsHop _hop = null!;
    private volatile string _page = "";
    private volatile bool _isStrict;

    internal GoogleStandIn Google { get; private set; } = null!;

    internal Browser Browser { get; private set; } = null!;

    /// <summary>What is answered in place of Google's own answer.</summary>
    internal Func<RecordedRequest, GoogleAnswer?>? Overrule { get; set; }

    /// <summary>What stands on the page besides the tag.</summary>
    internal string Body { get; set; } = "";

    public async ValueTask InitializeAsync()
    {
        Google = await GoogleStandIn.StartAsync(new GoogleStandInOptions { HttpsUrl = "https://127.0.0.1:0", Overrule = request => Overrule?.Invoke(request) });
        _website = await LoopbackServer.StartAsync(["http://127.0.0.1:0"], listen => listen.Protocols = HttpProtocols.Http1, AnswerAsync, default);
        _hop = await TlsHop.StartAsync(Site, Plain);
        Browser = await Browser.StartAsync(
            string.Concat(OfTheBrowser.Select(host => $"MAP {host} ~NOTFOUND, ")) +
            $"MAP {Site} {_hop.Authority}, MAP {Plain} {_hop.Authority}, MAP *:80 {Google.HttpAddress.Authority}, MAP * {Google.HttpsAddress!.Authority}",
            $"{_hop.Pin},{Google.CertificatePin}");
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        await _hop.DisposeAsync();
        await _website.DisposeAsync();
        await Google.DisposeAsync();
    }

    /// <summary>A visit in the way <paramref name="way"/>, to be compared with one <paramref name="like"/> it that has been made.</summary>
    internal async Task<Passage> VisitAsync(Scene scene, Way way, Passage? like = null)
    {
        Google.Scenario = scene.Google with
        {
            AskerRegion = way == Way.Plain ? scene.Region : scene.GatewayRegion,
            ThirdPartyHits = true,
            RegionalCollection = true,
        };
        await using var gateway = way == Way.Plain ? null : await RunningGateway.StartFromJsonAsync(ConfigurationOf(scene, way));
        return await VisitAsync(scene, way, gateway, like);
    }

    /// <summary>The same with a gateway that runs already; null with <see cref="Way.Plain"/>.</summary>
    internal async Task<Passage> VisitAsync(Scene scene, Way way, RunningGateway? gateway, Passage? like)
    {
        var website = _website.Addresses[0].GetLeftPart(UriPartial.Authority);
        _hop.Target = _ => gateway?.Address ?? website;
        _hop.Region = scene.Region;
        _page = PageOf(scene, way);
        _isStrict = way is Way.FullByGateway or Way.FullByGoogle;
        Google.Recorder.Clear();
        return await VisitAsync(scene, $"https://{(way == Way.Plain ? Plain : Site)}", like);
    }

    /// <summary>The gateway itself, with no hop before it: <c>http://127.0.0.1:PORT</c>.</summary>
    internal async Task<Passage> VisitLoopbackAsync(Scene scene)
    {
        Google.Scenario = scene.Google;
        await using var gateway = await RunningGateway.StartFromJsonAsync(ConfigurationOf(scene, Way.FullByGoogle));
        _page = PageOf(scene, Way.FullByGoogle);
        _isStrict = true;
        Google.Recorder.Clear();
        return await VisitAsync(scene, gateway.Address, like: null);
    }

    private async Task<Passage> VisitAsync(Scene scene, string site, Passage? like)
    {
        var visit = await Browser.VisitAsync(scene.RunsScripts);
        var page = visit.Page;
        if (scene.RunsScripts)
        {
            await page.AddInitScriptAsync(Dice.Replace("FACTOR", scene.IsSampled ? "1e-5" : "0.99", StringComparison.Ordinal));
            await page.AddInitScriptAsync("addEventListener('securitypolicyviolation', e => console.error('breach of ' + e.violatedDirective + ': ' + e.blockedURI))");
        }

        await page.GotoAsync($"{site}/{scene.Query}");
        await RestAsync(visit);
        if (scene.Act.Length > 0)
        {
            await page.EvaluateAsync(scene.Act);
            await RestAsync(visit);
        }

        if (await ReachAsync(like?.CountOnPage ?? 0))
        {
            await RestAsync(visit);
        }

        var onPage = CountHits();
        await page.GotoAsync("about:blank");
        await ReachAsync(like?.Count ?? 0);
        await RestAsync(null);
        await page.Context.CloseAsync();
        _hop.Disconnect();
        return PassageOf(visit, new Uri(site).Host, onPage);
    }

    internal string ConfigurationOf(Scene scene, Way way)
    {
        var tags = string.Join(", ", scene.OtherTags.Prepend(scene.Tag).Where(tag => tag.Contains('-', StringComparison.Ordinal)).Distinct().DefaultIfEmpty("G-MAIN1").Select(tag => $"\"{tag}\""));
        return $$"""
            {
              "urls": "http://127.0.0.1:0",
              "admin": { "url": "http://127.0.0.1:0" },
              "log": { "level": "error" },
              "trustedProxies": ["127.0.0.0/8"],
              "connectTo": { "*": "{{Google.HttpAddress.GetLeftPart(UriPartial.Authority)}}" },
              "sites": { "shop": {
                "hosts": ["{{Site}}", "127.0.0.1"], "path": "{{Path}}", "tags": [{{tags}}], "origin": "{{_website.Addresses[0].GetLeftPart(UriPartial.Authority)}}",
                "upstream": "{{(way == Way.FullByGoogle ? "google" : "gateway")}}", "coverage": "{{(way == Way.Official ? "official" : "full")}}" } }
            }
            """;
    }

    private string PageOf(Scene scene, Way way)
    {
        var source = scene.SourceOf(way);
        return $$"""
            <!doctype html>
            <html lang="en"><head><title>Shop</title><link rel="icon" href="data:,"></head><body>
            {{(scene.RunsScripts ? "" : $"<noscript><iframe src=\"{source}\"></iframe></noscript>")}}
            {{Body}}
            <script>
            window.dataLayer = window.dataLayer || [];
            function gtag() { dataLayer.push(arguments); }
            {{scene.Commands.Replace(Scene.GoogleAddress, way == Way.Plain || way == Way.Official ? "https://" : $"https://{Site}{Path}/-/", StringComparison.Ordinal)}}
            </script>
            <script async src="{{source}}"></script>
            </body></html>
            """;
    }

    /// <summary>The shop: one page, whose policy tells of whatever is not the site's own, without stopping it.</summary>
    private Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Path != "/")
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }

        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        if (_isStrict)
        {
            context.Response.Headers["Content-Security-Policy-Report-Only"] = "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; img-src 'self' data:; style-src 'self' 'unsafe-inline'";
        }

        return context.Response.WriteAsync(_page, context.RequestAborted);
    }

    private Passage PassageOf(Visit visit, string own, int onPage)
    {
        var received = Google.Recorder.Requests;
        var asked = visit.Requests.Select(request => request.Url).Where(url => url.StartsWith("http", StringComparison.Ordinal)).ToList();
        var escapes = asked.Where(url => new Uri(url).Host != own)
            .Concat(received.Where(request => request.Scheme == "https").Select(request => $"https://{request.Host}{request.RawTarget}"));
        var refused = visit.Answers.Where(answer => answer.Status >= 400 && new Uri(answer.Url).Host == own).Select(answer => $"{answer.Status} {answer.Url}");
        return new([.. asked], [.. escapes.Distinct(StringComparer.Ordinal)], [.. refused], [.. visit.Complaints], received, onPage);
    }

    /// <summary>Until nothing has come to Google for a while and the page waits for nothing.</summary>
    private Task RestAsync(Visit? visit) => Eventually.RestsAsync(() => Google.Recorder.Count, () => visit is null || visit.Pending <= 0);

    private int CountHits() => Google.Recorder.Requests.Count(Passage.IsHit);

    /// <summary>Until so many hits have come to Google, or it has been waited for long enough. False when they were there.</summary>
    private async Task<bool> ReachAsync(int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var waited = false;
        while (CountHits() < count && !patience.IsCancellationRequested)
        {
            waited = true;
            await timer.WaitForNextTickAsync();
        }

        return waited;
    }
}
