using TagGateway.Beacons;
using TagGateway.Tests.Sites;

namespace TagGateway.Tests.Beacons;

public sealed class NamedTagTests
{
    [Theory]
    [InlineData("", "G-MAIN1")]
    [InlineData("?", "G-MAIN1")]
    [InlineData("?v=2&tid=G-OTHER2&gtm=45", "G-OTHER2")]
    [InlineData("?tid=G-OTHER2", "G-OTHER2")]
    [InlineData("?tid=g-other2", "G-OTHER2")]
    [InlineData("?tid=G-MAIN1", "G-MAIN1")]
    [InlineData("?tid=G-FOREIGN3", "G-MAIN1")]
    [InlineData("?tid=", "G-MAIN1")]
    [InlineData("?tid", "G-MAIN1")]
    [InlineData("?tid=not an id", "G-MAIN1")]
    [InlineData("?xtid=G-OTHER2&TID=G-OTHER2", "G-MAIN1")]
    [InlineData("?x=tid=G-OTHER2", "G-MAIN1")]
    [InlineData("?tid=G-FOREIGN3&tid=G-OTHER2", "G-MAIN1")]
    [InlineData("?tid=G-OTHER2&tid=G-MAIN1", "G-OTHER2")]
    public void Find_Query_IsTheAllowedTagItNames(string query, string expected)
    {
        var site = SomeSite.Create(tags: ["G-MAIN1", "G-OTHER2"]);

        Assert.Equal(expected, NamedTag.Find(site, query).ToString());
    }

    [Fact]
    public void Find_SiteOfOneTag_IsThatTag() => Assert.Equal("G-MAIN1", NamedTag.Find(SomeSite.Create(), "?tid=G-OTHER2").ToString());
}
