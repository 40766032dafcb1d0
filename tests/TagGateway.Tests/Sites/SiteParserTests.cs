using TagGateway.Configuration;
using TagGateway.Sanitizing;
using TagGateway.Sites;
using TagGateway.Tests.Configuration;

namespace TagGateway.Tests.Sites;

public sealed class SiteParserTests
{
    [Fact]
    public void Parse_Everything_IsInTheSite()
    {
        var options = Valid();
        options.Enabled = false;
        options.Hosts = ["Shop.example", "*.shop.example"];
        options.Tags = ["gtm-a1", "G-B2"];
        options.Origin = "http://127.0.0.1:3000";
        options.OriginHost = "inner.example:8080";
        options.Visitor.Ip = VisitorIp.Truncate;
        options.Visitor.Referer = RefererPolicy.Full;
        options.Visitor.Cookies = ["only"];
        options.Beacons.MaxBodyBytes = 2048;
        options.Beacons.Timeout = TimeSpan.FromSeconds(3);

        var (site, errors) = Parse("shop.1-a_B", options);

        Assert.Empty(errors);
        Assert.NotNull(site);
        Assert.Equal("shop.1-a_B", site.Name);
        Assert.False(site.Enabled);
        Assert.Equal(["shop.example", "*.shop.example"], site.Hosts.Select(host => host.ToString()));
        Assert.Equal("/f807", site.Path.Value);
        Assert.Equal("GTM-A1", site.MainTag.ToString());
        Assert.Equal(["G-B2", "GTM-A1"], site.Tags.Select(tag => tag.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal("http://127.0.0.1:3000", site.Origin?.Prefix);
        Assert.Equal("inner.example:8080", site.Origin?.Host);
        Assert.Equal((VisitorIp.Truncate, RefererPolicy.Full), (site.Visitor.Ip, site.Visitor.Referer));
        Assert.Equal("only=1", site.Visitor.Cookies.Filter("_ga=2; only=1"));
        Assert.Equal(2048, site.MaxBodyBytes);
        Assert.Equal(TimeSpan.FromSeconds(3), site.Timeout);
    }

    [Fact]
    public void Parse_Defaults_ServeEveryHostAndForwardGooglesCookies()
    {
        var (site, _) = Parse("shop", Valid());

        Assert.NotNull(site);
        Assert.True(site.Enabled);
        Assert.Equal(HostPatternKind.Any, Assert.Single(site.Hosts).Kind);
        Assert.Null(site.Origin);
        Assert.Equal((VisitorIp.Forward, RefererPolicy.Origin), (site.Visitor.Ip, site.Visitor.Referer));
        Assert.Equal("_ga=1", site.Visitor.Cookies.Filter("session=2; _ga=1"));
        Assert.Equal(262144, site.MaxBodyBytes);
        Assert.Equal(TimeSpan.FromSeconds(10), site.Timeout);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("a\"b")]
    [InlineData("\u00e4")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public void Parse_Name_MustBePlain(string name) =>
        AssertOnlyError(name, Valid(), $"{KeyPath.Member("sites", name)}: a site's name is 1 to 64 letters, digits, '-', '_' and '.'");

    [Fact]
    public void Parse_LongestName_IsFine() => Assert.NotNull(Parse(new string('a', 64), Valid()).Site);

    [Fact]
    public void Parse_NoHosts_IsAnError() =>
        AssertOnlyError("shop", With(options => options.Hosts = []), "sites.shop.hosts: is empty: name at least one host, or \"*\" for any");

    [Fact]
    public void Parse_BadHost_IsNamedByItsIndex() =>
        AssertOnlyError(
            "shop",
            With(options => options.Hosts = ["shop.example", "shop.example:80"]),
            "sites.shop.hosts[1]: \"shop.example:80\" is not a host name (without port), \"*.\" and a host name, or \"*\"");

    [Theory]
    [InlineData(null, "sites.shop.path: is missing: choose an unused path of the site, such as \"/f807\"")]
    [InlineData("/a b", "sites.shop.path: \"/a b\" may hold only letters, digits and '/'")]
    public void Parse_BadPath_IsAnError(string? path, string expected) => AssertOnlyError("shop", With(options => options.Path = path), expected);

    [Fact]
    public void Parse_NoTags_IsAnError() =>
        AssertOnlyError("shop", With(options => options.Tags = []), "sites.shop.tags: is empty: name at least one tag id, such as \"G-ABC123\" or \"GTM-ABC123\"");

    [Fact]
    public void Parse_BadTag_IsNamedByItsIndex() =>
        AssertOnlyError("shop", With(options => options.Tags = ["G-A1", "UA"]), "sites.shop.tags[1]: \"UA\" is not a tag id such as \"G-ABC123\" or \"GTM-ABC123\"");

    [Fact]
    public void Parse_TagTwice_IsAnError() =>
        AssertOnlyError("shop", With(options => options.Tags = ["G-A1", "G-B1", "g-a1"]), "sites.shop.tags[2]: \"g-a1\" is named twice");

    [Theory]
    [InlineData("127.0.0.1:3000")]
    [InlineData("http://127.0.0.1/shop")]
    [InlineData("")]
    public void Parse_BadOrigin_IsAnError(string origin) =>
        AssertOnlyError(
            "shop",
            With(options => options.Origin = origin),
            $"sites.shop.origin: \"{origin}\" is not http://HOST[:PORT], https://HOST[:PORT] or h2c://HOST[:PORT], without a path");

    [Fact]
    public void Parse_OriginHostAlone_IsAnError() =>
        AssertOnlyError("shop", With(options => options.OriginHost = "inner.example"), "sites.shop.originHost: has no effect without an origin");

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData(":80")]
    [InlineData("http://inner.example")]
    [InlineData("inner.example:x")]
    [InlineData("inner.example:99999")]
    [InlineData("inner.example:80:90")]
    public void Parse_BadOriginHost_IsAnError(string host)
    {
        var options = With(options => (options.Origin, options.OriginHost) = ("http://127.0.0.1", host));

        var errors = Parse("shop", options).Errors;

        Assert.Equal([$"sites.shop.originHost: \"{host}\" is not a host name"], errors);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("a*b")]
    [InlineData("a b")]
    [InlineData("")]
    public void Parse_BadCookie_IsNamedByItsIndex(string pattern) =>
        AssertOnlyError(
            "shop",
            With(options => options.Visitor.Cookies = ["_ga", pattern]),
            $"sites.shop.visitor.cookies[1]: \"{pattern}\" is not a cookie name, nor a prefix followed by one '*'");

    [Fact]
    public void Parse_EverythingWrong_TellsAllOfIt()
    {
        var options = new SiteOptions { Hosts = ["a b", "", "x.example"], Tags = ["1", "2"], Path = "/", Origin = "x", OriginHost = "a b" };
        options.Visitor.Cookies = ["*", ";"];

        var (site, errors) = Parse("a b", options);

        Assert.Null(site);
        Assert.Equal(
            [
                "sites[\"a b\"]", "sites[\"a b\"].hosts[0]", "sites[\"a b\"].hosts[1]", "sites[\"a b\"].path", "sites[\"a b\"].tags[0]", "sites[\"a b\"].tags[1]",
                "sites[\"a b\"].origin", "sites[\"a b\"].originHost", "sites[\"a b\"].visitor.cookies[0]", "sites[\"a b\"].visitor.cookies[1]",
            ],
            errors.Select(error => error.Split(": ")[0]));
    }

    [Fact]
    public void Parse_ErrorsOfAnotherSiteBefore_DoNotSpoilThisOne()
    {
        var errors = new ConfigurationErrors();
        errors.Add("sites.other", "is wrong");

        var site = SiteParser.Parse("shop", Valid(), SomeFiles.In(), errors);

        Assert.NotNull(site);
        Assert.Single(errors.All);
    }

    [Fact]
    public void Parse_ErrorPage_IsReadFromTheWorkingDirectory()
    {
        var name = $"taggateway-{Guid.NewGuid():N}.html";
        File.WriteAllText(Path.Combine(Path.GetTempPath(), name), "<h1>Back soon</h1>");

        var (site, errors) = Parse("shop", With(options => (options.Origin, options.ErrorPage) = ("http://web", name)));
        File.Delete(Path.Combine(Path.GetTempPath(), name));

        Assert.Empty(errors);
        Assert.NotNull(site!.ErrorPage); // there are no errors
    }

    [Theory]
    [InlineData("http://web", "missing.html", "missing.html: there is no such file")]
    [InlineData("http://web", "", "is not the name of a file")]
    [InlineData("http://web", ".", ": is a directory, not a file")]
    [InlineData(null, "", "has no effect without an origin")]
    public void Parse_BadErrorPage_IsNamed(string? origin, string file, string expected)
    {
        var (site, errors) = Parse("shop", With(options => (options.Origin, options.ErrorPage) = (origin, file)));

        Assert.Null(site);
        Assert.Contains(errors, error => error.StartsWith("sites.shop.errorPage: ", StringComparison.Ordinal) && error.EndsWith(expected, StringComparison.Ordinal));
    }

    private static SiteOptions Valid() => new() { Path = "/f807", Tags = ["G-A1"] };

    private static SiteOptions With(Action<SiteOptions> change)
    {
        var options = Valid();
        change(options);
        return options;
    }

    private static (Site? Site, IReadOnlyList<string> Errors) Parse(string name, SiteOptions options)
    {
        var errors = new ConfigurationErrors();
        var site = SiteParser.Parse(name, options, SomeFiles.In(), errors);
        return (site, [.. errors.All.Select(error => error.ToString())]);
    }

    private static void AssertOnlyError(string name, SiteOptions options, string expected)
    {
        var (site, errors) = Parse(name, options);

        Assert.Null(site);
        Assert.Equal([expected], errors);
    }
}
