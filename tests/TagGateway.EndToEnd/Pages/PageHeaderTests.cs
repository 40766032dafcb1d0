using System.Text.RegularExpressions;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Pages;

/// <summary>What the website is asked and what the visitor is told when pages are rewritten, and that nothing changes for all the rest.</summary>
public sealed partial class PageHeaderTests
{
    private const string Date = "Sun, 06 Nov 1994 08:49:37 GMT";
    private const string Answer = "HTTP/1.1 200 OK\r\n" + PageVisit.Html + "ETag: \"abc\"\r\nLast-Modified: " + Date + "\r\nAccept-Ranges: bytes\r\nDigest: x\r\nContent-Length: 5\r\n\r\n";

    [Fact]
    public async Task Head_OfAPage_HasTheHeadersOfGet()
    {
        await using var origin = new RawUpstream();
        origin.Answer = (request, stream) => RawUpstream.WriteAsync(stream, Answer + (request.Method == "HEAD" ? "" : "<p>a\n"));
        await using var gateway = await PageVisit.StartAsync(origin);

        var get = await gateway.SendAsync(PageVisit.Get());
        var head = await gateway.SendAsync(PageVisit.Get(method: "HEAD"));

        Assert.Equal((200, "<p>a\n"), (get.Status, get.Text));
        Assert.Equal(Lines(get), Lines(head));
        Assert.Matches(OwnTag(), get.Header("ETag"));
        Assert.Equal((null, null, null, Date), (get.Header("Content-Length"), get.Header("Accept-Ranges"), get.Header("Digest"), get.Header("Last-Modified")));
    }

    [Fact]
    public async Task Links_OfAPage_LeadToTheSite()
    {
        const string Links = "ETag: \"abc\"\r\nLink: <https://www.googletagmanager.com>; rel=preconnect, </a.css>; rel=preload\r\n";
        await using var origin = new RawUpstream();
        origin.Answer = (request, stream) => RawUpstream.WriteAsync(stream, request.Header("If-None-Match") is not null
            ? $"HTTP/1.1 304 Not Modified\r\n{Links}\r\n"
            : $"HTTP/1.1 200 OK\r\n{PageVisit.Html}{Links}Content-Length: 5\r\n\r\n{(request.Method == "HEAD" ? "" : "<p>a\n")}");
        await using var gateway = await PageVisit.StartAsync(origin);

        var get = await gateway.SendAsync(PageVisit.Get());
        var head = await gateway.SendAsync(PageVisit.Get(method: "HEAD"));
        var unchanged = await gateway.SendAsync(PageVisit.Get($"If-None-Match: {get.Header("ETag")}\r\n"));

        Assert.Equal((200, 200, 304), (get.Status, head.Status, unchanged.Status));
        Assert.All([get, head, unchanged], answer => Assert.Equal("</a.css>; rel=preload", answer.Header("Link")));
    }

    [Theory]
    [InlineData("ETag: \"abc\"\r\n", "If-None-Match", "\"abc\"", null)]
    [InlineData("ETag: W/\"abc\"\r\n", "If-None-Match", "W/\"abc\"", null)]
    [InlineData("Last-Modified: " + Date + "\r\n", "If-Modified-Since", null, Date)]
    public async Task Revalidation_OfARewrittenPage_IsTheWebsites304(string validator, string asked, string? tag, string? date)
    {
        await using var origin = new RawUpstream();
        origin.Answer = (request, stream) => RawUpstream.WriteAsync(stream, request.Header(asked) is null
            ? $"HTTP/1.1 200 OK\r\n{PageVisit.Html}{validator}Content-Length: 5\r\n\r\n<p>a\n"
            : $"HTTP/1.1 304 Not Modified\r\n{validator}\r\n");
        await using var gateway = await PageVisit.StartAsync(origin);

        var first = await gateway.SendAsync(PageVisit.Get());
        var second = await gateway.SendAsync(PageVisit.Get($"If-None-Match: {first.Header("ETag")}\r\nIf-Modified-Since: {Date}\r\n"));

        await origin.NextAsync();
        var request = await origin.NextAsync();
        Assert.Equal((304, first.Header("ETag")), (second.Status, second.Header("ETag")));
        Assert.Equal((tag, date), (request.Header("If-None-Match"), request.Header("If-Modified-Since")));
    }

    [Theory]
    [InlineData("If-None-Match: \"abc\"\r\n")]
    [InlineData("If-None-Match: W/\"abc-tgs0000000000000000\"\r\nIf-Modified-Since: " + Date + "\r\n")]
    [InlineData("If-Modified-Since: " + Date + "\r\n")]
    [InlineData("Range: bytes=0-1\r\nIf-Range: \"abc\"\r\n")]
    public async Task Revalidation_OfAnotherPage_AsksForThePage(string headers)
    {
        await using var origin = new RawUpstream();
        origin.AnswerWith(Answer + "<p>a\n");
        await using var gateway = await PageVisit.StartAsync(origin);

        await gateway.SendAsync(PageVisit.Get(headers));

        var request = await origin.NextAsync();
        Assert.All(["If-None-Match", "If-Modified-Since", "Range", "If-Range"], name => Assert.Null(request.Header(name)));
    }

