using TagGateway.Pages;

namespace TagGateway.Tests.Pages;

public sealed class PageHeadersTests
{
    private const string Now = "0123456789abcdef";
    private const string Date = "Sun, 06 Nov 1994 08:49:37 GMT";
    private static readonly string Dated = PageETag.Create(null, Date, Now)!; // a date gives a tag

    [Fact]
    public void Fit_HeadersOfTheBytes_Go()
    {
        var headers = SomePages.Headers("Content-Length: 5|Content-MD5: x|Digest: x|Repr-Digest: x|Content-Digest: x|Accept-Ranges: bytes|ETag: \"a\"|Vary: Cookie|Content-Encoding: br");

        PageHeaders.Fit(headers, Now, PageCoding.Brotli, PageCoding.Brotli);

        Assert.Equal($"Content-Encoding: br|ETag: W/\"a-tgs{Now}\"|Vary: Cookie", SomePages.Text(headers));
    }

    [Theory]
    [InlineData(PageCoding.Brotli, "Content-Encoding: br")]
    [InlineData(PageCoding.Gzip, "Content-Encoding: gzip")]
    [InlineData(PageCoding.Identity, "")]
    public void Fit_Zstd_BecomesTheCodingThatLeaves(object leaves, string expected)
    {
        var headers = SomePages.Headers("Content-Encoding: zstd");

        PageHeaders.Fit(headers, Now, PageCoding.Zstd, (PageCoding)leaves);

        Assert.Equal(expected, SomePages.Text(headers));
    }

    [Fact]
    public void Fit_DateOfChangeAlone_IsATagToo()
    {
        var headers = SomePages.Headers($"Last-Modified: {Date}");

        PageHeaders.Fit(headers, Now, PageCoding.Identity, PageCoding.Identity);

        Assert.Equal(Dated, headers["ETag"]);
    }

    [Theory]
    [InlineData("ETag: \"a\"|Content-Length: 5", "\"a\"", "W/\"a-tgs0123456789abcdef\"")]
    [InlineData("ETag: W/\"b\"", "\"a\"", "W/\"b-tgw0123456789abcdef\"")]
    [InlineData("", "\"a\"", "W/\"a-tgs0123456789abcdef\"")]
    public void FitUnchanged_OfATag_HasItInOurForm(string headers, string asked, string expected)
    {
        var answer = SomePages.Headers(headers);

        PageHeaders.FitUnchanged(answer, Assert.Single(PageETag.ReadAll(PageETag.Create(asked, null, Now)!)));

        Assert.Equal($"ETag: {expected}", SomePages.Text(answer));
    }

    [Fact]
    public void FitUnchanged_OfADate_KeepsTheVisitorsTag()
    {
        var answer = SomePages.Headers("");

        PageHeaders.FitUnchanged(answer, Assert.Single(PageETag.ReadAll(Dated)));

        Assert.Equal($"ETag: {Dated}", SomePages.Text(answer));
    }
}
