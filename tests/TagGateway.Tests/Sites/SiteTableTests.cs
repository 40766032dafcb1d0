using System.Diagnostics;
using System.Globalization;
using TagGateway.Configuration;
using TagGateway.Sites;

namespace TagGateway.Tests.Sites;

public sealed class SiteTableTests
{
    private static readonly Site Exact = SomeSite.Create("exact", ["www.shop.example", "[2001:db8::1]", "127.0.0.1"]);
    private static readonly Site Wildcard = SomeSite.Create("wildcard", ["*.shop.example"]);
    private static readonly Site Any = SomeSite.Create("any", ["*"]);

    [Theory]
    [InlineData("www.shop.example", "exact")]
    [InlineData("WWW.Shop.EXAMPLE", "exact")]
    [InlineData("www.shop.example.", "exact")]
    [InlineData("[2001:db8::1]", "exact")]
    [InlineData("[2001:DB8::1]", "exact")]
    [InlineData("127.0.0.1", "exact")]
    [InlineData("blog.shop.example", "wildcard")]
    [InlineData("BLOG.SHOP.example.", "wildcard")]
    [InlineData("a.blog.shop.example", "any")]
    [InlineData("shop.example", "any")]
    [InlineData(".shop.example", "any")]
    [InlineData("xshop.example", "any")]
    [InlineData("www.shop.example..", "any")]
    [InlineData("2001:db8::1", "any")]
    [InlineData("other.example", "any")]
    [InlineData(".", "any")]
    [InlineData("", "any")]
    public void TryFind_AllKindsConfigured_MostExactWins(string host, string expected)
    {
        var table = new SiteTable([Any, Wildcard, Exact]);

        var found = table.TryFind(host, out var site);

        Assert.True(found);
        Assert.Equal(expected, site!.Name); // it was found
    }

    [Theory]
    [InlineData("other.example")]
    [InlineData("shop.example")]
    [InlineData("a.b.shop.example")]
    [InlineData("")]
    public void TryFind_NoSiteForEveryHost_FindsNone(string host)
    {
        var table = new SiteTable([Exact, Wildcard]);

        var found = table.TryFind(host, out var site);

        Assert.False(found);
        Assert.Null(site);
    }

    [Fact]
    public void TryFind_NoSites_FindsNone() => Assert.False(new SiteTable([]).TryFind("shop.example", out _));

    [Fact]
    public void TryFind_HostClaimedTwice_FirstSiteKeepsIt()
    {
        var table = new SiteTable([SomeSite.Create("first", ["shop.example", "*.a.example", "*"]), SomeSite.Create("second", ["shop.example", "*.a.example", "*"])]);

        foreach (var host in new[] { "shop.example", "x.a.example", "other.example" })
        {
            Assert.True(table.TryFind(host, out var site));
            Assert.Equal("first", site.Name);
        }
    }

    [Fact]
    public void All_Sites_AreInTheirOrder() => Assert.Equal(["wildcard", "exact", "any"], new SiteTable([Wildcard, Exact, Any]).All.Select(site => site.Name));

    [Fact]
    public void Check_DisjointHosts_FindsNothing()
    {
        var errors = new ConfigurationErrors();

        SiteTable.Check([Exact, Wildcard, Any, SomeSite.Create("bare", ["shop.example", "example", "*.www.shop.example"])], errors);

        Assert.True(errors.IsEmpty);
    }

    [Fact]
    public void Check_HostsClaimedTwice_NamesEveryOne()
    {
        var errors = new ConfigurationErrors();
        var first = SomeSite.Create("first", ["a.example", "*", "A.EXAMPLE."]);
        var second = SomeSite.Create("second", ["b.example", "A.example", "*", "*.b.example", "*.B.example"]);

        SiteTable.Check([first, second], errors);

        Assert.Equal(
            [
                "sites.first.hosts[2]: \"a.example\" is named twice",
                "sites.second.hosts[1]: \"a.example\" belongs to site \"first\" already",
                "sites.second.hosts[2]: \"*\" belongs to site \"first\" already",
                "sites.second.hosts[4]: \"*.b.example\" is named twice",
            ],
            errors.All.Select(error => error.ToString()));
    }

    [Fact]
    public void TryFind_TenThousandSites_FindsEachOne()
    {
        var table = new SiteTable(Many(10_000));

        for (var i = 0; i < 10_000; i++)
        {
            Assert.True(table.TryFind($"www.shop{i}.example", out var exact));
            Assert.True(table.TryFind($"other.shop{i}.example", out var wildcard));
            Assert.Same(exact, wildcard);
            Assert.Equal($"site{i}", exact.Name);
        }
    }

    /// <summary>A table that looked at its sites one by one would be a thousand times slower here; the bound is far from noise on both sides.</summary>
    [Fact]
    public void TryFind_ThousandTimesTheSites_TakesNoSuchMultipleOfTheTime()
    {
        var small = new SiteTable(Many(10));
        var large = new SiteTable(Many(10_000));

        var smallTicks = BestOf(() => LookUp(small, 10));
        var largeTicks = BestOf(() => LookUp(large, 10_000));

        Assert.True(largeTicks < 50 * smallTicks, $"{largeTicks} ticks against {smallTicks}");
    }

    private static Site[] Many(int count) =>
        [.. Enumerable.Range(0, count).Select(i => SomeSite.Create($"site{i}", [$"www.shop{i}.example", $"*.shop{i}.example"]))];

    private static void LookUp(SiteTable table, int sites)
    {
        Span<char> host = stackalloc char[32];
        for (var i = 0; i < 4_000; i++)
        {
            host.TryWrite(CultureInfo.InvariantCulture, $"{(i % 2 == 0 ? "www" : "other")}.shop{i % sites}.example", out var length);
            Assert.True(table.TryFind(host[..length], out _));
        }
    }

    private static long BestOf(Action work)
    {
        var best = long.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var start = Stopwatch.GetTimestamp();
            work();
            best = Math.Min(best, Stopwatch.GetTimestamp() - start);
        }

        return best;
    }
}
