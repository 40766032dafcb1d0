using TagGateway.Tests.Receiving;

namespace TagGateway.Tests.Configuration;

/// <summary>What is said though it is allowed.</summary>
public sealed class ConfigurationWarningsTests : IDisposable
{
    private const string Site = "\"sites\": { \"a\": { \"path\": \"/f807\", \"tags\": [\"G-A\"] } }";
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("\"geo\": { \"default\": \"US-CA\" }")]
    [InlineData("\"geo\": { \"default\": \"usca\" }")]
    [InlineData("\"trustedProxies\": [\"10.0.0.0/8\"]")]
    [InlineData("\"geo\": { \"default\": \"DE\" }, \"connectTo\": { \"*.fps.goog\": \"http://x\", \"g-a.fps.goog\": \"http://x\", \"*\": \"http://x\" }")]
    [InlineData("\"geo\": { \"default\": \"DE\" }, \"sites\": { \"a\": { \"path\": \"/f807\", \"tags\": [\"G-A\"], \"upstream\": \"google\" } }, \"connectTo\": { \"www.google.de\": \"http://x\", \"*.google-analytics.com\": \"http://x\" }")]
    [InlineData("\"geo\": { \"default\": \"DE\" }, \"sites\": { \"a\": { \"path\": \"/f807\", \"tags\": [\"G-A\"], \"coverage\": \"full\" } }, \"connectTo\": { \"*.fps.goog\": \"http://x\", \"7.fls.doubleclick.net\": \"http://x\" }")]
    public void Load_NothingToWarnOf_IsSilent(string members) =>
        Assert.Empty(_folder.LoadFile(members.Contains("sites", StringComparison.Ordinal) ? $"{{ {members} }}" : $"{{ {Site}, {members} }}").Warnings);

    [Theory]
    [InlineData("\"upstream\": \"google\"", "\"connectTo\": { \"*.fps.goog\": \"http://x\" }", "connectTo[\"*.fps.goog\"]")]
    [InlineData("\"coverage\": \"full\"", "\"connectTo\": { \"mail.google.com\": \"http://x\" }", "connectTo[\"mail.google.com\"]")]
    [InlineData("\"upstream\": \"google\", \"visitor\": { \"cookies\": [\"_ga\"] }", "\"urls\": \"http://*:1\"", "sites.a.visitor.cookies")]
    public void Load_FullCoverageWithoutEffectOfASetting_IsOneWarning(string site, string members, string path)
    {
        var loaded = _folder.LoadFile($"{{ \"sites\": {{ \"a\": {{ \"path\": \"/f807\", \"tags\": [\"G-A\"], {site} }} }}, \"geo\": {{ \"default\": \"DE\" }}, {members} }}");

        Assert.Equal(path, Assert.Single(loaded.Warnings).Path);
    }

    [Theory]
    [InlineData("\"include\": [\"/a\"]", "include")]
    [InlineData("\"exclude\": [\"/a\"]", "exclude")]
    [InlineData("\"contentTypes\": [\"text/xml\"]", "contentTypes")]
    [InlineData("\"position\": \"headEnd\"", "position")]
    [InlineData("\"tag\": \"rewrite\", \"position\": \"afterConsent\"", "position")]
    [InlineData("\"tag\": \"rewrite\", \"consentDefault\": { \"ad_storage\": \"denied\" }", "consentDefault")]
    public void Load_PageSettingWithoutEffect_IsOneWarning(string page, string key)
    {
        var loaded = _folder.LoadFile($"{{ \"sites\": {{ \"a\": {{ \"path\": \"/f807\", \"tags\": [\"G-A\"], \"origin\": \"http://web\", \"page\": {{ {page} }} }} }}, \"geo\": {{ \"default\": \"DE\" }} }}");

        Assert.Empty(loaded.Errors);
        Assert.Equal($"sites.a.page.{key}", Assert.Single(loaded.Warnings).Path);
    }

    [Fact]
    public void Load_FullCoverageWithoutASourceOfRegions_IsWarnedOf() =>
        Assert.Equal("geo", Assert.Single(_folder.LoadFile("""{ "sites": { "a": { "path": "/f807", "tags": ["G-A"], "upstream": "google" } } }""").Warnings).Path);

    [Fact]
    public void Load_DatabaseAlone_IsASourceOfRegions()
    {
        File.WriteAllBytes(_folder.At("geo.mmdb"), new MmdbWriter().Add("203.0.113.0/24", MmdbWriter.Place("US")).ToBytes());

        Assert.Empty(_folder.LoadFile($"{{ {Site}, \"geo\": {{ \"database\": \"geo.mmdb\" }} }}").Warnings);
    }

    [Theory]
    [InlineData("\"urls\": \"http://*:1\"", "geo", "trustedProxies is empty")]
    [InlineData("\"trustedProxies\": [\"::1\"], \"geo\": { \"headers\": [] }", "geo", "geo.headers is empty")]
    [InlineData("\"geo\": { \"headers\": \"X-Geo\", \"default\": \"US\" }", "geo.headers", "without trustedProxies")]
    [InlineData("\"geo\": { \"default\": \"US\" }, \"connectTo\": { \"www.google.com\": \"http://x\" }", "connectTo[\"www.google.com\"]", "has no effect")]
    public void Load_SettingWithoutEffect_IsOneWarning(string members, string path, string message)
    {
        var loaded = _folder.LoadFile($"{{ {Site}, {members} }}");

        Assert.Empty(loaded.Errors);
        var warning = Assert.Single(loaded.Warnings);
        Assert.Equal(path, warning.Path);
        Assert.Contains(message, warning.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/x/collect", "http://127.0.0.1:3000", "sites.a.path", "\"collect\"")]
    [InlineData("/Metrics", null, "sites.a.path", "\"metrics\"")]
    [InlineData("/f807", "http://127.0.0.1:8080", "sites.a.origin", "this gateway itself")]
    [InlineData("/f807", "http://localhost:8080", "sites.a.origin", "this gateway itself")]
    public void Load_SiteThatWillMeasureWrong_IsOneWarning(string path, string? origin, string at, string message)
    {
        var site = $"\"path\": \"{path}\", \"tags\": [\"G-A\"]{(origin is null ? "" : $", \"origin\": \"{origin}\"")}";

        var loaded = _folder.LoadFile($"{{ \"sites\": {{ \"a\": {{ {site} }} }}, \"geo\": {{ \"default\": \"US\" }} }}");

        var warning = Assert.Single(loaded.Warnings);
        Assert.Equal(at, warning.Path);
        Assert.Contains(message, warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_WithErrors_OnlyTheErrorsAreTold() =>
        Assert.Empty(_folder.LoadFile("{ \"sites\": { \"a\": { \"path\": \"/collect\" } } }").Warnings);
}
