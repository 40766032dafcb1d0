using TagGateway.Html;

namespace TagGateway.Tests.Html;

public sealed class ContentPoliciesTests
{
    private const string Origin = "https://www.shop.example";
    private const string Path = "/f807";

    /// <summary>Policy, nonce used; an inline script, a script in the markup, one made by a script (CSP3 §6.7).</summary>
    [Theory]
    [InlineData("img-src 'none'", null, true, true, true)]
    [InlineData("script-src 'none'", null, false, false, false)]
    [InlineData("script-src", null, false, false, false)]
    [InlineData("script-src 'self'", null, false, true, true)]
    [InlineData("script-src 'SELF'", null, false, true, true)]
    [InlineData("script-src 'self' 'unsafe-inline'", null, true, true, true)]
    [InlineData("script-src 'self' 'none'", null, false, true, true)]
    [InlineData("script-src 'unsafe-inline'", null, true, false, false)]
    [InlineData("default-src 'self'", null, false, true, true)]
    [InlineData("default-src 'none'; script-src 'self' 'unsafe-inline'", null, true, true, true)]
    [InlineData("script-src 'none'; script-src-elem 'self' 'unsafe-inline'", null, true, true, true)]
    [InlineData("script-src-elem 'none'; script-src * 'unsafe-inline'", null, false, false, false)]
    [InlineData("script-src-attr 'none'", null, true, true, true)]
    [InlineData("SCRIPT-SRC 'none'; script-src *", null, false, false, false)]
    [InlineData("script-src\t'self'\f'unsafe-inline'", null, true, true, true)]
    [InlineData("script-src 'nonce-abc'", "abc", true, true, true)]
    [InlineData("script-src 'nonce-abc'", null, false, false, false)]
    [InlineData("script-src 'nonce-abc'", "ABC", false, false, false)]
    [InlineData("script-src 'NONCE-abc'", "abc", true, true, true)]
    [InlineData("script-src 'nonce-abc' 'unsafe-inline'", null, false, false, false)]
    [InlineData("script-src 'nonce-abc' 'self'", null, false, true, true)]
    [InlineData("script-src 'nonce-' 'unsafe-inline'", "", true, false, false)]
    [InlineData("script-src 'nonce-a b' 'unsafe-inline'", null, true, false, false)]
    [InlineData("script-src 'nonce-a!' 'unsafe-inline'", null, true, false, false)]
    [InlineData("script-src 'sha256-AAAA' 'unsafe-inline'", null, false, false, false)]
    [InlineData("script-src 'sha256-AAAA' 'self'", null, false, true, true)]
    [InlineData("script-src 'sha999-AAAA' 'unsafe-inline'", null, true, false, false)]
    [InlineData("script-src 'strict-dynamic' 'unsafe-inline' https:", null, false, false, true)]
    [InlineData("script-src 'strict-dynamic' 'nonce-abc' 'unsafe-inline' https:", "abc", true, true, true)]
    [InlineData("script-src 'strict-dynamic' 'nonce-abc' 'self'", null, false, false, true)]
    [InlineData("script-src 'strict-dynamic' 'sha256-AAAA' *", null, false, false, true)]
    [InlineData("script-src *", null, false, true, true)]
    [InlineData("script-src https:", null, false, true, true)]
    [InlineData("script-src http:", null, false, true, true)]
    [InlineData("script-src data: blob:", null, false, false, false)]
    [InlineData("script-src www.shop.example", null, false, true, true)]
    [InlineData("script-src WWW.Shop.Example", null, false, true, true)]
    [InlineData("script-src https://www.shop.example", null, false, true, true)]
    [InlineData("script-src http://www.shop.example", null, false, true, true)]
    [InlineData("script-src wss://www.shop.example", null, false, true, true)]
    [InlineData("script-src ftp://www.shop.example", null, false, false, false)]
    [InlineData("script-src *.shop.example", null, false, true, true)]
    [InlineData("script-src *.www.shop.example", null, false, false, false)]
    [InlineData("script-src shop.example", null, false, false, false)]
    [InlineData("script-src https://*", null, false, true, true)]
    [InlineData("script-src www.shop.example:443", null, false, true, true)]
    [InlineData("script-src www.shop.example:*", null, false, true, true)]
    [InlineData("script-src www.shop.example:8443", null, false, false, false)]
    [InlineData("script-src www.shop.example/f807/", null, false, true, true)]
    [InlineData("script-src www.shop.example/f807", null, false, false, false)]
    [InlineData("script-src www.shop.example/", null, false, true, true)]
    [InlineData("script-src www.shop.example/%66807/", null, false, true, true)]
    [InlineData("script-src www.shop.example/js/", null, false, false, false)]
    [InlineData("script-src https://www.googletagmanager.com", null, false, false, false)]
    [InlineData("sandbox; script-src * 'unsafe-inline'", null, false, false, false)]
    [InlineData("sandbox allow-scripts; script-src * 'unsafe-inline'", null, true, true, true)]
    [InlineData(";; ;", null, true, true, true)]
    [InlineData("", null, true, true, true)]
    public void Allows_OnePolicy_AsTheStandardSays(string policy, string? nonce, bool inline, bool inMarkup, bool created)
    {
        var policies = ContentPolicies.Parse([policy]);

        Assert.Equal(inline, policies.AllowsInline(nonce));
        Assert.Equal(inMarkup, policies.AllowsOwnScript(nonce, Origin, Path));
        Assert.Equal(created, policies.AllowsOwnCreatedScript(nonce, Origin, Path));
    }