    [Theory]
    [InlineData("\"tag\": \"leave\"", "document", "/x")]
    [InlineData("\"tag\": \"rewrite\"", "image", "/x")]
    [InlineData("\"tag\": \"rewrite\", \"exclude\": [\"/x\"]", "document", "/x")]
    [InlineData("\"tag\": \"rewrite\", \"include\": [\"/y\"]", "document", "/x?a=/y")]
    public async Task Request_ForWhatIsNotRewritten_LeavesAsItCame(string page, string destination, string target)
    {
        await using var origin = new RawUpstream();
        origin.AnswerWith(Answer.Replace("text/html", destination == "image" ? "image/png" : "text/html", StringComparison.Ordinal) + "<p>a\n");
        await using var gateway = await PageVisit.StartAsync(origin, page);

        var response = await gateway.SendAsync(
            $"GET {target} HTTP/1.1\r\nHost: shop.example\r\nSec-Fetch-Dest: {destination}\r\nAccept-Encoding: gzip, deflate\r\nIf-None-Match: \"abc\"\r\nIf-Modified-Since: {Date}\r\nRange: bytes=0-1\r\nIf-Range: \"abc\"\r\nConnection: close\r\n\r\n");

        var request = await origin.NextAsync();
        Assert.Equal(("gzip, deflate", "\"abc\"", Date), (request.Header("Accept-Encoding"), request.Header("If-None-Match"), request.Header("If-Modified-Since")));
        Assert.Equal(("bytes=0-1", "\"abc\""), (request.Header("Range"), request.Header("If-Range")));
        Assert.Equal(("\"abc\"", "bytes", "x", "5", "<p>a\n"), (response.Header("ETag"), response.Header("Accept-Ranges"), response.Header("Digest"), response.Header("Content-Length"), response.Text));
    }

    [Theory]
    [InlineData("\"tag\": \"leave\"")]
    [InlineData("\"tag\": \"rewrite\", \"exclude\": [\"*\"]")]
    public async Task Revalidation_OfAPageRewrittenYesterday_AsksForThePage(string page)
    {
        await using var origin = new RawUpstream();
        origin.AnswerWith(Answer + "<p>a\n");
        await using var gateway = await PageVisit.StartAsync(origin, page);

        await gateway.SendAsync(PageVisit.Get($"If-None-Match: W/\"abc-tgs0123456789abcdef\"\r\nIf-Modified-Since: {Date}\r\n"));

        var request = await origin.NextAsync();
        Assert.Equal((null, null), (request.Header("If-None-Match"), request.Header("If-Modified-Since")));
    }

    [Theory]
    [InlineData("\"tag\": \"leave\"", "200 OK")]
    [InlineData("\"tag\": \"rewrite\"", "200 OK")]
    [InlineData("\"tag\": \"rewrite\"", "204 No Content")]
    public async Task Switch_OfTheWebsite_LeavesThePageAndNeverReachesTheVisitor(string page, string status)
    {
        await using var origin = new RawUpstream();
        origin.AnswerWith(status.StartsWith("204", StringComparison.Ordinal)
            ? $"HTTP/1.1 {status}\r\nX-Tag-Gateway: off\r\nETag: \"abc\"\r\n\r\n"
            : Answer.Replace("Digest", "X-Tag-Gateway: off\r\nDigest", StringComparison.Ordinal) + "<p>a\n");
        await using var gateway = await PageVisit.StartAsync(origin, page);

        var response = await gateway.SendAsync(PageVisit.Get());

        Assert.Equal((null, "\"abc\""), (response.Header("X-Tag-Gateway"), response.Header("ETag")));
    }

    [Fact]
    public async Task Page_OfADisabledSite_PassesAsItCame()
    {
        await using var origin = new RawUpstream();
        origin.AnswerWith(Answer + "<p>a\n");
        await using var gateway = await RunningGateway.StartAsync(origin.Address, $"\"enabled\": false, \"origin\": \"{origin.Address}\", \"page\": {{ \"tag\": \"rewrite\" }}");

        var response = await gateway.SendAsync(PageVisit.Get());

        Assert.Equal(("\"abc\"", "5"), (response.Header("ETag"), response.Header("Content-Length")));
    }

    [Fact]
    public async Task Pages_Metrics_CountWhatBecameOfThem()
    {
        await using var origin = new RawUpstream();
        origin.AnswerWith(Answer + "<p>a\n");
        await using var gateway = await PageVisit.StartAsync(origin, "\"tag\": \"rewrite\", \"exclude\": [\"/y\"]");
        using var client = new HttpClient();

        await gateway.SendAsync(PageVisit.Get());
        await gateway.SendAsync(PageVisit.Get().Replace("/x", "/y", StringComparison.Ordinal));
        var metrics = await client.GetStringAsync(new Uri(gateway.Admin + "/metrics"));

        Assert.Matches("taggateway_pages_pages[^\n]*outcome=\"left\"[^\n]*reason=\"excluded\"[^\n]* 1\\b", metrics);
        Assert.Matches("taggateway_pages_scanned[^\n]*site=\"shop\"[^\n]* 5\\b", metrics);
        Assert.Matches("taggateway_pages_rewriting[^\n]*_count[^\n]* 1\\b", metrics);
    }

    private static IEnumerable<string> Lines(RawResponse response) =>
        response.Head.Split("\r\n").Where(line => !line.StartsWith("Date:", StringComparison.Ordinal) && !line.StartsWith("Transfer-Encoding:", StringComparison.Ordinal));

    [GeneratedRegex("^W/\"abc-tgs[0-9a-f]{16}\"$")]
    private static partial Regex OwnTag();
}
