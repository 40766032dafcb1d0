using TagGateway.Configuration;

namespace TagGateway.Tests.Configuration;

/// <summary>What variables mean, and what they may not say.</summary>
public sealed class EnvironmentLayerTests : IDisposable
{
    private const string TwoSites = """{ "sites": { "a": { "path": "/a1", "tags": ["G-A"], "hosts": ["a.example"], "originHost": "x.example", "origin": "http://x" }, "B-b": { "path": "/b1", "tags": ["G-B"], "hosts": ["b.example"] } } }""";
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.example,b.example", "a.example b.example")]
    [InlineData(" a.example , b.example ,", "a.example b.example")]
    [InlineData("""["a.example", "b.example"]""", "a.example b.example")]
    [InlineData("a.example", "a.example")]
    public void Load_List_IsSeparatedByCommasOrJson(string text, string hosts)
    {
        var loaded = Single(("TAGGATEWAY_HOST", text));

        Assert.Empty(loaded.Errors);
        Assert.Equal(hosts, string.Join(' ', loaded.Settings!.Sites.All[0].Hosts));
    }

    [Fact]
    public void Load_EveryKindOfValue_IsReadFromText()
    {
        var loaded = Single(
            ("TAGGATEWAY_SITES__DEFAULT__ENABLED", "False"),
            ("TAGGATEWAY_SITES__DEFAULT__BEACONS__MAXBODYBYTES", " 2048 "),
            ("TAGGATEWAY_SITES__DEFAULT__BEACONS__TIMEOUT", "00:00:03"),
            ("TAGGATEWAY_SITES__DEFAULT__VISITOR__IP", "hide"),
            ("TAGGATEWAY_SITES__DEFAULT__PAGE__TAG", "leave"),
            ("TAGGATEWAY_GEO__HEADERS", "X-Geo"),
            ("TAGGATEWAY_GEO__DEFAULT", "US-CA"),
            ("TAGGATEWAY_TRUSTEDPROXIES", "10.0.0.0/8,::1"),
            ("TAGGATEWAY_CONNECTTO", """{ "*": "http://127.0.0.1:1" }"""),
            ("TAGGATEWAY_ADMIN__TOKEN", ""));

        Assert.Empty(loaded.Errors);
        var site = loaded.Settings!.Sites.All[0];
        Assert.False(site.Enabled);
        Assert.Equal(2048, site.MaxBodyBytes);
        Assert.Equal(TimeSpan.FromSeconds(3), site.Timeout);
        Assert.Equal(["X-Geo"], loaded.Options.Geo.Headers);
        Assert.Equal(["10.0.0.0/8", "::1"], loaded.Options.TrustedProxies);
        Assert.True(loaded.Settings.ConnectTo.TryFind("g-a.fps.goog", out _));
    }

    [Fact]
    public void Load_ObjectAsJson_MergesWithTheFiles()
    {
        var loaded = _folder.LoadFile(
            """{ "sites": { "a": { "path": "/f807", "tags": ["G-A"] } }, "connectTo": { "*": "http://file", "*.fps.goog": "http://file" } }""",
            ("TAGGATEWAY_CONNECTTO", """{ "*.fps.goog": "http://environment", "a.b": "x" }"""));

        Assert.Equal("connectTo[\"a.b\"]", Assert.Single(loaded.Errors).Path);
        Assert.EndsWith("(from TAGGATEWAY_CONNECTTO)", loaded.Errors[0].Message, StringComparison.Ordinal);
        Assert.Equal(["* http://file", "*.fps.goog http://environment", "a.b x"], loaded.Options.ConnectTo.Select(pair => $"{pair.Key} {pair.Value}"));
    }

