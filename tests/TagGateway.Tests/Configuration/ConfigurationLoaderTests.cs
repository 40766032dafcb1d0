using TagGateway.Configuration;
using TagGateway.Sanitizing;

namespace TagGateway.Tests.Configuration;

/// <summary>Which of file, environment and flags wins.</summary>
public sealed class ConfigurationLoaderTests : IDisposable
{
    private const string Shop = """{ "sites": { "Shop": { "path": "/file", "tags": ["G-FILE"], "hosts": ["file.example"], "visitor": { "ip": "hide" } } } }""";
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_OnlyTheFile_TheRestIsDefault()
    {
        var loaded = _folder.LoadFile(Shop);

        Assert.Empty(loaded.Errors);
        var site = Assert.Single(loaded.Settings!.Sites.All);
        Assert.Equal("Shop", site.Name);
        Assert.Equal("/file", site.Path.Value);
        Assert.Equal(VisitorIp.Hide, site.Visitor.Ip);
        Assert.Equal(262144, site.MaxBodyBytes);
        Assert.Equal("http://*:8080", loaded.Options.Urls);
        Assert.Equal(_folder.At("config/taggateway.json"), loaded.FilePath);
    }

    [Fact]
    public void Load_FileAndEnvironment_EnvironmentWinsAndObjectsMerge()
    {
        var loaded = _folder.LoadFile(Shop, ("TAGGATEWAY_SITES__SHOP__PATH", "/environment"), ("TAGGATEWAY_SITES__SHOP__VISITOR__REFERER", "full"));

        Assert.Empty(loaded.Errors);
        var site = Assert.Single(loaded.Settings!.Sites.All);
        Assert.Equal("Shop", site.Name);
        Assert.Equal("/environment", site.Path.Value);
        Assert.Equal("G-FILE", site.MainTag.ToString());
        Assert.Equal(VisitorIp.Hide, site.Visitor.Ip);
        Assert.Equal(RefererPolicy.Full, site.Visitor.Referer);
    }

    [Fact]
    public void Load_FileEnvironmentAndFlags_FlagsWinAndListsReplace()
    {
        _folder.Write(ConfigurationFile.DefaultPath, Shop);
        var flags = new ConfigurationFlags { Path = "/flag", Tag = "G-ONE,G-TWO", Urls = "http://127.0.0.1:0", Host = "flag.example", Origin = "http://127.0.0.1:3000" };

        var loaded = _folder.Load(flags, ("TAGGATEWAY_SITES__SHOP__PATH", "/environment"), ("TAGGATEWAY_URLS", "http://*:9"), ("TAGGATEWAY_TAG", "G-ENV"));

        Assert.Empty(loaded.Errors);
        var site = Assert.Single(loaded.Settings!.Sites.All);
        Assert.Equal("/flag", site.Path.Value);
        Assert.Equal(["G-ONE", "G-TWO"], site.Tags.Select(tag => tag.ToString()).Order());
        Assert.Equal("flag.example", Assert.Single(site.Hosts).ToString());
        Assert.Equal("http://127.0.0.1:3000", site.Origin!.Prefix);
        Assert.Equal("http://127.0.0.1:0", loaded.Options.Urls);
    }

    [Fact]
    public void Load_NoFileButShortForms_MakesTheSiteDefault()
    {
        var loaded = _folder.Load(null, ("TAGGATEWAY_TAG", "G-ABC123"), ("TAGGATEWAY_PATH", "/f807"), ("TAGGATEWAY_ORIGIN", "http://127.0.0.1:3000"));

        Assert.Empty(loaded.Errors);
        Assert.Null(loaded.FilePath);
        Assert.Null(loaded.Fingerprint);
        Assert.Equal("default", Assert.Single(loaded.Settings!.Sites.All).Name);
    }

