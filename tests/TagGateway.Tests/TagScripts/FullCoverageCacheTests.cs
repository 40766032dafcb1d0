using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TagGateway.Operations;
using TagGateway.Receiving;
using TagGateway.Rewriting;
using TagGateway.Routes;
using TagGateway.Sites;
using TagGateway.Tests.Responding;
using TagGateway.Tests.Sites;
using TagGateway.TagScripts;

namespace TagGateway.Tests.TagScripts;

/// <summary>Scripts of full coverage out of the cache: one fetch, one kept template, and each visitor's own script.</summary>
public sealed class FullCoverageCacheTests : IDisposable
{
    /// <summary>Fetched from the United States: no Google domain, no collection region.</summary>
    private static readonly string Geo = Convert.ToBase64String("""{"0":"US","1":"US-CA","2":false,"3":"","4":"","5":true,"6":false,"7":"ad_storage"}"""u8);

    private static readonly string Script = $$$"""
        (function(){window.google_tag_manager={};
        var data={"resource":{"macros":[{"function":"__c","vtp_value":""}],"tags":[{"function":"__x","vtp_foreignTldMacroResult":["macro",0]}]},
        "blob":{"3":"www.googletagmanager.com","5":"G-MAIN1","14":"6x11","19":"dataLayer","22":"{{{Geo}}}","30":"US","31":"US-CA","32":true}};
        fetch("https://www.google-analytics.com/g/collect?v=2");load("https://"+data.blob["3"]+"/gtag/js");})();
        """;

    private readonly SomeScripts _scripts = new();

    public void Dispose() => _scripts.Dispose();

    [Fact]
    public async Task Answer_TwelveRegions_GetTwelveScriptsFromOneFetch()
    {
        _scripts.Google.Always(() => FakeGoogle.Script(Script));
        string[] regions = ["US", "US-CA", "DE", "DE-BY", "FR", "GB", "CH", "BR-SP", "CN-31", "IN-KA", "JP-13", "ES-CT"];

        var places = new List<string>();
        foreach (var region in regions)
        {
            places.Add(PlaceIn(await BodyAsync(Google(), region: region)));
        }

        Assert.Equal(
            [
                "US//US//////true/False", "US/US-CA/US/US-CA/////true/False", "DE//DE//google.de/google.de/region1//false/True",
                "DE/DE-BY/DE/DE-BY/google.de/google.de/region1//false/True", "FR//FR//google.fr/google.fr/region1//false/True",
                "GB//GB//google.co.uk/google.co.uk/region1//false/False", "CH//CH//google.ch/google.ch/region1//false/False",
                "BR/BR-SP/BR/BR-SP/google.com.br/google.com.br///false/False", "CN/CN-31/CN/CN-31/google.cn/google.cn//restricted/true/False",
                "IN/IN-KA/IN/IN-KA/google.co.in/google.co.in///true/False", "JP/JP-13/JP/JP-13/google.co.jp/google.co.jp///true/False",
                "ES/ES-CT/ES/ES-CT/google.es/google.es/region1//false/True",
            ],
            places);
        Assert.Single(_scripts.Google.Asked);
        Assert.False(_scripts.Google.Asked.Single().Headers.Contains("X-Forwarded-CountryRegion"));
    }

    [Fact]
    public async Task Answer_RegionThatNobodyKnows_IsTakenStrictly()
    {
        _scripts.Google.Always(() => FakeGoogle.Script(Script));

        var body = await BodyAsync(Google(), region: null);

        Assert.Equal("////////false/True", PlaceIn(body));
    }

    [Theory]
    [InlineData("http", "localhost:8080", "http://localhost:8080/f807/-/www.google-analytics.com/g/collect?v=2", "http://")]
    [InlineData("https", "www.shop.example", "https://www.shop.example/f807/-/www.google-analytics.com/g/collect?v=2", "https://")]
    [InlineData("https", "[2001:db8::1]:444", "https://[2001:db8::1]:444/f807/-/www.google-analytics.com/g/collect?v=2", "https://")]
    public async Task Answer_EachHost_GetsItsOwn(string scheme, string host, string address, string head)
    {
        _scripts.Google.Always(() => FakeGoogle.Script(Script));
        await BodyAsync(Google(), prepare: request => request.Host = new HostString("other.example"));

        var body = await BodyAsync(Google(), prepare: request => (request.Scheme, request.Host) = (scheme, new HostString(host)));

        Assert.Contains($"fetch(\"{address}\")", body, StringComparison.Ordinal);
        Assert.Contains($"\"3\":\"{host}/f807/-/www.googletagmanager.com\"", body, StringComparison.Ordinal);
        Assert.Contains($"load(\"{head}\"+data", body, StringComparison.Ordinal);
        Assert.Single(_scripts.Google.Asked);
    }

