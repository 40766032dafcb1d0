using TagGateway.Sanitizing;

namespace TagGateway.Tests.Sanitizing;

public sealed class CookieAllowListTests
{
    private static readonly CookieAllowList Default = CookieAllowList.Create(CookieAllowList.DefaultPatterns);

    [Theory]
    [InlineData("_ga", true)]
    [InlineData("_ga_*", true)]
    [InlineData("x*", true)]
    [InlineData("__Secure-x", true)]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("*", false)]
    [InlineData("**", false)]
    [InlineData("a**", false)]
    [InlineData("*a", false)]
    [InlineData("a*b", false)]
    [InlineData("a b", false)]
    [InlineData("a=b", false)]
    [InlineData("a;", false)]
    [InlineData("\u00e4", false)]
    public void IsPattern_Text_IsANameOrAPrefix(string? pattern, bool expected) => Assert.Equal(expected, CookieAllowList.IsPattern(pattern));

    [Fact]
    public void DefaultPatterns_All_ArePatterns() => Assert.All(CookieAllowList.DefaultPatterns, pattern => Assert.True(CookieAllowList.IsPattern(pattern)));

    [Theory]
    [InlineData("_ga=GA1.1.1")]
    [InlineData("_ga_ABC=GS2.1")]
    [InlineData("_gid=1")]
    [InlineData("_gcl_au=1")]
    [InlineData("_gac_UA-1=1")]
    [InlineData("FPID=1")]
    [InlineData("FPGCLAW=2.1.k$i1")]
    [InlineData("__TAG_ASSISTANT=x")]
    [InlineData("_ga=")]
    [InlineData("_ga=a=b==")]
    [InlineData("_ga=\"q\"")]
    [InlineData("_ga=1; _gid=2")]
    public void Filter_GooglesCookies_LeaveAsTheyCame(string header) => Assert.Equal(header, Default.Filter(header));

    [Theory]
    [InlineData("")]
    [InlineData(";")]
    [InlineData("session=1")]
    [InlineData("_gaX=1")]
    [InlineData("_gidx=1")]
    [InlineData("_GA=1")]
    [InlineData("fpid=1")]
    [InlineData("xFPID=1")]
    [InlineData("_gcl=1")]
    [InlineData("__TAG_ASSISTANT2=1")]
    [InlineData("_ga")]
    [InlineData("=_ga")]
    [InlineData("=1")]
    [InlineData("_ga =1")]
    [InlineData("\"_ga=1\"")]
    [InlineData("session=_ga=1")]
    [InlineData("session=\"; auth=x\"")]
    [InlineData("$Version=1")]
    [InlineData("_ga,x=1")]
    public void Filter_OtherCookies_StayHere(string header) => Assert.Null(Default.Filter(header));

    [Theory]
    [InlineData("session=s; _ga=1", "_ga=1")]
    [InlineData("_ga=1; session=s", "_ga=1")]
    [InlineData("_ga=1; session=s; _gid=2", "_ga=1; _gid=2")]
    [InlineData("_ga=1;_gid=2", "_ga=1; _gid=2")]
    [InlineData(" _ga=1 ;\t_gid=2\t;", "_ga=1; _gid=2")]
    [InlineData("_ga=1; _ga=2", "_ga=1; _ga=2")]
    [InlineData("a=1; _ga=2; b=3; FPID=4; c=5; _gcl_au=6", "_ga=2; FPID=4; _gcl_au=6")]
    [InlineData("_ga; _gid=2", "_gid=2")]
    [InlineData("session=x y; _ga=1 2", "_ga=1 2")]
    public void Filter_Mixture_KeepsTheAllowedPairs(string header, string expected) => Assert.Equal(expected, Default.Filter(header));

    [Fact]
    public void Filter_NothingAllowed_KeepsNothing() => Assert.Null(CookieAllowList.Create([]).Filter("_ga=1; FPID=2"));

    [Fact]
    public void Filter_OwnPatterns_ReplaceTheDefault()
    {
        var list = CookieAllowList.Create(["exact", "pre*"]);

        Assert.Equal("exact=1; pre=2; prefix=3", list.Filter("exact=1; exactly=9; pre=2; prefix=3; _ga=4; Pre=5"));
    }

    [Fact]
    public void Filter_NothingToDrop_CopiesNothing()
    {
        var header = string.Concat("_ga=", "1");

        Assert.Same(header, Default.Filter(header));
    }
}
