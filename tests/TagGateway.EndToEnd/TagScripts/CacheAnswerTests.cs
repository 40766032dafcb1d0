using System.Text;
using System.Text.RegularExpressions;
using TagGateway.Demo.Google;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.TagScripts;

/// <summary>The headers of what is kept, and what never is.</summary>
public sealed partial class CacheAnswerTests
{
    private const string Worker = "/f807/_/service_worker/65j1/sw.js?path=%2Ff807";
    private const string Frame = "/f807/_/service_worker/65j1/sw_iframe.html?origin=https%3A%2F%2Fshop.example&1p=1&path=%2Ff807";

    [Fact]
    public async Task Script_FromTheCache_TellsItsAgeAndIsThisBrowsersOnly()
    {
        await using var google = new RawUpstream();
        google.AnswerWith(Script.Answer(
            "Content-Type: application/javascript; charset=UTF-8\r\nCache-Control: private, max-age=900\r\nExpires: Mon, 01 Jan 2035 00:00:00 GMT\r\nPragma: no-cache\r\n"
            + "Date: Mon, 05 Jan 2026 10:00:00 GMT\r\nLast-Modified: Mon, 05 Jan 2026 09:00:00 GMT\r\nVary: Accept-Encoding, User-Agent\r\nETag: W/\"g\"\r\nAge: 60\r\n"
            + "Cross-Origin-Resource-Policy: cross-origin\r\nAccess-Control-Allow-Origin: *\r\nServer: Google Tag Manager\r\nX-XSS-Protection: 0\r\nCache-Status: Google; hit\r\nX-A: 1\r\nX-A: 2\r\n"
            + "Accept-Ranges: bytes\r\nContent-MD5: x\r\nDigest: x\r\nRepr-Digest: x\r\nAlt-Svc: h3\r\nStrict-Transport-Security: max-age=1\r\nNEL: {}\r\nReport-To: {}\r\nClear-Site-Data: *\r\nConnection: X-Hop\r\nX-Hop: 1\r\n",
            Encoding.UTF8.GetBytes(Script.Of("G-MAIN1"))));
        await using var gateway = await KeepingGateway.StartAsync(google.Address);

        var miss = await gateway.GetAsync();
        gateway.Clock.Advance(TimeSpan.FromSeconds(100));
        var hit = await gateway.GetAsync();

        Assert.Equal("taggateway; fwd=uri-miss; stored", miss.Header("Cache-Status"));
        Assert.InRange(KeepingGateway.AgeOf(miss), 60, 61);
        Assert.InRange(KeepingGateway.AgeOf(hit), 160, 162);
        Assert.Matches("\\Ataggateway; hit; ttl=(740|739|738)\\z", hit.Header("Cache-Status"));
        foreach (var response in new[] { miss, hit })
        {
            Assert.Equal(
                [
                    "Access-Control-Allow-Origin: *", "Cache-Control: private, max-age=900", $"Content-Length: {response.Body.Length}",
                    "Content-Type: application/javascript; charset=UTF-8", "Cross-Origin-Resource-Policy: cross-origin", "Last-Modified: Mon, 05 Jan 2026 09:00:00 GMT",
                    "Server: Google Tag Manager", "Vary: Accept-Encoding", "X-A: 1", "X-A: 2", "X-Content-Type-Options: nosniff", "X-XSS-Protection: 0",
                ],
                response.Head.Split("\r\n").Skip(1).Where(line => line.Length > 0 && !OfThisAnswer().IsMatch(line)).Order(StringComparer.OrdinalIgnoreCase));
        }
    }

    /// <summary>RFC 9211 §2: <c>taggateway; hit</c> or <c>taggateway; fwd=REASON</c> with its parameters, never both.</summary>
    [Fact]
    public async Task CacheStatus_OfEveryKindOfAnswer_IsSpelledByTheRule()
    {
        await using var google = new IllGoogle("Cache-Control: max-age=900\r\nETag: \"g\"\r\n");
        await using var gateway = await KeepingGateway.StartAsync(google.Address);
        var seen = new List<string?>();

        async Task SeeAsync(TimeSpan later, string target = KeepingGateway.Main, string headers = "", string region = "US-CA", string method = "GET")
        {
            gateway.Clock.Advance(later);
            seen.Add((await gateway.GetAsync(target, headers, region, method)).Header("Cache-Status"));
        }

        await SeeAsync(TimeSpan.Zero);
        await SeeAsync(TimeSpan.FromSeconds(5));
        await SeeAsync(TimeSpan.Zero, headers: "If-None-Match: *\r\n");
        await SeeAsync(TimeSpan.Zero, method: "HEAD");
        await SeeAsync(TimeSpan.Zero, method: "POST");
        await SeeAsync(TimeSpan.Zero, region: "");
        await SeeAsync(TimeSpan.Zero, KeepingGateway.Main + "&gtm_debug=x");
        await SeeAsync(TimeSpan.FromHours(3));
        await google.FallIllAsync("503");
        await SeeAsync(TimeSpan.FromHours(3));
        await SeeAsync(TimeSpan.Zero, "/f807/?id=G-OTHER2");

        Assert.All(seen, status => Assert.Matches(Grammar(), status ?? "none"));
        Assert.Equal(
            [
                "taggateway; fwd=uri-miss; stored", "taggateway; hit; ttl=N", "taggateway; hit; ttl=N", "taggateway; hit; ttl=N", "taggateway; fwd=bypass; detail=method",
                "taggateway; fwd=bypass; detail=region_unknown", "taggateway; fwd=bypass; detail=personal", "taggateway; fwd=stale; fwd-status=200; stored",
                "taggateway; fwd=stale; detail=stale-if-error", "taggateway; fwd=uri-miss; detail=redirected",
            ],
            seen.Select(status => Number().Replace(status ?? "", "ttl=N")));
    }

