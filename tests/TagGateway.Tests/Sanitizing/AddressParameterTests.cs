using System.Net;
using TagGateway.Sanitizing;

namespace TagGateway.Tests.Sanitizing;

public sealed class AddressParameterTests
{
    [Theory]
    [InlineData("?v=2&_uip=::&fp=1", "_uip", "203.0.113.77", "?v=2&_uip=203.0.113.77&fp=1")]
    [InlineData("?v=2&_uip=%3A%3A&fp=1", "_uip", "203.0.113.77", "?v=2&_uip=203.0.113.77&fp=1")]
    [InlineData("?_uip=%3a%3a", "_uip", "2001:db8:1:2::9", "?_uip=2001%3Adb8%3A1%3A2%3A%3A9")]
    [InlineData("?a=1&_uip=::", "uip", "203.0.113.77", "?a=1&_uip=203.0.113.77")] // Ads' hits have Analytics' placeholder
    [InlineData("?v=2&uafvl=Not%253AA-Brand%3B8&richsstsse", "_uip", "203.0.113.77", "?v=2&uafvl=Not%253AA-Brand%3B8&_uip=203.0.113.77&richsstsse")]
    [InlineData("?a=1", "uip", "203.0.113.77", "?a=1&uip=203.0.113.77")]
    [InlineData("?a=1", "uip", "2001:db8::1", "?a=1&uip=2001%3Adb8%3A%3A1")]
    [InlineData("?x_uip=::&_uip", "_uip", "203.0.113.77", "?x_uip=::&_uip")] // told already: nothing
    [InlineData("?_uip=198.51.100.1", "_uip", "203.0.113.77", "?_uip=198.51.100.1")]
    [InlineData("?uip=198.51.100.1&b", "uip", "203.0.113.77", "?uip=198.51.100.1&b")]
    [InlineData("", "_uip", "203.0.113.77", "")]
    [InlineData("?", "_uip", "203.0.113.77", "?")]
    public void Apply_Forward_IsTheWholeAddress(string query, string name, string address, string expected) =>
        Assert.Equal(expected, AddressParameter.Apply(query, name, VisitorIp.Forward, IPAddress.Parse(address)));

    [Theory]
    [InlineData("203.0.113.77", "?_uip=203.0.113.0")]
    [InlineData("2001:db8:1:2::9", "?_uip=2001%3Adb8%3A1%3A%3A")]
    public void Apply_Truncate_IsTheNetworkAlone(string address, string expected) =>
        Assert.Equal(expected, AddressParameter.Apply("?_uip=::", "_uip", VisitorIp.Truncate, IPAddress.Parse(address)));

    [Theory]
    [InlineData("?_uip=::&a")]
    [InlineData("?a=1")]
    public void Apply_Hide_ChangesNothing(string query) =>
        Assert.Same(query, AddressParameter.Apply(query, "_uip", VisitorIp.Hide, IPAddress.Parse("203.0.113.77")));

    [Fact]
    public void Apply_AddressUnknown_ChangesNothing() => Assert.Equal("?_uip=::", AddressParameter.Apply("?_uip=::", "_uip", VisitorIp.Forward, null));

    [Fact]
    public void Apply_ScopedAddress_TellsNoInterface() =>
        Assert.Equal("?a&uip=fe80%3A%3A1", AddressParameter.Apply("?a", "uip", VisitorIp.Forward, IPAddress.Parse("fe80::1%3")));
}
