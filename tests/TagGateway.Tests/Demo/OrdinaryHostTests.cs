using System.Net;
using TagGateway.Demo.Google;

namespace TagGateway.Tests.Demo;

/// <summary>Google's ordinary hosts: which addresses they have and how they answer.</summary>
public sealed class OrdinaryHostTests(StandInFixture standIn) : IClassFixture<StandInFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("www.googletagmanager.com", "/gtag/js?id=G-A1", "Script", 200, "application/javascript")]
    [InlineData("www.googletagmanager.com", "/gtm.js?id=GTM-A1", "Script", 200, "application/javascript")]
    [InlineData("www.googletagmanager.com", "/gtag/destination?id=AW-1&cx=c&gtm=4e6b91", "Script", 200, "application/javascript")]
    [InlineData("www.googletagmanager.com", "/gtag/js?id=../x", "Script", 400, "text/plain")]
    [InlineData("www.googletagmanager.com", "/debug/bootstrap?id=G-A1", "Script", 200, "text/javascript")]
    [InlineData("www.googletagmanager.com", "/ns.html?id=GTM-A1", "Frame", 200, "text/html")]
    [InlineData("www.googletagmanager.com", "/a?id=G-A1", "Telemetry", 200, "image/gif")]
    [InlineData("www.googletagmanager.com", "/td?id=G-A1", "Telemetry", 200, "image/gif")]
    [InlineData("www.googletagmanager.com", "/static/service_worker/6b91/sw.js?origin=x", "ServiceWorker", 200, "application/javascript")]
    [InlineData("www.googletagmanager.com", "/static/service_worker/6b91/sw_iframe.html?origin=x", "ServiceWorker", 200, "text/html")]
    [InlineData("www.google-analytics.com", "/g/collect?v=2", "Hit", 204, "text/plain")]
    [InlineData("region1.google-analytics.com", "/g/s/collect?gsid=1", "Hit", 204, "text/plain")]
    [InlineData("region12.google-analytics.com", "/measurement/conversion/?x", "Hit", 204, "text/plain")]
    [InlineData("www.google-analytics.com", "/analytics.js", "Script", 200, "application/javascript")]
    [InlineData("www.google-analytics.com", "/collect?v=1", "Hit", 200, "image/gif")]
    [InlineData("www.google-analytics.com", "/r/collect?v=1", "Hit", 200, "image/gif")]
    [InlineData("www.google-analytics.com", "/j/collect?v=1", "Hit", 200, "text/plain")]
    [InlineData("analytics.google.com", "/g/collect", "Hit", 204, "text/plain")]
    [InlineData("region1.analytics.google.com", "/g/s/collect", "Hit", 204, "text/plain")]
    [InlineData("stats.g.doubleclick.net", "/g/collect", "Hit", 204, "text/plain")]
    [InlineData("stats.g.doubleclick.net", "/j/collect", "Hit", 200, "text/plain")]
    [InlineData("www.google.de", "/ads/ga-audiences?v=1", "Hit", 200, "image/gif")]
    [InlineData("www.google.co.uk", "/pagead/1p-user-list/1/?x", "Hit", 200, "image/gif")]
    [InlineData("www.google.com.br", "/pagead/1p-conversion/1/?x", "Hit", 200, "image/gif")]
    [InlineData("www.googleadservices.com", "/pagead/conversion/1/?x", "Hit", 200, "image/gif")]
    [InlineData("www.googleadservices.com", "/ccm/conversion/1/?x", "Hit", 204, "text/plain")]
    [InlineData("www.googleadservices.com", "/pagead/set_partitioned_cookie?gclid=1", "Hit", 204, "text/plain")]
    [InlineData("pagead2.googlesyndication.com", "/ccm/collect", "Hit", 204, "text/plain")]
    [InlineData("pagead2.googlesyndication.com", "/pagead/conversion/1/", "Hit", 200, "image/gif")]
    [InlineData("pagead2.googlesyndication.com", "/pagead/gen_204?id=tcfe", "Telemetry", 204, "text/plain")]
    [InlineData("googleads.g.doubleclick.net", "/pagead/viewthroughconversion/1/?x", "Hit", 200, "text/javascript")]
    [InlineData("www.google.com", "/pagead/1p-conversion/1/?x", "Hit", 200, "image/gif")]
    [InlineData("www.google.com", "/pagead/uconversion?x", "Hit", 200, "image/gif")]
    [InlineData("www.google.com", "/rmkt/collect/1/?x", "Hit", 204, "text/plain")]
    [InlineData("www.google.com", "/travel/flights/click/conversion", "Hit", 200, "image/gif")]
    [InlineData("www.google.com", "/ccm/geo", "Geo", 200, "application/json")]
    [InlineData("www.google.com", "/g/collect", "Hit", 204, "text/plain")]
    [InlineData("google.com", "/ccm/form-data/1?x", "Hit", 204, "text/plain")]
    [InlineData("ad.doubleclick.net", "/activity;src=1;ord=2?", "Hit", 200, "image/gif")]
    [InlineData("ad.doubleclick.net", "/ccm/s/collect", "Hit", 204, "text/plain")]
    [InlineData("ade.googlesyndication.com", "/ddm/activity/src=1;ord=2?", "Hit", 200, "image/gif")]
    [InlineData("1234567.fls.doubleclick.net", "/activityi;src=1234567;ord=2?", "Frame", 200, "text/html")]
    [InlineData("td.doubleclick.net", "/td/rul/1?x", "Frame", 200, "text/html")]
    [InlineData("www.merchant-center-analytics.goog", "/mc/collect", "Hit", 204, "text/plain")]
    [InlineData("adservice.google.com", "/pagead/regclk?gclid=1", "Hit", 200, "image/gif")]
    [InlineData("WWW.Google.COM:443", "/ccm/collect", "Hit", 204, "text/plain")]
    public async Task Get_AddressOfATag_AnswersLikeGoogle(string host, string target, string kind, int status, string type)
    {
        using var answer = await standIn.SendAsync(HttpMethod.Get, host, target, null);

        var recorded = standIn.Google.Recorder.Requests[^1];
        Assert.Equal((status, type), ((int)answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Equal((kind, host, target), (recorded.Kind.ToString(), recorded.Host, recorded.RawTarget));
    }

    [Theory]
    [InlineData("www.google.com", "/")]
    [InlineData("www.google.com", "/search?q=x")]
    [InlineData("www.google.com", "/ccm/collect/more")]
    [InlineData("www.google.com", "/x/ccm/collect")]
    [InlineData("www.google.de", "/ccm/collect")]
    [InlineData("www.googletagmanager.com", "/g/collect")]
    [InlineData("www.googletagmanager.com", "/static/service_worker/6b91/other.js")]
    [InlineData("analytics.google.com", "/analytics/web/")]
    [InlineData("googleads.g.doubleclick.net", "/pagead/id")]
    [InlineData("ad.doubleclick.net", "/activity")]
    public async Task Get_AnythingElseOfTheseHosts_Is404AndUnknown(string host, string target)
    {
        using var answer = await standIn.SendAsync(HttpMethod.Get, host, target, null);

        Assert.Equal((HttpStatusCode.NotFound, RequestKind.Unknown), (answer.StatusCode, standIn.Google.Recorder.Requests[^1].Kind));
    }

    [Theory]
    [InlineData("www.google.com.evil.example")]
    [InlineData("evil.www.google-analytics.com")]
    [InlineData("regionx.google-analytics.com")]
    [InlineData("x.fls.doubleclick.net")]
    [InlineData("doubleclick.net")]
    [InlineData("maps.google.com")]
    public async Task Get_OtherHost_IsRefused(string host)
    {
        using var answer = await standIn.SendAsync(HttpMethod.Get, host, "/g/collect", null);

        Assert.Equal((HttpStatusCode.NotFound, RequestKind.Refused), (answer.StatusCode, standIn.Google.Recorder.Requests[^1].Kind));
    }

    [Theory]
    [InlineData("www.google-analytics.com", "/g/collect", null)]
    [InlineData("stats.g.doubleclick.net", "/g/collect", "Domain=.doubleclick.net")]
    [InlineData("1.fls.doubleclick.net", "/activityi;x", "Domain=.doubleclick.net")]
    [InlineData("www.googleadservices.com", "/pagead/set_partitioned_cookie", "Partitioned")]
    public async Task Get_Host_SetsGooglesOwnCookiesOrNone(string host, string target, string? part)
    {
        using var answer = await standIn.SendAsync(HttpMethod.Get, host, target, null);

        var lines = answer.Headers.TryGetValues("Set-Cookie", out var values) ? values : [];
        Assert.Equal(part is not null, lines.Any());
        Assert.All(lines, line => Assert.Contains(part!, line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Post_WithOrigin_MayBeReadByThatOriginWithItsCookies()
    {
        using var answer = await standIn.SendAsync(HttpMethod.Post, "www.google.com", "/ccm/collect", new StringContent("x"), ("Origin", "https://www.shop.example"));

        Assert.Equal("https://www.shop.example", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal("true", answer.Headers.GetValues("Access-Control-Allow-Credentials").Single());
        Assert.Equal("no-cache, no-store, must-revalidate", answer.Headers.NonValidated["Cache-Control"].ToString());
    }

    [Fact]
    public async Task Options_Preflight_AllowsTheWorkersHeaders()
    {
        using var answer = await standIn.SendAsync(
            HttpMethod.Options, "www.google.com", "/ccm/form-data/1", null, ("Origin", "https://www.shop.example"), ("Access-Control-Request-Headers", "x-effective-origin"));

        Assert.Equal("x-effective-origin", answer.Headers.GetValues("Access-Control-Allow-Headers").Single());
    }

    [Theory]
    [InlineData("www.google.com", "/ads/ga-audiences?v=1&a=%2520", "https://www.google.fr/ads/ga-audiences?v=1&a=%2520")]
    [InlineData("www.google.com", "/pagead/1p-conversion/1/?x=%253d", "https://www.google.fr/pagead/1p-conversion/1/?x=%253d")]
    [InlineData("www.google.de", "/ads/ga-audiences?v=1", "https://www.google.fr/ads/ga-audiences?v=1")]
    [InlineData("www.google.fr", "/ads/ga-audiences?v=1", null)]
    [InlineData("www.google.com", "/pagead/1p-user-list/1/", null)]
    public async Task Get_ScenarioRedirects_SendsPixelsToGoogleOfTheCountry(string host, string target, string? location)
    {
        standIn.Google.Scenario = new() { RedirectDomain = "google.fr" };

        using var answer = await standIn.SendAsync(HttpMethod.Get, host, target, null);

        standIn.Google.Scenario = new();
        Assert.Equal(location is null ? HttpStatusCode.OK : HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal(location, answer.Headers.NonValidated.TryGetValues("Location", out var values) ? values.Single() : null);
    }

    [Fact]
    public async Task Get_RemarketingScript_NamesGoogleOfTheAskersCountry()
    {
        standIn.Google.Scenario = new() { AskerRegion = "BR-SP" };

        using var answer = await standIn.SendAsync(HttpMethod.Get, "googleads.g.doubleclick.net", "/pagead/viewthroughconversion/77/?x", null, ("X-Forwarded-CountryRegion", "DE-BE"));

        standIn.Google.Scenario = new();
        var script = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains(@"'https://www.google.com/pagead/1p-user-list/77/?random\x3d1\x26cv", script, StringComparison.Ordinal);
        Assert.Contains(@"'https://www.google.com.br/pagead/1p-user-list/77/?random\x3d1\x26cv", script, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("www.google-analytics.com", "/g/collect?v=2&richsstsse", true, "text/event-stream")]
    [InlineData("www.google-analytics.com", "/g/collect?richsstsse&v=2", true, "text/plain")]
    [InlineData("www.google-analytics.com", "/g/collect?v=2&richsstsse", false, "text/plain")]
    [InlineData("G-TEST1.fps.goog", "/m/g/collect?v=2&richsstsse", true, "text/event-stream")]
    [InlineData("www.googleadservices.com", "/pagead/conversion/1/?x", true, "text/event-stream")]
    [InlineData("www.googleadservices.com", "/pagead/conversion/1/?x", false, "image/gif")]
    public async Task Get_RichScenario_AnswersWithInstructions(string host, string target, bool rich, string type)
    {
        standIn.Google.Scenario = new() { RichAnswers = rich };

        using var answer = await standIn.SendAsync(HttpMethod.Get, host, target, null);

        standIn.Google.Scenario = new();
        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
        var blocks = type == "text/event-stream" ? (await answer.Content.ReadAsStringAsync(Cancellation)).Split("\n\n", StringSplitOptions.RemoveEmptyEntries) : [];
        Assert.All(blocks, block => Assert.Matches("\\Aevent: message\ndata: \\{.*\"(send_pixel|fetch)\":\\[\"[^\"]+\".*\\}\\z", block));
    }

    [Fact]
    public async Task Https_EveryHost_HasACertificateForItsName()
    {
        await using var google = await GoogleStandIn.StartAsync(new() { HttpsUrl = "https://127.0.0.1:0" }, Cancellation);
        using var handler = TrustingHandler.Create(google);
        using var client = new HttpClient(handler);
        string[] hosts =
        [
            "www.googletagmanager.com", "www.google-analytics.com", "region1.google-analytics.com", "analytics.google.com", "region1.analytics.google.com", "www.google.com", "google.com",
            "www.google.de", "www.google.co.uk", "www.googleadservices.com", "pagead2.googlesyndication.com", "ade.googlesyndication.com", "stats.g.doubleclick.net", "googleads.g.doubleclick.net",
            "ad.doubleclick.net", "td.doubleclick.net", "1234567.fls.doubleclick.net", "www.merchant-center-analytics.goog", "adservice.google.com", "g-test1.fps.goog",
        ];

        foreach (var host in hosts)
        {
            using var answer = await client.GetAsync($"https://{host}/", Cancellation);
        }

        Assert.Equal(hosts, google.Recorder.Requests.Select(request => request.Host));
        Assert.All(hosts.SkipLast(1), host => Assert.True(GoogleHosts.TryFind(host, out _), host));
    }
}