    [Fact]
    public async Task ServiceWorkerFiles_AreKeptForTheirWholeLifetimeAsSent()
    {
        await using var google = await GoogleStandIn.StartAsync(new GoogleStandInOptions());
        await using var gateway = await KeepingGateway.StartAsync(google.HttpAddress.ToString());

        foreach (var (target, type) in new[] { (Worker, "application/javascript; charset=UTF-8"), (Frame, "text/html; charset=UTF-8") })
        {
            foreach (var (region, days) in new[] { ("US-CA", 0), ("DE-BE", 0), ("", 100) })
            {
                gateway.Clock.Advance(TimeSpan.FromDays(days));

                var response = await gateway.GetAsync(target, region: region);

                Assert.Equal((200, type, "public, max-age=31536000"), (response.Status, response.Header("Content-Type"), response.Header("Cache-Control")));
                Assert.Equal("/f807/_/service_worker", response.Header("Service-Worker-Allowed"));
                Assert.Null(response.Header("Content-Security-Policy"));
                Assert.InRange(KeepingGateway.AgeOf(response), days * 86400, 300 * 86400);
            }
        }

        Assert.Equal([Worker, Frame], google.Recorder.Requests.Select(request => request.RawTarget));
        Assert.All(google.Recorder.Requests, request => Assert.Null(request.Header("X-Forwarded-CountryRegion")));
    }

    /// <summary>A file of the site's own origin cannot be had from another: there is nowhere to send the browser.</summary>
    [Fact]
    public async Task ServiceWorkerFile_GoogleIsIll_KeptOneIsServedElseAnError()
    {
        await using var google = await GoogleStandIn.StartAsync(new GoogleStandInOptions());
        await using var gateway = await KeepingGateway.StartAsync(google.HttpAddress.ToString());
        await gateway.GetAsync(Worker);
        google.Faults.Add(new Fault { Status = 503 });

        gateway.Clock.Advance(TimeSpan.FromDays(400));
        var kept = await gateway.GetAsync(Worker);
        var none = await gateway.GetAsync(Worker.Replace("65j1", "66j1", StringComparison.Ordinal));

        Assert.Equal((200, "taggateway; fwd=stale; detail=stale-if-error"), (kept.Status, kept.Header("Cache-Status")));
        Assert.Equal((502, "no-store"), (none.Status, none.Header("Cache-Control")));
    }

    [Theory]
    [InlineData("GET", "/f807/healthy")]
    [InlineData("GET", "/f807/?validate_geo=healthy")]
    [InlineData("GET", "/f807/a?id=G-MAIN1")]
    [InlineData("GET", "/f807/td?id=G-MAIN1")]
    [InlineData("GET", "/f807/ag/g/c?v=2")]
    [InlineData("GET", "/f807/g/collect?v=2")]
    [InlineData("GET", "/f807/_/set_cookie?p=%2F")]
    [InlineData("GET", "/f807/_/service_worker/65j1/other.js")]
    [InlineData("GET", "/f807/_/service_worker/../sw.js")]
    [InlineData("GET", "/f807/_/service_worker/65j1/sub/sw.js")]
    [InlineData("GET", "/f807/unknown")]
    [InlineData("POST", "/f807/")]
    [InlineData("POST", "/f807/?id=G-MAIN1")]
    [InlineData("POST", "/f807/_/service_worker/65j1/sw.js")]
    [InlineData("PUT", "/f807/gtag/js?id=G-MAIN1")]
    [InlineData("OPTIONS", "/f807/?id=G-MAIN1")]
    public async Task Request_ThatIsNoScripts_IsAnsweredByGoogleEachTime(string method, string target)
    {
        await using var google = new RawUpstream();
        google.AnswerWith("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nCache-Control: public, max-age=9999\r\nContent-Length: 2\r\n\r\nok");
        await using var gateway = await KeepingGateway.StartAsync(google.Address);
        await gateway.GetAsync("/f807/?id=G-FOREIGN3"); // so that tokens need no reading
        google.TakeAll();
        var before = gateway.Memory.Count;

        for (var i = 0; i < 3; i++)
        {
            var response = await gateway.GetAsync(target, "Content-Length: 0\r\n", method: method);
            Assert.True(response.Status is 200 or 404, response.Head);
        }

        var asked = google.TakeAll();
        Assert.True(asked.Count is 3 || target.Contains("..", StringComparison.Ordinal), $"{asked.Count} requests");
        Assert.Equal(before, gateway.Memory.Count);
    }

