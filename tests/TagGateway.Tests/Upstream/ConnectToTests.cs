using TagGateway.Upstream;

namespace TagGateway.Tests.Upstream;

public sealed class ConnectToTests
{
    [Theory]
    [InlineData("*", true)]
    [InlineData("g-1234.fps.goog", true)]
    [InlineData("*.fps.goog", true)]
    [InlineData("*.goog", true)]
    [InlineData("localhost", true)]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("*.", false)]
    [InlineData("**", false)]
    [InlineData("*.*.goog", false)]
    [InlineData("a.*.goog", false)]
    [InlineData("*fps.goog", false)]
    [InlineData("fps.goog:443", false)]
    [InlineData("https://fps.goog", false)]
    [InlineData("a b", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("[::1]", false)]
    public void IsKey_Text_IsAHostASuffixOrAStar(string? key, bool expected) => Assert.Equal(expected, ConnectTo.IsKey(key));

    [Theory]
    [InlineData("http://127.0.0.1:8080", "http", "127.0.0.1", 8080)]
    [InlineData("https://egress.internal:8443", "https", "egress.internal", 8443)]
    [InlineData("https://egress.internal/", "https", "egress.internal", 443)]
    [InlineData("http://egress.internal", "http", "egress.internal", 80)]
    [InlineData("http://[::1]:8080", "http", "[::1]", 8080)]
    public void TryParseTarget_WellFormed_IsTheAddress(string text, string scheme, string host, int port)
    {
        var ok = ConnectTo.TryParseTarget(text, out var target);

        Assert.True(ok);
        Assert.Equal((scheme, host, port), (target!.Scheme, target.Host, target.Port)); // it was parsed
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("egress.internal")]
    [InlineData("egress.internal:8443")]
    [InlineData("//egress.internal")]
    [InlineData("h2c://egress.internal")]
    [InlineData("ftp://egress.internal")]
    [InlineData("http://")]
    [InlineData("http://egress.internal/x")]
    [InlineData("http://egress.internal?x")]
    [InlineData("http://egress.internal#x")]
    [InlineData("http://user@egress.internal")]
    [InlineData("http://egress.internal:99999")]
    public void TryParseTarget_Malformed_IsFalse(string? text) => Assert.False(ConnectTo.TryParseTarget(text, out _));

    [Theory]
    [InlineData("g-1.fps.goog", "exact")]
    [InlineData("G-1.FPS.GOOG", "exact")]
    [InlineData("g-2.fps.goog", "suffix")]
    [InlineData("a.b.fps.goog", "suffix")]
    [InlineData("x.deep.fps.goog", "longer")]
    [InlineData("fps.goog", "short")]
    [InlineData("xfps.goog", "short")]
    [InlineData("www.google.com", "any")]
    [InlineData("localhost", "any")]
    public void TryFind_AllKindsOfKeys_MostExactWins(string host, string expected)
    {
        var connectTo = Create(("*", "any"), ("*.fps.goog", "suffix"), ("*.goog", "short"), ("*.deep.fps.goog", "longer"), ("g-1.fps.goog", "exact"));

        var found = connectTo.TryFind(host, out var target);

        Assert.True(found);
        Assert.Equal(expected, target!.Host); // it was found
    }

    [Theory]
    [InlineData("fps.goog")]
    [InlineData("xfps.goog")]
    [InlineData("g-1.fps.goog.other.example")]
    [InlineData("")]
    public void TryFind_NoKeyFits_FindsNone(string host)
    {
        var found = Create(("*.fps.goog", "suffix")).TryFind(host, out var target);

        Assert.False(found);
        Assert.Null(target);
    }

    [Fact]
    public void TryFind_Nothing_FindsNone() => Assert.False(ConnectTo.Nothing.TryFind("g-1.fps.goog", out _));

    [Fact]
    public void IsSameAs_SameHostsToSameAddresses_KeepsConnections()
    {
        var connectTo = Create(("*", "a"), ("*.goog", "b"));

        Assert.True(connectTo.IsSameAs(Create(("*.GOOG", "b"), ("*", "a"))));
        Assert.True(ConnectTo.Nothing.IsSameAs(Create()));
        Assert.False(connectTo.IsSameAs(Create(("*", "a"))));
        Assert.False(Create(("*", "a")).IsSameAs(connectTo));
        Assert.False(connectTo.IsSameAs(Create(("*", "a"), ("*.goog", "c"))));
        Assert.False(connectTo.IsSameAs(Create(("*", "a"), ("*.other", "b"))));
    }

    private static ConnectTo Create(params (string Key, string Host)[] targets) =>
        new(targets.ToDictionary(target => target.Key, target => new Uri($"http://{target.Host}:8080")));
}
