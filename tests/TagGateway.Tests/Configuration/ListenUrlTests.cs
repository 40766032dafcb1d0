using TagGateway.Configuration;

namespace TagGateway.Tests.Configuration;

public sealed class ListenUrlTests
{
    [Theory]
    [InlineData("http://*:8080", "http://*:8080")]
    [InlineData("http://+:8080/", "http://*:8080")]
    [InlineData("HTTP://localhost", "http://localhost:80")]
    [InlineData("h2c://0.0.0.0:0", "h2c://0.0.0.0:0")]
    [InlineData("http://[::1]:8080", "http://[::1]:8080")]
    [InlineData("http://[::]", "http://[::]:80")]
    [InlineData("https://*", "https://*:443")]
    [InlineData("HTTPS://127.0.0.1:8443/", "https://127.0.0.1:8443")]
    public void Parse_AnAddress_IsReadWhole(string text, string expected) => Assert.Equal(expected, ListenUrl.Parse(text, out _)?.ToString());

    [Theory]
    [InlineData("https://*:99999", "the port must be")]
    [InlineData("https://www.shop.example", "names no address")]
    [InlineData("ftp://*", "must begin with")]
    [InlineData("*:8080", "must begin with")]
    [InlineData("8080", "must begin with")]
    [InlineData("", "must begin with")]
    [InlineData("http://", "names no address")]
    [InlineData("http://:8080", "names no address")]
    [InlineData("http://::1:8080", "names no address")]
    [InlineData("http://a b:8080", "names no address")]
    [InlineData("http://*.shop.example", "names no address")]
    [InlineData("http://user@host", "names no address")]
    [InlineData("http://gateway.internal:8081", "names no address")]
    [InlineData("http://*:", "the port must be")]
    [InlineData("http://*:-1", "the port must be")]
    [InlineData("http://*:65536", "the port must be")]
    [InlineData("http://*:8080/shop", "without a path")]
    public void Parse_SomethingElse_SaysWhatIsWrong(string text, string message)
    {
        Assert.Null(ListenUrl.Parse(text, out var problem));
        Assert.Contains(message, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://*:80", "http://127.0.0.1:80", true)]
    [InlineData("http://localhost:80", "h2c://LOCALHOST:80", true)]
    [InlineData("http://127.0.0.1:80", "http://127.0.0.2:80", false)]
    [InlineData("http://*:80", "http://*:81", false)]
    [InlineData("http://*:443", "https://*", true)]
    [InlineData("http://*:0", "http://*:0", false)]
    public void Collides_TwoAddresses_WhenBothCannotBeServed(string one, string other, bool expected) =>
        Assert.Equal(expected, ListenUrl.Parse(one, out _)!.Value.Collides(ListenUrl.Parse(other, out _)!.Value));

    [Theory]
    [InlineData("http://*:8080", "http://*:8081", null)]
    [InlineData("http://127.0.0.1:0;h2c://127.0.0.1:0", "http://127.0.0.1:0", null)]
    [InlineData("http://*:8080", "http://127.0.0.1:8080", "admin.url: port 8080 is a port of urls")]
    [InlineData("http://10.0.0.1:8080", "http://127.0.0.1:8080", "admin.url: port 8080 is a port of urls")]
    [InlineData("http://*:8080;http://*:8080", "http://*:8081", "urls: \"http://*:8080\" is taken by http://*:8080 already")]
    [InlineData("http://*:8080", "h2c://*:8081", "admin.url: \"h2c://*:8081\" must begin with http://")]
    [InlineData("http://*:8080", "https://*:8081", "admin.url: \"https://*:8081\" must begin with http://")]
    [InlineData("https://*:8443", "http://*:8081", "tls.certificates: is empty: https://*:8443 in urls needs one")]
    [InlineData("http://*:8080", "http://*:8081;http://*:8082", "admin.url: ")]
    [InlineData("http://*:8080", "", "admin.url: \"\" must begin with http://")]
    [InlineData(" ; ", "http://*:8081", "urls: is empty")]
    public void Check_UrlsAndAdmin_NeverShareAPort(string urls, string admin, string? expected)
    {
        var errors = new ConfigurationErrors();

        ListenUrls.Check(new GatewayOptions { Urls = urls, Admin = { Url = admin } }, errors);

        if (expected is null)
        {
            Assert.Empty(errors.All);
        }
        else
        {
            Assert.StartsWith(expected, Assert.Single(errors.All).ToString(), StringComparison.Ordinal);
        }
    }
}