    [Theory]
    [InlineData("SITES__DEFAULT__ENABLED", "yes", "sites.default.enabled: must be true or false, not \"yes\"")]
    [InlineData("SITES__DEFAULT__ENABLED", "", "sites.default.enabled: must be true or false, not \"\"")]
    [InlineData("SITES__DEFAULT__ENABLED", "1", "sites.default.enabled: must be true or false, not a number")]
    [InlineData("SITES__DEFAULT__BEACONS__MAXBODYBYTES", "64k", "sites.default.beacons.maxBodyBytes: must be a whole number, not \"64k\"")]
    [InlineData("SITES__DEFAULT__BEACONS__MAXBODYBYTES", "2048.5", "sites.default.beacons.maxBodyBytes: must be a whole number, not 2048.5")]
    [InlineData("SITES__DEFAULT__BEACONS__MAXBODYBYTES", "-1", "sites.default.beacons.maxBodyBytes: must be 1024 to 16777216, not -1")]
    [InlineData("SITES__DEFAULT__BEACONS__TIMEOUT", "3", "sites.default.beacons.timeout: \"3\" is not a duration")]
    [InlineData("LOG__LEVEL", "warn", "log.level: must be \"debug\", \"information\", \"warning\" or \"error\", not \"warn\"")]
    [InlineData("LOG", "warning", "log: must be an object, not a string")]
    [InlineData("GEO__HEADERS", "[1]", "geo.headers[0]: must be a string, not a number")]
    [InlineData("GEO__HEADERS", "[", "TAGGATEWAY_GEO__HEADERS: is not valid JSON: line 1")]
    [InlineData("SPOOL", "x", "TAGGATEWAY_SPOOL: is not valid JSON: line 1")]
    [InlineData("SPOOL__DIRECTORY", "x", "TAGGATEWAY_SPOOL__DIRECTORY: unknown variable; TAGGATEWAY_SPOOL has nothing below it")]
    [InlineData("CACHE", "x", "cache: must be an object, not a string")]
    [InlineData("CACHE__MEMORYBYTES", "64M", "cache.memoryBytes: must be a whole number, not \"64M\"")]
    public void Load_TextThatIsNoSuchValue_IsNamedWithItsSource(string word, string text, string expected)
    {
        var loaded = Single(($"TAGGATEWAY_{word}", text));

        var error = Assert.Single(loaded.Errors).ToString();
        Assert.StartsWith(expected, error, StringComparison.Ordinal);
        Assert.Contains($"TAGGATEWAY_{word}", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TAGGATEWAY_URL", "did you mean TAGGATEWAY_URLS?")]
    [InlineData("TAGGATEWAY_TAGS", "did you mean TAGGATEWAY_TAG?")]
    [InlineData("TAGGATEWAY_CONFIG_FILE", "did you mean TAGGATEWAY_CONFIG?")]
    [InlineData("TAGGATEWAY_SITES__A__ORIGN_FILE", "did you mean TAGGATEWAY_SITES__A__ORIGIN_FILE?")]
    [InlineData("TAGGATEWAY_TRUSTED_PROXIES", "did you mean TAGGATEWAY_TRUSTEDPROXIES?")]
    [InlineData("TAGGATEWAY_SITES__A__PTAH", "did you mean TAGGATEWAY_SITES__A__PATH?")]
    [InlineData("TAGGATEWAY_SITES_A_PATH", "did you mean TAGGATEWAY_SITES__A__PATH?")]
    [InlineData("TAGGATEWAY_SITES__A__VISITR__IP", "did you mean TAGGATEWAY_SITES__A__VISITOR__IP?")]
    [InlineData("TAGGATEWAY_SITES__A__HOSTS__0", "a list is given whole, separated by commas: TAGGATEWAY_SITES__A__HOSTS=a,b")]
    [InlineData("TAGGATEWAY_URLS__0", "TAGGATEWAY_URLS has nothing below it")]
    [InlineData("TAGGATEWAY_SOMETHING", "unknown variable")]
    [InlineData("TAGGATEWAY_", "unknown variable")]
    [InlineData("TAGGATEWAY_SITES__", "unknown variable")]
    public void Load_UnknownVariable_IsAnErrorThatHelps(string name, string hint)
    {
        var loaded = _folder.LoadFile(TwoSites, (name, "x"));

        var error = Assert.Single(loaded.Errors);
        Assert.Equal(name, error.Path);
        Assert.EndsWith(hint, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_VariablesOfOthers_AreNotLookedAt() =>
        Assert.Empty(Single(("PATH", "/bin"), ("ASPNETCORE_URLS", "x"), ("TAGGATEWAYS", "x"), ("TAG", "y")).Errors);

    [Fact]
    public void Load_SiteNames_MatchInAnyCaseAndNewOnesAreLowerCase()
    {
        var loaded = _folder.LoadFile(TwoSites,
            ("TAGGATEWAY_SITES__B-B__PATH", "/b2"),
            ("TAGGATEWAY_SITES__NEW__PATH", "/n1"),
            ("TAGGATEWAY_SITES__New__TAGS", "G-N"),
            ("TAGGATEWAY_SITES__new__HOSTS", "n.example"));

        Assert.Empty(loaded.Errors);
        Assert.Equal(["a /a1", "B-b /b2", "new /n1"], loaded.Settings!.Sites.All.Select(site => $"{site.Name} {site.Path}"));
    }

    [Fact]
    public void Load_EmptyValueForAKeyThatMayBeNull_TakesTheFilesValueAway()
    {
        var loaded = _folder.LoadFile(TwoSites, ("TAGGATEWAY_SITES__A__ORIGIN", ""), ("TAGGATEWAY_SITES__A__ORIGINHOST", ""));

        Assert.Empty(loaded.Errors);
        Assert.Null(loaded.Options.Sites["a"].Origin);
        Assert.Null(loaded.Options.Sites["a"].OriginHost);
    }

    [Fact]
    public void Load_EmptyShortForm_CountsAsNotGiven() =>
        Assert.Empty(_folder.LoadFile(TwoSites, ("TAGGATEWAY_ORIGIN", ""), ("TAGGATEWAY_TAG", ""), ("TAGGATEWAY_URLS_FILE", "")).Errors);

    [Theory]
    [InlineData("http://127.0.0.1:3000")]
    [InlineData("http://127.0.0.1:3000\n")]
    [InlineData("http://127.0.0.1:3000\r\n")]
    public void Load_ValueInAFile_IsReadWithoutItsLastLineBreak(string text)
    {
        _folder.Write("secret", text);

        var loaded = _folder.LoadFile(TwoSites, ("TAGGATEWAY_SITES__A__ORIGIN_FILE", "secret"));

        Assert.Empty(loaded.Errors);
        Assert.Equal("http://127.0.0.1:3000", loaded.Options.Sites["a"].Origin);
    }

    [Fact]
    public void Load_ValuesInFiles_WorkForShortFormsAndListsToo()
    {
        _folder.Write("tags", "G-A,G-B\n");

        var loaded = _folder.Load(null, ("TAGGATEWAY_TAG_FILE", "tags"), ("TAGGATEWAY_PATH", "/f807"));

        Assert.Empty(loaded.Errors);
        Assert.Equal(["G-A", "G-B"], loaded.Options.Sites["default"].Tags);
    }

    [Fact]
    public void Load_ValueInAMissingFile_IsOneErrorOfTheVariable()
    {
        var loaded = _folder.Load(null, ("TAGGATEWAY_TAG_FILE", "nowhere"), ("TAGGATEWAY_SITES__DEFAULT__PATH_FILE", "."));

        Assert.Equal(
            ["TAGGATEWAY_SITES__DEFAULT__PATH_FILE: .: is a directory, not a file", "TAGGATEWAY_TAG_FILE: nowhere: there is no such file"],
            loaded.Errors.Select(error => error.ToString()));
    }

    [Fact]
    public void Load_SecretInAFile_IsInForce()
    {
        _folder.Write("token", "a-token-of-some-length\n");

        var loaded = Single(("TAGGATEWAY_ADMIN__TOKEN_FILE", "token"));

        Assert.Empty(loaded.Errors);
        Assert.True(loaded.Settings!.AdminToken!.Matches("a-token-of-some-length"));
    }

    [Theory]
    [InlineData("TAGGATEWAY_ADMIN__TOKEN_FILE", "the-token-itself", "TAGGATEWAY_ADMIN__TOKEN_FILE: the file it names: there is no such file")]
    [InlineData("TAGGATEWAY_ADMIN__TOKEN_FILE", "empty", "TAGGATEWAY_ADMIN__TOKEN_FILE: the file it names: is empty")]
    [InlineData("TAGGATEWAY_ADMIN__TOKEN", "too-short-a-one", "admin.token: must be 16 to 1024 visible ASCII characters, without spaces (from TAGGATEWAY_ADMIN__TOKEN)")]
    [InlineData("TAGGATEWAY_ADMIN", "the-token-itself", "admin: must be an object, not a string (from TAGGATEWAY_ADMIN)")]
    [InlineData("TAGGATEWAY_ADMIN", "{\"token\":the-token-itself}", "TAGGATEWAY_ADMIN: is not valid JSON: line 1, column 11: a word that is not true, false or null: a text stands in quotes")]
    public void Load_BadSecret_IsAnErrorThatDoesNotTellIt(string variable, string value, string expected)
    {
        _folder.Write("empty", " \r\n");

        Assert.Equal(expected, Assert.Single(Single((variable, value)).Errors).ToString());
    }

    [Theory]
    [InlineData("TAGGATEWAY_PATH", "TAGGATEWAY_SITES__DEFAULT__PATH")]
    [InlineData("TAGGATEWAY_SITES__DEFAULT__PATH_FILE", "TAGGATEWAY_SITES__DEFAULT__PATH")]
    public void Load_OneKeyByTwoVariables_IsAnError(string second, string first)
    {
        var loaded = _folder.Load(null, (first, "/f807"), (second, "/f808"), ("TAGGATEWAY_TAG", "G-A"));

        Assert.Equal($"{second}: sets sites.default.path, as {first} does: give one of them", Assert.Single(loaded.Errors).ToString());
    }

    [Fact]
    public void Load_VariableBelowSomethingThatIsNoObject_NamesTheFilesMistakeAndItsOwn()
    {
        var loaded = _folder.LoadFile("""{ "sites": { "a": 5 } }""", ("TAGGATEWAY_SITES__A__VISITOR__IP", "x"));

        Assert.Equal(["sites.a", "sites.a.visitor.ip"], loaded.Errors.Select(error => error.Path));
    }

    [Fact]
    public void Load_ShortFormsWithSeveralSites_AreErrors()
    {
        _folder.Write(ConfigurationFile.DefaultPath, TwoSites);

        var loaded = _folder.Load(new ConfigurationFlags { Host = "x.example" }, ("TAGGATEWAY_TAG", "G-A"));

        Assert.Equal(
            [
                "TAGGATEWAY_TAG: is for a single site, and there are 2: a, B-b; set sites.<name>.tags instead",
                "--host: is for a single site, and there are 2: a, B-b; set sites.<name>.hosts instead",
            ],
            loaded.Errors.Select(error => error.ToString()));
    }

    private LoadedConfiguration Single(params (string Name, string Value)[] more) =>
        _folder.Load(null, [("TAGGATEWAY_TAG", "G-A"), ("TAGGATEWAY_PATH", "/f807"), .. more]);
}
