using TagGateway.Tests.Sites;
using TagGateway.Upstream;

namespace TagGateway.Tests.Upstream;

public sealed class TagHostsTests
{
    private readonly TagHosts _hosts = new();

    [Fact]
    public void Find_NothingRemembered_IsTheMainTagsHost()
    {
        var site = SomeSite.Create(tags: ["G-MAIN1", "G-OTHER2"]);

        Assert.Equal(SomeSite.Tag("G-MAIN1"), _hosts.Find(site, SomeSite.Tag("G-OTHER2")));
        Assert.Equal(SomeSite.Tag("G-MAIN1"), _hosts.Find(site, SomeSite.Tag("G-MAIN1")));
    }

    [Fact]
    public void Find_RememberedTag_IsItsOwnHostOfThatSiteAlone()
    {
        var shop = SomeSite.Create("shop", tags: ["G-MAIN1", "G-OTHER2", "G-THIRD3"]);
        var blog = SomeSite.Create("blog", tags: ["G-BLOG1", "G-OTHER2"]);

        _hosts.Remember(shop, SomeSite.Tag("G-OTHER2"));
        _hosts.Remember(shop, SomeSite.Tag("G-OTHER2"));

        Assert.Equal(SomeSite.Tag("G-OTHER2"), _hosts.Find(shop, SomeSite.Tag("G-OTHER2")));
        Assert.Equal(SomeSite.Tag("G-MAIN1"), _hosts.Find(shop, SomeSite.Tag("G-THIRD3")));
        Assert.Equal(SomeSite.Tag("G-BLOG1"), _hosts.Find(blog, SomeSite.Tag("G-OTHER2")));
    }

    [Fact]
    public void Find_ForgottenTag_IsTheMainTagsHostAgain()
    {
        var site = SomeSite.Create(tags: ["G-MAIN1", "G-OTHER2"]);
        _hosts.Remember(site, SomeSite.Tag("G-OTHER2"));

        _hosts.Forget(site, SomeSite.Tag("G-OTHER2"));
        _hosts.Forget(site, SomeSite.Tag("G-MAIN1"));

        Assert.Equal(SomeSite.Tag("G-MAIN1"), _hosts.Find(site, SomeSite.Tag("G-OTHER2")));
    }

    [Fact]
    public void Find_SiteMadeAnewByAReload_RemembersByName()
    {
        _hosts.Remember(SomeSite.Create(tags: ["G-MAIN1", "G-OTHER2"]), SomeSite.Tag("G-OTHER2"));

        var found = _hosts.Find(SomeSite.Create(tags: ["G-MAIN1", "G-OTHER2"]), SomeSite.Tag("G-OTHER2"));

        Assert.Equal(SomeSite.Tag("G-OTHER2"), found);
    }

    [Fact]
    public void Find_RememberedTagThatBecameTheMainOne_IsTheMainTag()
    {
        _hosts.Remember(SomeSite.Create(tags: ["G-MAIN1", "G-OTHER2"]), SomeSite.Tag("G-OTHER2"));

        var found = _hosts.Find(SomeSite.Create(tags: ["G-OTHER2", "G-MAIN1"]), SomeSite.Tag("G-MAIN1"));

        Assert.Equal(SomeSite.Tag("G-OTHER2"), found);
    }
}