    [Fact]
    public async Task Answer_TrustedProxysWord_IsBelievedAndAStrangersIsNot()
    {
        _scripts.Google.Always(() => FakeGoogle.Script(Script));
        void Claim(HttpRequest request)
        {
            request.Headers["X-Forwarded-Proto"] = "https, http";
            request.Headers["X-Forwarded-Host"] = "www.shop.example, inner";
        }

        var trusted = await BodyAsync(Google(), isTrusted: true, prepare: Claim);
        var stranger = await BodyAsync(Google(), prepare: Claim);

        Assert.Contains("https://www.shop.example/f807/-/", trusted, StringComparison.Ordinal);
        Assert.Contains("http://shop.example/f807/-/", stranger, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x'-alert(1)-'")]
    [InlineData("a\"b")]
    [InlineData("a(b)")]
    public async Task Answer_HostThatIsNone_IsSentToGoogle(string host)
    {
        _scripts.Google.Always(() => FakeGoogle.Script(Script));

        var context = await AskAsync(Google(), prepare: request => request.Headers.Host = host);

        Assert.Equal(302, context.Response.StatusCode);
        Assert.Equal("https://www.googletagmanager.com/gtag/js?id=G-MAIN1", context.Response.Headers.Location);
    }

    [Fact]
    public async Task Answer_EveryForm_HasAValidatorOfItsOwn()
    {
        _scripts.Google.Always(() => FakeGoogle.Script(Script));
        var tags = new HashSet<string>();
        foreach (var (region, host, coding) in new (string, string, string)[] { ("DE", "a.example", ""), ("DE", "a.example", "br"), ("DE", "b.example", ""), ("FR", "a.example", "") })
        {
            var context = await AskAsync(Google(), region, prepare: request => (request.Host, request.Headers.AcceptEncoding) = (new HostString(host), coding));
            tags.Add(context.Response.Headers.ETag.ToString());
        }

        var known = await AskAsync(Google(), "DE", prepare: request => (request.Host, request.Headers.IfNoneMatch) = (new HostString("a.example"), string.Join(", ", tags.Take(1))));
        var moved = await AskAsync(Google(), "FR", prepare: request => (request.Host, request.Headers.IfNoneMatch) = (new HostString("a.example"), string.Join(", ", tags.Take(1))));

        Assert.Equal(4, tags.Count);
        Assert.Equal((304, 200), (known.Response.StatusCode, moved.Response.StatusCode));
    }

    [Fact]
    public async Task Answer_DateThatAnotherFormHas_IsNoReasonFor304()
    {
        const string Date = "Thu, 01 Jan 2026 00:00:00 GMT";
        _scripts.Google.Always(() => FakeGoogle.Script(Script, headers: ("Last-Modified", Date)));

        var context = await AskAsync(Google(), prepare: request => request.Headers.IfModifiedSince = Date);

        Assert.Equal(200, context.Response.StatusCode);
    }

    [Fact]
    public async Task Answer_TwoAddressesOfOneScript_ShareOneFetch()
    {
        _scripts.Google.Always(() => FakeGoogle.Script(Script));
        var site = Google();

        await AskAsync(site);
        await AskAsync(site, path: "/f807/-/www.googletagmanager.com/gtag/js");

        Assert.Single(_scripts.Google.Asked);
    }

    [Fact]
    public async Task Answer_FullCoverageOfTheTagGateway_MovesHostsAndLeavesTheRegionToGoogle()
    {
        _scripts.Google.Always(() => FakeGoogle.Script(Script));
        var site = SomeSite.Create(scripts: SomeScripts.Policy, isFull: true);

        var body = await BodyAsync(site, region: "DE-BY", route: null);

        Assert.Contains("http://shop.example/f807/-/www.google-analytics.com/g/collect", body, StringComparison.Ordinal);
        Assert.Equal("US/US-CA/US/US-CA/////true/False", PlaceIn(body));
        Assert.Equal("DE-BY", _scripts.Google.Asked.Single().Headers.GetValues("X-Forwarded-CountryRegion").Single());
    }

    [Fact]
    public async Task Answer_OfficialCoverage_IsGooglesOwnBytes()
    {
        _scripts.Google.Always(() => FakeGoogle.Script(Script));

        var body = await BodyAsync(SomeSite.Create(scripts: SomeScripts.Policy), route: null);

        Assert.Equal(Script, body);
    }

    [Theory]
    [InlineData("fetch(`https://www.google-analytics.com/g/collect`)", nameof(RewriteDoubt.HostLeft))]
    [InlineData("fetch('x'", nameof(RewriteDoubt.NotJavaScript))]
    public async Task Answer_FormThatNobodyKnows_GetsTheSmallChangeAndIsTold(string code, string doubt)
    {
        using var counted = _scripts.Metrics.Collect("taggateway.rewriting.scripts");
        _scripts.Google.Always(() => FakeGoogle.Script(Script.Replace("load(", code + ";load(", StringComparison.Ordinal)));

        var body = await BodyAsync(Google(), region: "DE-BY");

        Assert.Contains("(function(){var d=window['dataLayer']", body, StringComparison.Ordinal);
        Assert.Contains("transport_url:'http://shop.example/f807'", body, StringComparison.Ordinal);
        Assert.Contains("\"3\":\"shop.example/f807/-/www.googletagmanager.com\"", body, StringComparison.Ordinal);
        Assert.Equal((RewriteOutcome.Reduced, Enum.Parse<RewriteDoubt>(doubt)), (_scripts.Rewrites.Records.Single().Outcome, _scripts.Rewrites.Records.Single().Doubt));
        var labels = Assert.Single(counted.GetMeasurementSnapshot()).Tags;
        Assert.Equal(("shop", "reduced", LabelNames<RewriteDoubt>.Of(Enum.Parse<RewriteDoubt>(doubt))), (labels["site"], labels["outcome"], labels["reason"]));
    }

    [Fact]
    public async Task Answer_NoScriptOfATag_IsServedAsItCame()
    {
        _scripts.Google.Always(() => FakeGoogle.Script("<!DOCTYPE html><p>sorry</p>"));

        var body = await BodyAsync(Google());

        Assert.Equal("<!DOCTYPE html><p>sorry</p>", body);
        Assert.Equal(RewriteOutcome.Untouched, _scripts.Rewrites.Records.Single().Outcome);
    }

    [Fact]
    public async Task Rewrites_OfAWholeScript_NameTagAndRelease()
    {
        _scripts.Google.Always(() => FakeGoogle.Script(Script));

        await AskAsync(Google());

        Assert.Equal(
            [new RewriteRecord("shop", "G-MAIN1", "6x11", RewriteOutcome.Whole, RewriteDoubt.None, _scripts.Time.GetUtcNow())],
            _scripts.Rewrites.Records);
    }

    [Fact]
    public async Task Answer_ManyHostsAtOnce_EachGetsItsOwn()
    {
        _scripts.Google.Always(() => FakeGoogle.Script(Script));
        var site = Google();

        var bodies = await Task.WhenAll(Enumerable.Range(0, 40).Select(i =>
            BodyAsync(site, prepare: request => request.Host = new HostString(string.Create(CultureInfo.InvariantCulture, $"h{i % 8}.example")))));

        Assert.All(bodies.Select((body, i) => (body, i)), one => Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"http://h{one.i % 8}.example/f807/-/"), one.body, StringComparison.Ordinal));
        Assert.Single(_scripts.Google.Asked);
    }

