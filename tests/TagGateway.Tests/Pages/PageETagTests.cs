using TagGateway.Pages;

namespace TagGateway.Tests.Pages;

public sealed class PageETagTests
{
    private const string Now = "0123456789abcdef";
    private const string Date = "Sun, 06 Nov 1994 08:49:37 GMT";

    [Theory]
    [InlineData("\"abc\"", null, "W/\"abc-tgs0123456789abcdef\"")]
    [InlineData("W/\"abc\"", Date, "W/\"abc-tgw0123456789abcdef\"")]
    [InlineData("\"\"", null, "W/\"-tgs0123456789abcdef\"")]
    [InlineData("\"a,b\"", null, "W/\"a,b-tgs0123456789abcdef\"")]
    [InlineData(null, Date, "W/\"2ebc98a1-tgm0123456789abcdef\"")]
    [InlineData("abc", Date, "W/\"2ebc98a1-tgm0123456789abcdef\"")]
    [InlineData("abc", null, null)]
    [InlineData("\"a\"b\"", null, null)]
    [InlineData("\"", null, null)]
    [InlineData(null, "yesterday", null)]
    [InlineData(null, null, null)]
    public void Create_OfTheWebsites_IsWeakWithTheFingerprint(string? tag, string? date, string? expected) => Assert.Equal(expected, PageETag.Create(tag, date, Now));

    [Theory]
    [InlineData("\"abc\"")]
    [InlineData("W/\"abc\"")]
    [InlineData("\"\"")]
    [InlineData("\"a,b-tgs\"")]
    [InlineData("W/\"abc-tgs0123456789abcdef\"")]
    public void ReadAll_OfCreated_IsTheWebsitesOwn(string tag)
    {
        var own = PageETag.Create(tag, null, Now);

        var read = Assert.Single(PageETag.ReadAll($"\"x\", {own} , W/\"y\""));

        Assert.Equal((own, tag, null, Now), (read.Text, read.OriginTag, read.OriginDate, read.Fingerprint));
    }

    [Fact]
    public void ReadAll_OfADate_IsTheWebsitesDate()
    {
        var read = Assert.Single(PageETag.ReadAll(PageETag.Create(null, Date, Now)!)); // a date gives a tag

        Assert.Equal((null, Date), (read.OriginTag, read.OriginDate));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("\"abc\"")]
    [InlineData("\"abc-tgs0123456789abcde\"")]
    [InlineData("\"abc-tgs0123456789abcdefa\"")]
    [InlineData("\"abc-tgx0123456789abcdef\"")]
    [InlineData("\"abc-tgs0123456789ABCDEF\"")]
    [InlineData("abc-tgs0123456789abcdef")]
    [InlineData("\"abc-tgs0123456789abcdef")]
    [InlineData("W/")]
    [InlineData("")]
    [InlineData(null)]
    public void IsIn_OthersTags_IsFalse(string? header) => Assert.False(PageETag.IsIn(header));
}
