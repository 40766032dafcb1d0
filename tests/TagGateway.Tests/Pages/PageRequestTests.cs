using TagGateway.Pages;

namespace TagGateway.Tests.Pages;

public sealed class PageRequestTests
{
    private const string Now = "0123456789abcdef";
    private const string Date = "Sun, 06 Nov 1994 08:49:37 GMT";
    private static readonly string Dated = PageETag.Create(null, Date, Now)!; // a date gives a tag

    [Theory]
    [InlineData("Sec-Fetch-Dest: document", true)]
    [InlineData("Sec-Fetch-Dest: iframe", true)]
    [InlineData("Sec-Fetch-Dest: frame", true)]
    [InlineData("Accept: text/html,application/xhtml+xml", true)]
    [InlineData("Sec-Fetch-Dest: image|Accept: text/html", false)]
    [InlineData("Sec-Fetch-Dest: empty|Accept: */*", false)]
    [InlineData("Sec-Fetch-Dest: empty|If-None-Match: W/\"a-tgs0123456789abcdef\"", true)]
    [InlineData("If-None-Match: \"a\", W/\"a-tgs0000000000000000\"", true)]
    [InlineData("Accept: */*", false)]
    [InlineData("", false)]
    public void IsForPage_Headers_SayIt(string headers, bool expected) => Assert.Equal(expected, PageRequest.IsForPage(SomePages.Headers(headers)));

    [Theory]
    [InlineData("HX-Request: true", true)]
    [InlineData("Turbo-Frame: cart", true)]
    [InlineData("X-Requested-With: XMLHttpRequest", true)]
    [InlineData("X-Requested-With: com.shop.app", false)]
    [InlineData("Accept: text/html", false)]
    public void IsForPiece_Headers_SayIt(string headers, bool expected) => Assert.Equal(expected, PageRequest.IsForPiece(SomePages.Headers(headers)));

    [Theory]
    [InlineData("Range: bytes=0-1|If-Range: \"a\"|Accept: text/html", "Accept: text/html")]
    [InlineData("Accept-Encoding: gzip, deflate, br;q=0.5, zstd", "Accept-Encoding: gzip, br;q=0.5, zstd")]
    [InlineData("If-None-Match: \"abc\"", "")]
    [InlineData("If-None-Match: *", "")]
    [InlineData("If-Modified-Since: " + Date, "")]
    [InlineData("If-None-Match: W/\"abc-tgs0000000000000000\"|If-Modified-Since: " + Date, "")]
    [InlineData("If-None-Match: W/\"abc-tgs0123456789abcdef\"|If-Modified-Since: " + Date, "If-None-Match: \"abc\"")]
    [InlineData("If-None-Match: W/\"abc-tgw0123456789abcdef\"", "If-None-Match: W/\"abc\"")]
    [InlineData("If-None-Match: \"x\", W/\"a-tgs0123456789abcdef\", W/\"b-tgw0000000000000000\",W/\"c-tgw0123456789abcdef\"", "If-None-Match: \"a\", W/\"c\"")]
    [InlineData("If-Match: \"a\"|If-Unmodified-Since: " + Date, "If-Match: \"a\"|If-Unmodified-Since: " + Date)]
    public void Fit_RequestForAPage_AsksOnlyAboutWhatTheWebsiteKnows(string headers, string expected)
    {
        var request = SomePages.Headers(headers);

        PageRequest.Fit(request, Now);

        Assert.Equal(expected, SomePages.Text(request));
    }

    [Theory]
    [InlineData(Date)]
    [InlineData("Tue, 08 Nov 1994 00:00:00 GMT")]
    [InlineData(null)]
    public void Fit_TagOfADate_AsksByTheDate(string? since)
    {
        var request = SomePages.Headers($"If-None-Match: {Dated}" + (since is null ? "" : $"|If-Modified-Since: {since}"));

        var asked = PageRequest.Fit(request, Now);

        Assert.Equal(($"If-Modified-Since: {Date}", Dated), (SomePages.Text(request), asked?.Text));
    }

    [Fact]
    public void Fit_NothingOfOurs_AsksForThePage() => Assert.Null(PageRequest.Fit(SomePages.Headers("If-None-Match: \"a\""), Now));
}