    private static Site Google() => SomeSite.Create(scripts: SomeScripts.Policy, upstream: UpstreamKind.Google);

    private async Task<string> BodyAsync(Site site, string? region = "US-CA", bool isTrusted = false, Action<HttpRequest>? prepare = null, string? route = "/gtag/js")
    {
        var context = await AskAsync(site, region, isTrusted, prepare, route);
        Assert.Equal((int)HttpStatusCode.OK, context.Response.StatusCode);
        return SomeContext.BodyOf(context);
    }

    private async Task<HttpContext> AskAsync(
        Site site, string? region = "US-CA", bool isTrusted = false, Action<HttpRequest>? prepare = null, string? route = "/gtag/js", string path = "/f807/")
    {
        _ = Region.TryParse(region, out var place);
        var target = new MeasurementTarget(site, path, "?id=G-MAIN1") { Route = route is null ? null : new GoogleRoute("www.googletagmanager.com", route, RouteKind.Script) };
        var load = ScriptLoad.Of(target, new ScriptRequest(ScriptEndpoint.Tag, ["G-MAIN1"], "", IsOrdinary: true), site.MainTag, place);
        var (bypass, context) = await _scripts.AskAsync(load, request =>
        {
            request.HttpContext.Features.Set(new Visitor(IPAddress.Parse("203.0.113.9"), place, isTrusted));
            prepare?.Invoke(request);
        });
        Assert.Equal(ScriptBypass.None, bypass);
        return context;
    }

    /// <summary>All that a script says of a place, in one line: keys 0, 1, 30, 31, 3, the macro, 4, 2, 32 and 6.</summary>
    private static string PlaceIn(string script)
    {
        var data = JsonDocument.Parse(script[(script.IndexOf("data=", StringComparison.Ordinal) + 5)..script.IndexOf("}};\n", StringComparison.Ordinal)] + "}}").RootElement;
        var blob = data.GetProperty("blob");
        var base64 = blob.GetProperty("22").GetString()!;
        var geo = JsonDocument.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '=')))).RootElement;
        Assert.Equal("ad_storage", geo.GetProperty("7").GetString());
        Assert.Equal(blob.GetProperty("32").GetBoolean(), geo.GetProperty("5").GetBoolean());
        return string.Join('/',
            geo.GetProperty("0"), geo.GetProperty("1"), blob.GetProperty("30"), blob.GetProperty("31"), geo.GetProperty("3"),
            data.GetProperty("resource").GetProperty("macros")[0].GetProperty("vtp_value"), geo.GetProperty("4"),
            geo.GetProperty("2").GetBoolean() ? "restricted" : "", blob.GetProperty("32").GetRawText(), geo.GetProperty("6").GetBoolean());
    }
}