    [Fact]
    public void Load_FlagConfigAndVariableConfig_FlagNamesTheFile()
    {
        _folder.Write("flag.json", Shop);
        _folder.Write("variable.json", Shop.Replace("/file", "/variable", StringComparison.Ordinal));

        var byFlag = _folder.Load(new ConfigurationFlags { Config = "flag.json" }, ("TAGGATEWAY_CONFIG", "variable.json"));
        var byVariable = _folder.Load(null, ("TAGGATEWAY_CONFIG", _folder.At("variable.json")));

        Assert.Equal("/file", byFlag.Settings!.Sites.All[0].Path.Value);
        Assert.Equal("/variable", byVariable.Settings!.Sites.All[0].Path.Value);
    }

    [Fact]
    public void Load_KeysInAnyCase_AreTheOptions()
    {
        var loaded = _folder.LoadFile("""{ "SITES": { "a": { "PATH": "/f807", "tAgs": ["G-A"], "Visitor": { "IP": "TRUNCATE" } } }, "Urls": "http://*:1" }""", ("TAGGATEWAY_sites__A__visitor__Referer", "FULL"));

        Assert.Empty(loaded.Errors);
        Assert.Equal(VisitorIp.Truncate, loaded.Settings!.Sites.All[0].Visitor.Ip);
        Assert.Equal(RefererPolicy.Full, loaded.Settings.Sites.All[0].Visitor.Referer);
        Assert.Equal("http://*:1", loaded.Options.Urls);
    }

    [Fact]
    public void Load_CommentsTrailingCommasAndByteOrderMark_AreFine()
    {
        var loaded = _folder.LoadFile("\uFEFF// a\n{ /* b */ \"sites\": { \"a\": { \"path\": \"/f807\", \"tags\": [\"G-A\",], }, }, }\n// end");

        Assert.Empty(loaded.Errors);
    }

    [Fact]
    public void Load_SameBytesOrOther_FingerprintTells()
    {
        var first = _folder.LoadFile(Shop);
        var second = _folder.LoadFile(Shop);
        var third = _folder.LoadFile(Shop + " ");

        Assert.Equal(first.Fingerprint, second.Fingerprint);
        Assert.NotEqual(first.Fingerprint, third.Fingerprint);
    }

    [Fact]
    public void Load_ErrorInAValueOfEnvironmentOrFlag_NamesTheSource()
    {
        _folder.Write(ConfigurationFile.DefaultPath, Shop);

        var loaded = _folder.Load(
            new ConfigurationFlags { Origin = "ftp://x", Urls = "http://*:x" },
            ("TAGGATEWAY_SITES__SHOP__HOSTS", "a.example,b c"),
            ("TAGGATEWAY_SITES__SHOP__VISITOR__IP", "never"));

        Assert.Null(loaded.Settings);
        Assert.Equal(4, loaded.Errors.Count);
        Assert.Contains(loaded.Errors, error => error.Path == "sites.Shop.hosts[1]" && error.Message.EndsWith("(from TAGGATEWAY_SITES__SHOP__HOSTS)", StringComparison.Ordinal));
        Assert.Contains(loaded.Errors, error => error.Path == "sites.Shop.visitor.ip" && error.Message.EndsWith("(from TAGGATEWAY_SITES__SHOP__VISITOR__IP)", StringComparison.Ordinal));
        Assert.Contains(loaded.Errors, error => error.Path == "sites.Shop.origin" && error.Message.EndsWith("(from --origin)", StringComparison.Ordinal));
        Assert.Contains(loaded.Errors, error => error.Path == "urls" && error.Message.EndsWith("(from --urls)", StringComparison.Ordinal));
    }

    [Fact]
    public void FromOptions_WithoutAFile_JudgesTheSame()
    {
        var good = ConfigurationLoader.FromOptions(new GatewayOptions { Sites = { ["a"] = new() { Path = "/f807", Tags = ["G-A"] } } });
        var bad = ConfigurationLoader.FromOptions(new GatewayOptions { Sites = { ["a"] = new() { Path = "f807", Tags = ["G-A"] } }, Urls = "" });

        Assert.NotNull(good.Settings);
        Assert.Equal("geo", Assert.Single(good.Warnings).Path);
        Assert.Null(bad.Settings);
        Assert.Equal(["sites.a.path", "urls"], bad.Errors.Select(error => error.Path));
    }
}
