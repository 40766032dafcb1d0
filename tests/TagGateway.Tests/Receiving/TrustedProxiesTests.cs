using System.Net;
using TagGateway.Receiving;
using TagGateway.Tests.Sites;

namespace TagGateway.Tests.Receiving;

public sealed class TrustedProxiesTests
{
    [Theory]
    [InlineData("10.0.0.0/8", "10.0.0.0/8")]
    [InlineData("10.1.2.3/8", "10.0.0.0/8")]
    [InlineData("10.1.2.3/9", "10.0.0.0/9")]
    [InlineData("10.255.2.3/9", "10.128.0.0/9")]
    [InlineData("10.0.0.1", "10.0.0.1/32")]
    [InlineData("10.0.0.1/32", "10.0.0.1/32")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("::1", "::1/128")]
    [InlineData("2001:db8::1/32", "2001:db8::/32")]
    [InlineData("::/0", "::/0")]
    public void TryParseNetwork_AddressOrCidr_IgnoresHostBits(string text, string expected)
    {
        var ok = TrustedProxies.TryParseNetwork(text, out var network);

        Assert.True(ok);
        Assert.Equal(IPNetwork.Parse(expected), network);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/8")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/+8")]
    [InlineData("10.0.0.0/ 8")]
    [InlineData("10.0.0.0/8/8")]
    [InlineData("10.0.0.0/255.0.0.0")]
    [InlineData("10.0.0/8")]
    [InlineData("10/8")]
    [InlineData("10")]
    [InlineData("10.0.0.*")]
    [InlineData("proxy.example")]
    [InlineData("*")]
    [InlineData("::/129")]
    [InlineData("fe80::1%eth0")]
    [InlineData("fe80::%1/64")]
    [InlineData("10.0.0.1:80")]
    [InlineData("010.0.0.0/8")]
    [InlineData("0x0a.0.0.0/8")]
    public void TryParseNetwork_Malformed_IsFalse(string? text)
    {
        var ok = TrustedProxies.TryParseNetwork(text, out var network);

        Assert.False(ok);
        Assert.Equal(default, network);
    }

    [Theory]
    [InlineData("10.0.0.0", true)]
    [InlineData("10.255.255.255", true)]
    [InlineData("9.255.255.255", false)]
    [InlineData("11.0.0.0", false)]
    [InlineData("::ffff:10.1.1.1", true)]
    [InlineData("::ffff:11.1.1.1", false)]
    [InlineData("2001:db8::1", true)]
    [InlineData("2001:db8:1::1", false)]
    [InlineData("::a00:1", false)]
    public void Contains_Address_IsByNetwork(string address, bool expected)
    {
        var proxies = SomeSettings.Proxies("192.0.2.1", "10.0.0.0/8", "2001:db8::/48");

        Assert.Equal(expected, proxies.Contains(IPAddress.Parse(address)));
    }

    [Fact]
    public void Contains_NoAddress_IsFalse()
    {
        Assert.False(SomeSettings.Proxies("0.0.0.0/0", "::/0").Contains(null));
        Assert.False(TrustedProxies.None.Contains(IPAddress.Loopback));
    }

    [Fact]
    public void Contains_NetworkGivenInMappedForm_IsTheIPv4Network() => Assert.True(SomeSettings.Proxies("::ffff:10.0.0.0/104").Contains(IPAddress.Parse("10.1.1.1")));
}
