using TagGateway.Configuration;

namespace TagGateway.Tests.Configuration;

public sealed class SuggestionTests
{
    private static readonly string[] Known = ["urls", "sites", "trustedProxies", "connectTo", "path", "tags", "hosts", "ip"];

    [Theory]
    [InlineData("url", "urls")]
    [InlineData("URLS", "urls")]
    [InlineData("sties", "sites")]
    [InlineData("trustedProxy", "trustedProxies")]
    [InlineData("trusted_proxies", "trustedProxies")]
    [InlineData("conectTo", "connectTo")]
    [InlineData("pa", null)]
    [InlineData("ipp", "ip")]
    [InlineData("measurement", null)]
    [InlineData("", null)]
    public void Find_AMistypedWord_IsTheNearestOrNone(string given, string? expected) =>
        Assert.Equal(expected, Suggestion.Find(given, Known));

    [Fact]
    public void Find_AnEndlessWord_IsNone() => Assert.Null(Suggestion.Find(new string('x', 10_000_000), Known));
}
