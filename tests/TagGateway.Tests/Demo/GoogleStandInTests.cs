using System.Net;
using TagGateway.Demo.Google;

namespace TagGateway.Tests.Demo;

public sealed class GoogleStandInTests(StandInFixture standIn) : IClassFixture<StandInFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("G-TEST1.fps.goog", "/metrics/healthy", 200, "ok")]
    [InlineData("g-1234.FPS.goog", "/mpath/healthy", 200, "ok")]
    [InlineData("G-TEST1.fps.goog", "/a/b/healthy/", 200, "ok")]
    [InlineData("www.google.com", "/metrics/healthy", 404, "not found")]
    [InlineData("a.b.fps.goog", "/metrics/healthy", 404, "not found")]
    [InlineData("G-TEST1.fps.goog", "/", 400, "Measurement path is empty.")]
    [InlineData("G-TEST1.fps.goog", "/gtag/js?id=G-TEST1", 400, "Measurement path is empty.")]
    [InlineData("G-TEST1.fps.goog", "/g/collect?v=2", 400, "Measurement path is empty.")]
    [InlineData("G-TEST1.fps.goog", "/d/ccm/form-data/1", 400, "Measurement path is empty.")]
    [InlineData("G-TEST1.fps.goog", "/metrics", 404, "not found")]
    [InlineData("G-TEST1.fps.goog", "/metrics/sitedelivery/js", 404, "not found")]
    [InlineData("G-TEST1.fps.goog", "/metrics/?validate_geo=healthy", 500, "geo missing")]
    public async Task Get_HostAndPath_AnswersByContract(string host, string target, int status, string body)
    {
        using var answer = await standIn.SendAsync(HttpMethod.Get, host, target, null);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(body, await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Null(answer.Headers.CacheControl);
    }

    [Theory]
    [InlineData("X-Forwarded-CountryRegion", "US-CA", 200)]
    [InlineData("X-Forwarded-CountryRegion", "DE", 200)]
    [InlineData("X-Forwarded-Country", "US", 200)]
    [InlineData("X-Forwarded-CountryRegion", "us-ca", 500)]
    [InlineData("X-Forwarded-CountryRegion", "USA", 500)]
    [InlineData("X-Forwarded-CountryRegion", "US-CA, DE", 500)]
    [InlineData("X-Forwarded-Region", "CA", 500)]
    public async Task Get_ValidateGeo_AnswersByTheGeoHeaders(string name, string value, int status)
    {
        using var answer = await standIn.GetAsync("/metrics/?validate_geo=healthy", (name, value));

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Get_TagIdInHostAndHeader_Answers400()
    {
        using var answer = await standIn.GetAsync("/metrics/", ("X-Gtg-Tag-Id", "G-TEST1"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("Tag ID is in both Header and Host subdomain.", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task Get_TagIdInHeaderAlone_ServesTheTag()
    {
        using var answer = await standIn.SendAsync(HttpMethod.Get, "fps.goog", "/metrics/", null, ("X-Gtg-Tag-Id", "g-test9"));

        Assert.Contains("\"5\":\"G-TEST9\"", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/metrics/ga/g/c?v=2")]
    [InlineData("POST", "/metrics/ag/g/c?v=2")]
    [InlineData("POST", "/metrics/")]
    [InlineData("GET", "/metrics/as/d/ccm/conversion/1/?x")]
    [InlineData("POST", "/metrics/d/ccm/form-data/1")]
    [InlineData("POST", "/metrics/gs/ccm/collect")]
    [InlineData("GET", "/metrics/ddm/activity;src=1;ord=2?")]
    [InlineData("GET", "/metrics/mc/collect")]
    [InlineData("GET", "/metrics/g/collect")]
    public async Task Hit_AnySubPath_Answers204WithGooglesHeaders(string method, string target)
    {
        using var answer = await standIn.SendAsync(new HttpMethod(method), "G-TEST1.fps.goog", target, null, ("Origin", "https://www.shop.example"));

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("https://www.shop.example", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Equal("no-cache, no-store, must-revalidate", answer.Headers.NonValidated["Cache-Control"].ToString());
        Assert.All(["alt-svc", "strict-transport-security", "nel", "report-to"], name => Assert.True(answer.Headers.Contains(name), name));
    }

    [Fact]
    public async Task Hit_MeasurementConversionByPost_RedirectsToGoogle()
    {
        using var answer = await standIn.SendAsync(HttpMethod.Post, "G-TEST1.fps.goog", "/metrics/g/measurement/conversion?a=%2520", null);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal("https://www.google.com/measurement/conversion?a=%2520", answer.Headers.GetValues("Location").Single());
    }

    [Fact]
    public async Task SetCookie_SeveralNamesByToken_SetsEachInItsOwnLine()
    {
        var token = PathToken.Encode(PathToken.KeyOf("G-TEST1"), "_/set_cookie?p=%2F&ce=7776000&d=auto:shop.example&FPAU=1.1.2&FPGCLAW=2.1.kabc%24i1");

        using var answer = await standIn.SendAsync(HttpMethod.Post, "G-TEST1.fps.goog", $"/metrics/{token}", null);

        Assert.Equal(
            ["FPAU=1.1.2; Path=/; Max-Age=7776000; HttpOnly; SameSite=Lax", "FPGCLAW=2.1.kabc$i1; Path=/; Max-Age=7776000; HttpOnly; SameSite=Lax"],
            answer.Headers.GetValues("Set-Cookie"));
    }

    [Theory]
    [InlineData("sw.js", "application/javascript")]
    [InlineData("sw_iframe.html", "text/html")]
    public async Task ServiceWorker_Files_AreSharedAndAllowedOnTheMeasurementPath(string file, string type)
    {
        using var answer = await standIn.GetAsync($"/metrics/_/service_worker/6b91/{file}?origin=x&1p=1&path=/metrics");

        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("public, max-age=31536000", answer.Headers.CacheControl!.ToString());
        Assert.Equal("/metrics/_/service_worker", answer.Headers.GetValues("Service-Worker-Allowed").Single());
    }

    [Fact]
    public async Task Https_WithItsOwnAuthority_SpeaksHttp2()
    {
        await using var google = await GoogleStandIn.StartAsync(new() { HttpsUrl = "https://127.0.0.1:0" }, Cancellation);
        using var handler = TrustingHandler.Create(google);
        using var client = new HttpClient(handler) { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };

        var body = await client.GetStringAsync("https://g-test1.fps.goog/metrics/healthy", Cancellation);

        Assert.Equal("ok", body);
        Assert.Equal("HTTP/2", Assert.Single(google.Recorder.Requests).Protocol);
    }
}
