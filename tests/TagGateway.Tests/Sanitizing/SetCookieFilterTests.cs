using TagGateway.Sanitizing;

namespace TagGateway.Tests.Sanitizing;

public sealed class SetCookieFilterTests
{
    [Theory]
    [InlineData("FPID=1")]
    [InlineData("FPID=")]
    [InlineData("FPID=1;")]
    [InlineData("FPID=a=b; Path=/; Max-Age=63072000; Secure; HttpOnly; SameSite=Lax")]
    [InlineData("FPID=1; Path=/; Domain=www.shop.example")]
    [InlineData("FPID=1; Domain=shop.example; Path=/")]
    [InlineData("FPID=1; Domain=.shop.example")]
    [InlineData("FPID=1; domain = SHOP.example ; Secure")]
    [InlineData("FPID=domain; x-domain=other.example")]
    [InlineData("FPID=fps.goog; Path=/domain=fps.goog")]
    [InlineData("Domain=fps.goog; Path=/")]
    [InlineData("")]
    public void Filter_FitForTheSite_StaysAsItCame(string line) => Assert.Equal(line, SetCookieFilter.Filter(line, "www.shop.example"));

    [Theory]
    [InlineData("FPID=1; Domain=fps.goog", "FPID=1")]
    [InlineData("FPID=1; Domain=.fps.goog; Path=/", "FPID=1; Path=/")]
    [InlineData("FPID=1; Path=/; Domain=g-abc1.fps.goog", "FPID=1; Path=/")]
    [InlineData("FPID=1; DOMAIN=G-ABC1.FPS.GOOG; Secure", "FPID=1; Secure")]
    [InlineData("FPID=1;domain= fps.goog ;Secure", "FPID=1;Secure")]
    [InlineData("FPID=1; Domain; Secure", "FPID=1; Secure")]
    [InlineData("FPID=1; Domain=; Secure", "FPID=1; Secure")]
    [InlineData("FPID=1; Domain=.", "FPID=1")]
    [InlineData("FPID=1; Domain=fps.goog; Domain=g-abc1.fps.goog", "FPID=1")]
    [InlineData("FPID=1; Domain=fps.goog; Domain=shop.example", "FPID=1; Domain=shop.example")]
    public void Filter_GooglesOwnHost_BecomesHostOnly(string line, string expected) => Assert.Equal(expected, SetCookieFilter.Filter(line, "www.shop.example"));

    [Theory]
    [InlineData("FPID=1; Domain=other.example")]
    [InlineData("FPID=1; Domain=hop.example")]
    [InlineData("FPID=1; Domain=a.www.shop.example")]
    [InlineData("FPID=1; Domain=google.com")]
    [InlineData("FPID=1; Domain=goog")]
    [InlineData("FPID=1; Domain=evilfps.goog")]
    [InlineData("FPID=1; Domain=fps.goog.other.example")]
    [InlineData("FPID=1; Domain=shop.example; Domain=other.example")]
    [InlineData("FPID=1; Domain=fps.goog; Domain=other.example")]
    [InlineData("FPID=1; Domain=other.example; Domain=fps.goog")]
    public void Filter_ForeignDomain_IsDropped(string line) => Assert.Null(SetCookieFilter.Filter(line, "www.shop.example"));

    [Theory]
    [InlineData("shop.example", "FPID=1; Domain=shop.example")]
    [InlineData("127.0.0.1", "FPID=1; Domain=127.0.0.1")]
    [InlineData("www.shop.example.", "FPID=1; Domain=shop.example")]
    public void Filter_TheHostItself_IsKept(string host, string line) => Assert.Equal(line, SetCookieFilter.Filter(line, host));

    [Fact]
    public void Filter_NothingToDrop_CopiesNothing()
    {
        var line = string.Concat("FPID=1; ", "Path=/");

        Assert.Same(line, SetCookieFilter.Filter(line, "shop.example"));
    }
}