    [Theory]
    [InlineData("http://127.0.0.1:5000", "script-src 127.0.0.1:5000", true)]
    [InlineData("http://127.0.0.1:5000", "script-src 127.0.0.1", false)]
    [InlineData("http://10.0.0.1", "script-src 10.0.0.1", false)]
    [InlineData("http://[::1]:80", "script-src [::1]:80", false)]
    [InlineData("http://[::1]:80", "script-src 'self'", true)]
    [InlineData("http://shop.example", "script-src https:", false)]
    [InlineData("http://shop.example", "script-src https://shop.example", false)]
    [InlineData("http://shop.example", "script-src shop.example:80", true)]
    [InlineData("https://shop.example:8443", "script-src shop.example", false)]
    [InlineData("https://shop.example:8443", "script-src *.example:8443", true)]
    [InlineData(null, "script-src 'self'", true)]
    [InlineData(null, "script-src *", true)]
    [InlineData(null, "script-src https:", false)]
    public void AllowsOwnScript_OtherOrigins_AsTheStandardSays(string? origin, string policy, bool expected) =>
        Assert.Equal(expected, ContentPolicies.Parse([policy]).AllowsOwnScript(null, origin, Path));

    [Theory]
    [InlineData("script-src 'self' 'unsafe-inline', script-src 'none'")]
    [InlineData("script-src 'none', script-src 'self' 'unsafe-inline'")]
    public void Allows_SeveralPoliciesInOneHeader_AllMust(string header)
    {
        var policies = ContentPolicies.Parse([header]);

        Assert.False(policies.AllowsInline(null));
        Assert.False(policies.AllowsOwnScript(null, Origin, Path));
    }

    [Theory]
    [InlineData("script-src 'nonce-a'", null, "a")]
    [InlineData("script-src 'nonce-a' 'nonce-b'", "script-src 'nonce-b'", "b")]
    [InlineData("script-src 'nonce-a'", "script-src 'nonce-b'", null)]
    [InlineData("script-src 'self'", "default-src 'nonce-b'", "b")]
    [InlineData("script-src 'nonce-a'; script-src-elem 'nonce-b'", null, "b")]
    [InlineData("style-src 'nonce-a'", null, null)]
    [InlineData("script-src 'nonce-a\"b'", null, null)]
    public void Nonce_SeveralPolicies_IsOneThatAllAccept(string first, string? second, string? expected) =>
        Assert.Equal(expected, ContentPolicies.Parse(second is null ? [first] : [first, second]).Nonce);

    [Fact]
    public void With_MetaPolicy_CountsToo()
    {
        var policies = ContentPolicies.Parse(["script-src 'nonce-a' 'nonce-b'"]).With("script-src 'nonce-b'");

        Assert.Equal("b", policies.Nonce);
        Assert.False(policies.AllowsInline("a"));
        Assert.True(policies.AllowsInline("b"));
    }

    [Fact]
    public void With_MetaPolicy_HasNoSandboxAndNoList()
    {
        Assert.True(ContentPolicies.None.With("sandbox").AllowsInline(null));
        Assert.True(ContentPolicies.None.With("img-src a.example, script-src 'none'").AllowsInline(null));
        Assert.Same(ContentPolicies.None, ContentPolicies.None.With("frame-ancestors 'none'; report-uri /r"));
    }

    [Theory]
    [InlineData("connect-src 'self'", true)]
    [InlineData("connect-src 'none'", false)]
    [InlineData("img-src https://cdn.example", false)]
    [InlineData("default-src 'none'", false)]
    [InlineData("default-src 'none'; connect-src 'self'; img-src *", true)]
    [InlineData("connect-src https://www.shop.example/f807/", true)]
    [InlineData("connect-src https://www.shop.example/api/", false)]
    [InlineData("script-src 'none'", true)]
    public void AllowsOwnRequests_ConnectAndImages_BothMust(string policy, bool expected) =>
        Assert.Equal(expected, ContentPolicies.Parse([policy]).AllowsOwnRequests(Origin, Path));

    [Theory]
    [InlineData("frame-src 'self'", true)]
    [InlineData("frame-src https://www.googletagmanager.com", false)]
    [InlineData("child-src 'none'", false)]
    [InlineData("child-src 'none'; frame-src 'self'", true)]
    [InlineData("default-src 'none'; child-src 'self'", true)]
    [InlineData("default-src 'none'", false)]
    public void AllowsOwnFrame_FrameThenChildThenDefault(string policy, bool expected) =>
        Assert.Equal(expected, ContentPolicies.Parse([policy]).AllowsOwnFrame(Origin, Path));

    [Theory]
    [InlineData("require-trusted-types-for 'script'", true)]
    [InlineData("require-trusted-types-for 'SCRIPT'; trusted-types *", true)]
    [InlineData("trusted-types default", false)]
    [InlineData("require-trusted-types-for", false)]
    public void ForbidsScriptAddresses_TrustedTypes_AreRequired(string policy, bool expected) =>
        Assert.Equal(expected, ContentPolicies.Parse([policy]).ForbidsScriptAddresses);
}
