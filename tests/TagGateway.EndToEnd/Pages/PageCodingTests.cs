using System.Text;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Pages;

/// <summary>Pages in every coding and charset pass the rewriter, or pass it by untouched.</summary>
public sealed class PageCodingTests
{
    private static readonly byte[] Page = Encoding.UTF8.GetBytes($"<!doctype html><html><head><title>Shop</title></head><body>{string.Concat(Enumerable.Range(0, 3000).Select(i => $"<p>{i * 7919 % 3001}</p>\n"))}</body></html>");

    [Theory]
    [InlineData(null, "gzip, br", null)]
    [InlineData("gzip", "gzip, br", "gzip")]
    [InlineData("br", "gzip, br", "br")]
    [InlineData("zstd", "gzip, br, zstd", "br")]
    [InlineData("zstd", "gzip, zstd", "gzip")]
    [InlineData("zstd", "zstd", null)]
    public async Task Page_Coded_LeavesInACodingThatTheVisitorTakes(string? came, string accepted, string? leaves)
    {
        await using var origin = new RawUpstream();
        origin.AnswerWith(PageVisit.Answer(PageVisit.Html + (came is null ? "" : $"Content-Encoding: {came}\r\n"), PageVisit.Encode(came, Page)));
        await using var gateway = await PageVisit.StartAsync(origin);

        var response = await gateway.SendAsync(PageVisit.Get($"Accept-Encoding: {accepted}\r\n"));

        Assert.Equal((200, leaves, null), (response.Status, response.Header("Content-Encoding"), response.Header("Content-Length")));
        Assert.Equal(Page, PageVisit.Decode(leaves, response.Body));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("zstd")]
    public async Task Page_LyingAboutItsCoding_PassesAsItCame(string coding)
    {
        await using var origin = new RawUpstream();
        origin.AnswerWith(PageVisit.Answer($"{PageVisit.Html}Content-Encoding: {coding}\r\nETag: \"a\"\r\n", Page));
        await using var gateway = await PageVisit.StartAsync(origin);

        var response = await gateway.SendAsync(PageVisit.Get());

        Assert.Equal((coding, "\"a\"", $"{Page.Length}"), (response.Header("Content-Encoding"), response.Header("ETag"), response.Header("Content-Length")));
        Assert.Equal(Page, response.Body);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("zstd")]
    public async Task Page_CutInItsCoding_IsNoWholeAnswer(string coding)
    {
        await using var origin = new RawUpstream();
        origin.AnswerWith(PageVisit.Answer($"{PageVisit.Html}Content-Encoding: {coding}\r\n", PageVisit.Encode(coding, Page)[..^20]));
        await using var gateway = await PageVisit.StartAsync(origin);
        using var log = LogRecorder.Attach(gateway);

        var response = await gateway.SendAsync(PageVisit.Get("Accept-Encoding: gzip, br\r\n"));

        Assert.False(response.IsWhole);
        Assert.Empty(log.Errors);
    }

    [Theory]
    [InlineData("text/html; charset=utf-16", "")]
    [InlineData("text/html; charset=iso-2022-jp", "")]
    [InlineData("text/html; charset=martian", "")]
    [InlineData("text/html", "Content-Encoding: deflate\r\n")]
    [InlineData("text/html", "Content-Encoding: gzip, br\r\n")]
    [InlineData("text/html", "Cache-Control: no-transform\r\n")]
    [InlineData("application/json", "")]
    public async Task Page_ThatIsNotRead_PassesAsItCame(string type, string header)
    {
        await using var origin = new RawUpstream();
        origin.AnswerWith(PageVisit.Answer($"Content-Type: {type}\r\n{header}ETag: \"a\"\r\nAccept-Ranges: bytes\r\n", Page));
        await using var gateway = await PageVisit.StartAsync(origin);

        var response = await gateway.SendAsync(PageVisit.Get());

        Assert.Equal(("\"a\"", "bytes", $"{Page.Length}"), (response.Header("ETag"), response.Header("Accept-Ranges"), response.Header("Content-Length")));
        Assert.Equal(Page, response.Body);
    }

    [Theory]
    [InlineData("fffe3c00", true)]
    [InlineData("feff003c", true)]
    [InlineData("ff", false)]
    [InlineData("0000feff", true)]
    [InlineData("efbbbf3c", false)]
    [InlineData("3c", false)]
    public async Task Page_WithAByteOrderMark_IsReadOnlyWhenItIsAscii(string beginning, bool isUntouched)
    {
        byte[] page = [.. Convert.FromHexString(beginning), .. Page];
        await using var origin = new RawUpstream();
        origin.AnswerWith(PageVisit.Answer("Content-Type: text/html\r\n", page));
        await using var gateway = await PageVisit.StartAsync(origin);

        var response = await gateway.SendAsync(PageVisit.Get());

        Assert.Equal(isUntouched ? $"{page.Length}" : null, response.Header("Content-Length"));
        Assert.Equal(page, response.Body);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("zstd")]
    public async Task Page_WithoutABody_IsEmpty(string? coding)
    {
        await using var origin = new RawUpstream();
        origin.AnswerWith(PageVisit.Answer(PageVisit.Html + (coding is null ? "" : $"Content-Encoding: {coding}\r\n"), []));
        await using var gateway = await PageVisit.StartAsync(origin);

        var response = await gateway.SendAsync(PageVisit.Get());

        Assert.Equal((200, true), (response.Status, response.IsWhole));
    }
}
