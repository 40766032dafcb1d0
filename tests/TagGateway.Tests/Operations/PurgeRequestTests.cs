using System.Text;
using TagGateway.Operations;
using TagGateway.Sites;
using TagGateway.Tests.Sites;

namespace TagGateway.Tests.Operations;

public sealed class PurgeRequestTests
{
    private static readonly SiteTable Sites = SomeSettings.Create([SomeSite.Create("shop"), SomeSite.Create("Blog.de")]).Value.Sites;

    [Theory]
    [InlineData("""{"all":true}""", "*")]
    [InlineData("""{"site":"shop"}""", "shop")]
    [InlineData("""{"tag":"g-abc123"}""", "*/G-ABC123")]
    [InlineData("""{"site":"BLOG.DE","tag":"GTM-X1"}""", "Blog.de/GTM-X1")]
    [InlineData(""" {"Site": "shop"} """, "shop")]
    public void TryParse_OneOfTheWays_IsAScope(string json, string expected)
    {
        Assert.True(Parse(json, out var scope, out _));
        Assert.Equal(expected, scope);
    }

    [Theory]
    [InlineData("", "the body is not JSON: line 1, column 1: ")]
    [InlineData("{", "the body is not JSON: line 1, column 2: ")]
    [InlineData("{\"all\":true} x", "the body is not JSON: ")]
    [InlineData("all", "the body is not JSON: line 1, column 1: ")]
    [InlineData("{\"site\":\"\\ud800\"}", "the body is not JSON: line 1: a text holds an invalid \\u escape")]
    [InlineData("null", "the body must be an object: give \"site\", \"tag\" or both, or \"all\": true")]
    [InlineData("[]", "the body must be an object: ")]
    [InlineData("\"shop\"", "the body must be an object: ")]
    [InlineData("{}", "give \"site\", \"tag\" or both, or \"all\": true")]
    [InlineData("{\"all\":true,\"site\":\"shop\"}", "give \"site\", \"tag\" or both, or \"all\": true")]
    [InlineData("{\"all\":true,\"tag\":\"G-A\"}", "give \"site\", ")]
    [InlineData("{\"all\":false}", "all: must be true, not false")]
    [InlineData("{\"all\":\"true\"}", "all: must be true, not \"true\"")]
    [InlineData("{\"all\":1}", "all: must be true, not a number")]
    [InlineData("{\"all\":null}", "all: must be true, not null")]
    [InlineData("{\"site\":null}", "site: must be a string, not null")]
    [InlineData("{\"site\":null,\"tag\":\"G-A\"}", "site: must be a string, not null")]
    [InlineData("{\"site\":[\"shop\"]}", "site: must be a string, not a list")]
    [InlineData("{\"site\":\"shpo\"}", "site: there is no site \"shpo\"; did you mean \"shop\"?")]
    [InlineData("{\"site\":\"\"}", "site: there is no site \"\"")]
    [InlineData("{\"site\":\"*\"}", "site: there is no site \"*\"")]
    [InlineData("{\"site\":\"a\\nb\"}", "site: there is no site \"a\\u000Ab\"")]
    [InlineData("{\"site\":\"shop\",\"tag\":null}", "tag: must be a string, not null")]
    [InlineData("{\"site\":\"shop\",\"tag\":\"\"}", "tag: \"\" is not a tag id such as ")]
    [InlineData("{\"tag\":\"G_A\"}", "tag: \"G_A\" is not a tag id such as ")]
    [InlineData("{\"tag\":5}", "tag: must be a string, not a number")]
    [InlineData("{\"site\":\"shop\",\"site\":\"shop\"}", "site: is given twice")]
    [InlineData("{\"site\":\"shop\",\"SITE\":\"shop\"}", "SITE: is given twice: ")]
    [InlineData("{\"sites\":\"shop\"}", "sites: unknown key; did you mean \"site\"?")]
    [InlineData("{\"site\":\"shop\",\"region\":\"US\"}", "region: unknown key; give \"site\", ")]
    public void TryParse_AnythingElse_IsAnErrorThatNamesIt(string json, string expected)
    {
        Assert.False(Parse(json, out _, out var error));
        Assert.StartsWith(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_NotUtf8_IsAnError()
    {
        Assert.False(PurgeRequest.TryParse([(byte)'{', 0xFF, (byte)'}'], Sites, out _, out var error));
        Assert.Equal("the body is not UTF-8 text", error.ToString());
    }

    [Fact]
    public void TryParse_NestedTooDeep_IsAnError() => Assert.False(Parse($"{{\"a\":{new string('[', 10_000)}", out _, out _));

    private static bool Parse(string json, out string scope, out string? error)
    {
        var isFine = PurgeRequest.TryParse(Encoding.UTF8.GetBytes(json), Sites, out var parsed, out var problem);
        (scope, error) = (parsed.ToString(), problem?.ToString());
        return isFine;
    }
}