    [Theory]
    [InlineData("Cache-Control: no-store\r\n")]
    [InlineData("Cache-Control: private, max-age=900, no-store\r\n")]
    [InlineData("Cache-Control: NO-STORE\r\n")]
    [InlineData("Cache-Control: max-age=900\r\nCache-Control: no-store\r\n")]
    [InlineData("Set-Cookie: a=b\r\n")]
    [InlineData("Set-Cookie: a=b; Domain=.fps.goog\r\n")]
    [InlineData("Vary: *\r\n")]
    [InlineData("Vary: Accept-Encoding, *\r\n")]
    [InlineData("Cache-Control: max-age=0, must-revalidate\r\n")]
    public async Task Script_ThatGoogleForbidsToKeep_IsAskedForByEveryVisitor(string headers)
    {
        await using var google = new RawUpstream();
        var number = 0;
        google.Answer = (_, stream) => stream.WriteAsync(KeepingGateway.Answer(Script.Of("G-MAIN1") + $"/*{Interlocked.Increment(ref number)}*/", headers)).AsTask();
        await using var gateway = await KeepingGateway.StartAsync(google.Address);

        var texts = new HashSet<string>();
        for (var i = 0; i < 4; i++)
        {
            var response = await gateway.GetAsync();
            Assert.Equal(200, response.Status);
            Assert.True(texts.Add(response.Text), "It was given to two visitors.");
        }
    }

    [Theory]
    [InlineData("204 No Content")]
    [InlineData("206 Partial Content")]
    [InlineData("301 Moved Permanently")]
    [InlineData("400 Bad Request")]
    [InlineData("403 Forbidden")]
    [InlineData("404 Not Found")]
    [InlineData("410 Gone")]
    public async Task Script_ThatGoogleDoesNotGive_IsNeverKept(string status)
    {
        await using var google = new IllGoogle();
        google.Upstream.AnswerWith($"HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nCache-Control: max-age=9999\r\nContent-Length: 0\r\n\r\n");
        await using var gateway = await KeepingGateway.StartAsync(google.Address);
        var refused = await gateway.GetAsync();
        google.Recover("");
        gateway.Clock.Advance(TimeSpan.FromMinutes(3));

        var response = await gateway.GetAsync();

        Assert.Equal(status[..3], $"{refused.Status}");
        Assert.Equal((200, Script.Of("G-MAIN1")), (response.Status, response.Text));
        Assert.Equal("taggateway; fwd=uri-miss; stored", response.Header("Cache-Status"));
    }

    [Fact]
    public async Task Script_CacheSwitchedOff_PassesWithTheVisitorsOwnHeaders()
    {
        await using var google = new IllGoogle();
        await using var gateway = await KeepingGateway.StartAsync(google.Address, "\"scripts\": { \"cache\": false }");

        for (var i = 0; i < 2; i++)
        {
            var response = await gateway.GetAsync(headers: "User-Agent: Mine\r\n");
            Assert.Equal("taggateway; fwd=bypass; detail=off", response.Header("Cache-Status"));
        }

        Assert.Equal(["Mine", "Mine"], google.Upstream.TakeAll().Select(request => request.Header("User-Agent")));
        Assert.Equal(0, gateway.Memory.Count);
    }

    [GeneratedRegex("^(Age|Cache-Status|Date|ETag): ")]
    private static partial Regex OfThisAnswer();

    [GeneratedRegex("\\Ataggateway; (hit(; ttl=-?[0-9]+)?|fwd=(bypass|miss|uri-miss|vary-miss|stale|request|method|partial)(; fwd-status=[1-5][0-9]{2})?(; stored)?(; collapsed)?)(; detail=[a-z_-]+)?\\z")]
    private static partial Regex Grammar();

    [GeneratedRegex("ttl=[0-9]+")]
    private static partial Regex Number();
}
