using System.Net;
using TagGateway.Sanitizing;

namespace TagGateway.Tests.Sanitizing;

public sealed class AddressTruncationTests
{
    [Theory]
    [InlineData("203.0.113.255", "203.0.113.0")]
    [InlineData("203.0.113.0", "203.0.113.0")]
    [InlineData("255.255.255.255", "255.255.255.0")]
    [InlineData("2001:db8:1234:5678:9abc:def0:1234:5678", "2001:db8:1234::")]
    [InlineData("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "ffff:ffff:ffff::")]
    [InlineData("fe80::1%3", "fe80::")]
    public void Truncate_Address_IsItsNetwork(string address, string expected) =>
        Assert.Equal(expected, AddressTruncation.Truncate(IPAddress.Parse(address)).ToString());

    [Theory]
    [InlineData("255.255.255.255", 0, "0.0.0.0")]
    [InlineData("255.255.255.255", 1, "128.0.0.0")]
    [InlineData("255.255.255.255", 7, "254.0.0.0")]
    [InlineData("255.255.255.255", 8, "255.0.0.0")]
    [InlineData("255.255.255.255", 9, "255.128.0.0")]
    [InlineData("255.255.255.255", 31, "255.255.255.254")]
    [InlineData("255.255.255.255", 32, "255.255.255.255")]
    [InlineData("ffff::ffff", 15, "fffe::")]
    [InlineData("ffff::ffff", 128, "ffff::ffff")]
    public void Mask_Bits_KeepsAsManyOfTheFirst(string address, int bits, string expected) =>
        Assert.Equal(expected, AddressTruncation.Mask(IPAddress.Parse(address), bits).ToString());
}
