using System.Net;
using TagGateway.Demo.Google;
using TagGateway.Demo.Shop;

namespace TagGateway.Tests.Demo;

public sealed class DemoShopTests(StandInFixture standIn) : IClassFixture<StandInFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/", 200, "Good tools for small gardens")]
    [InlineData("/product/fern", 200, "Boston fern")]
    [InlineData("/cart", 200, "Your basket")]
    [InlineData("/checkout", 200, "Buy now")]
    [InlineData("/thanks?order=FH-123456", 200, "FH-123456")]
    [InlineData("/thanks?order=%7B%7Bsnippet%7D%7D", 404, "Not here")]
    [InlineData("/product/none", 404, "Not here")]
    public async Task Get_Page_CarriesTheFirstPartySnippet(string target, int status, string text)
    {
        await using var shop = await DemoShop.StartAsync(new() { MeasurementPath = "/m1", Tag = "G-SHOP1" }, Cancellation);
        using var client = new HttpClient { BaseAddress = shop.Address };

        using var answer = await client.GetAsync(target, Cancellation);

        var page = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(text, page, StringComparison.Ordinal);
        Assert.Contains("<script async src=\"/m1/?id=G-SHOP1\"></script>", page, StringComparison.Ordinal);
        Assert.Contains("gtag('config', 'G-SHOP1')", page, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"http", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_PageWithContainer_CarriesTheContainersSnippet()
    {
        await using var shop = await DemoShop.StartAsync(new() { Tag = "GTM-BOX" }, Cancellation);
        using var client = new HttpClient { BaseAddress = shop.Address };

        var page = await client.GetStringAsync("/", Cancellation);

        Assert.Contains("'gtm.start'", page, StringComparison.Ordinal);
        Assert.Contains("<script async src=\"/metrics/?id=GTM-BOX\"></script>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_FirstPage_SetsAnHttpOnlySessionAndATheme()
    {
        await using var shop = await DemoShop.StartAsync(new(), Cancellation);
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = shop.Address };

        using var answer = await client.GetAsync("/", Cancellation);

        var cookies = answer.Headers.GetValues("Set-Cookie").ToList();
        Assert.Contains(cookies, cookie => cookie.StartsWith("shop_session=", StringComparison.Ordinal) && cookie.Contains("httponly", StringComparison.Ordinal));
        Assert.Contains(cookies, cookie => cookie.StartsWith("theme=light", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Post_Checkout_LeadsToTheThanksPage()
    {
        await using var shop = await DemoShop.StartAsync(new(), Cancellation);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = shop.Address };

        using var answer = await client.PostAsync("/checkout", new FormUrlEncodedContent([new("name", "Ada")]), Cancellation);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Matches("^/thanks\\?order=FH-[0-9]{6}$", answer.Headers.GetValues("Location").Single());
    }

    [Theory]
    [InlineData("/large?bytes=200001", 200, 200_001)]
    [InlineData("/large?bytes=-1", 400, 0)]
    [InlineData("/large?bytes=99999999999", 400, 0)]
    public async Task Get_Large_SendsSoManyBytes(string target, int status, int length)
    {
        await using var shop = await DemoShop.StartAsync(new(), Cancellation);
        using var client = new HttpClient { BaseAddress = shop.Address };

        using var answer = await client.GetAsync(target, Cancellation);

        Assert.Equal((status, length), ((int)answer.StatusCode, (await answer.Content.ReadAsByteArrayAsync(Cancellation)).Length));
    }

    [Fact]
    public async Task Get_Echo_TellsTheRequestHeaders()
    {
        await using var shop = await DemoShop.StartAsync(new(), Cancellation);
        using var client = new HttpClient { BaseAddress = shop.Address, DefaultRequestHeaders = { { "X-Probe", "<b>" } } };

        var json = await client.GetStringAsync("/demo/echo", Cancellation);

        Assert.Contains("""{"name":"X-Probe","value":"\u003Cb\u003E"}""", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Events_ReplaysAndThenStreamsWhatGoogleReceives()
    {
        await using var shop = await DemoShop.StartAsync(new() { GoogleStandIn = standIn.Google }, Cancellation);
        using var before = await standIn.GetAsync("/before/ga/g/c");
        using var client = new HttpClient { BaseAddress = shop.Address };
        using var reader = new StreamReader(await client.GetStreamAsync("/demo/events", Cancellation));

        var replayed = await NextAsync(reader, "/before/");
        using var after = await standIn.GetAsync("/after/ga/g/c?en=purchase");
        var live = await NextAsync(reader, "/after/");

        Assert.Contains("\"path\":\"/before/ga/g/c\"", replayed, StringComparison.Ordinal);
        Assert.Contains("\"name\":\"purchase\"", live, StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_HitWithSiteCookiesAndFullReferer_SaysThatTheyArrived()
    {
        var clean = PanelFeed.Describe(Hit([new("Cookie", "_ga=1; _gcl_au=2"), new("Referer", "https://shop.example/"), new("X-Forwarded-CountryRegion", "US-CA")]));
        var leaking = PanelFeed.Describe(Hit([new("Cookie", "_ga=1; shop_session=abc"), new("Referer", "https://shop.example/product/fern"), new("Authorization", "Basic x")]));

        Assert.Equal([("cookie shop_session", false), ("cookie theme", false), ("path in the Referer", false)], clean.Checks.Select(check => (check.Label, check.Arrived)));
        Assert.Equal(["region US-CA", "cookies _ga, _gcl_au"], clean.Passed);
        Assert.Equal(["cookie shop_session", "path in the Referer", "Authorization"], leaking.Checks.Where(check => check.Arrived).Select(check => check.Label));
    }

    private static async Task<string> NextAsync(StreamReader reader, string text)
    {
        while (await reader.ReadLineAsync(Cancellation) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new EndOfStreamException($"The events ended before {text}.");
    }

    private static RecordedRequest Hit(IReadOnlyList<HeaderLine> headers) => new()
    {
        Method = "POST",
        Scheme = "http",
        Protocol = "HTTP/1.1",
        Host = "g-1.fps.goog",
        RawTarget = "/m/ga/g/c?dl=https%3A%2F%2Fshop.example%2Fproduct%2Ffern",
        Kind = RequestKind.Hit,
        SubPath = "ga/g/c",
        Query = "dl=https%3A%2F%2Fshop.example%2Fproduct%2Ffern",
        Headers = headers,
    };
}
