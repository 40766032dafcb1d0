using System.Text;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Pages;

/// <summary>Tags in pages are first-party when they reach the visitor, in whatever coding the page comes, and missing ones are added where they may be.</summary>
public sealed class PageRewritingTests
{
    private const string Tag = "<script async src=\"https://www.googletagmanager.com/gtag/js?id=G-MAIN1\"></script>";
    private const string OwnTag = "<script async src=\"/f807/?id=G-MAIN1\"></script>";
    private const string Inject = "\"tag\": \"inject\"";
    private const string Bare = "<!doctype html><html><head><title>a</title></head><body><p>a</p></body></html>";
    private static readonly string Filling = string.Concat(Enumerable.Range(0, 3000).Select(i => $"<p>{i * 7919 % 3001}</p>\n"));

    [Theory]
    [InlineData(null, null)]
    [InlineData("gzip", "gzip")]
    [InlineData("br", "br")]
    [InlineData("zstd", "br")]
    public async Task Page_WithATag_HasItFromTheSitesOwnPath(string? came, string? leaves)
    {
        var page = $"<!doctype html><html><head>{Tag}<title>a</title></head><body>{Filling}{Tag}</body></html>";
        await using var origin = new RawUpstream();
        origin.AnswerWith(PageVisit.Answer(PageVisit.Html + (came is null ? "" : $"Content-Encoding: {came}\r\n"), PageVisit.Encode(came, Encoding.UTF8.GetBytes(page))));
        await using var gateway = await PageVisit.StartAsync(origin);

        var response = await gateway.SendAsync(PageVisit.Get("Accept-Encoding: gzip, br, zstd\r\n"));

        Assert.Equal(leaves, response.Header("Content-Encoding"));
        Assert.Equal(page.Replace(Tag, OwnTag, StringComparison.Ordinal), Encoding.UTF8.GetString(PageVisit.Decode(leaves, response.Body)));
    }

    [Fact]
    public async Task Page_LeftForAReason_KeepsItsTag()
    {
        await using var origin = new RawUpstream();
        origin.AnswerWith(PageVisit.Answer(PageVisit.Html + "X-Tag-Gateway: off\r\n", Encoding.UTF8.GetBytes(Tag)));
        await using var gateway = await PageVisit.StartAsync(origin);

        Assert.Equal(Tag, (await gateway.SendAsync(PageVisit.Get())).Text);
    }

    [Theory]
    [InlineData("200 OK", "", true)]
    [InlineData("404 Not Found", "", false)]
    [InlineData("500 Internal Server Error", "", false)]
    [InlineData("200 OK", "HX-Request: true\r\n", false)]
    [InlineData("200 OK", "Turbo-Frame: a\r\n", false)]
    [InlineData("200 OK", "X-Requested-With: XMLHttpRequest\r\n", false)]
    [InlineData("200 OK", "X-Requested-With: com.shop.app\r\n", true)]
    public async Task Page_WithoutATag_GetsOneWhereItIsAPageOfItsOwn(string status, string header, bool isInjected)
    {
        await using var origin = new RawUpstream();
        origin.AnswerWith($"HTTP/1.1 {status}\r\n{PageVisit.Html}Content-Length: {Bare.Length}\r\n\r\n{Bare}");
        await using var gateway = await PageVisit.StartAsync(origin, Inject);

        var response = await gateway.SendAsync(PageVisit.Get(header));

        Assert.Equal(isInjected, response.Text.Contains("/f807/?id=G-MAIN1", StringComparison.Ordinal));
        Assert.Equal(isInjected, response.Text != Bare);
    }

    [Fact]
    public async Task Page_OfAnErrorWithATag_HasItFromTheSitesOwnPath()
    {
        await using var origin = new RawUpstream();
        origin.AnswerWith($"HTTP/1.1 404 Not Found\r\n{PageVisit.Html}Content-Length: {Tag.Length}\r\n\r\n{Tag}");
        await using var gateway = await PageVisit.StartAsync(origin);

        var response = await gateway.SendAsync(PageVisit.Get());

        Assert.Equal((404, OwnTag), (response.Status, response.Text));
    }

    [Fact]
    public async Task Page_InjectedInto_SaysTheConsentDefaultBeforeTheTag()
    {
        await using var origin = new RawUpstream();
        origin.AnswerWith(PageVisit.Answer(PageVisit.Html, Encoding.UTF8.GetBytes(Bare)));
        await using var gateway = await PageVisit.StartAsync(origin, $"{Inject}, \"consentDefault\": {{ \"ad_storage\": \"denied\", \"wait_for_update\": 500 }}");

        var text = (await gateway.SendAsync(PageVisit.Get())).Text;

        Assert.InRange(text.IndexOf("{\"ad_storage\":\"denied\",\"wait_for_update\":500}", StringComparison.Ordinal), 1, text.IndexOf("/f807/?id=G-MAIN1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Page_OfAnotherConfiguration_IsNotConfirmed()
    {
        await using var origin = new RawUpstream();
        origin.Answer = (request, stream) => RawUpstream.WriteAsync(stream, request.Header("If-None-Match") is null
            ? $"HTTP/1.1 200 OK\r\n{PageVisit.Html}ETag: \"a\"\r\nContent-Length: {Bare.Length}\r\n\r\n{Bare}"
            : "HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n");
        await using var yesterday = await PageVisit.StartAsync(origin);
        await using var today = await PageVisit.StartAsync(origin, Inject);
        var tag = (await yesterday.SendAsync(PageVisit.Get())).Header("ETag");

        var confirmed = await yesterday.SendAsync(PageVisit.Get($"If-None-Match: {tag}\r\n"));
        var anew = await today.SendAsync(PageVisit.Get($"If-None-Match: {tag}\r\n"));

        Assert.Equal((304, 200), (confirmed.Status, anew.Status));
        Assert.NotEqual(tag, anew.Header("ETag"));
    }
}
