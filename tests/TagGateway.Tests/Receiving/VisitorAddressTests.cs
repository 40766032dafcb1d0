using System.Net;
using Microsoft.Extensions.Primitives;
using TagGateway.Receiving;
using TagGateway.Tests.Sites;

namespace TagGateway.Tests.Receiving;

public sealed class VisitorAddressTests
{
    private static readonly TrustedProxies Trusted = SomeSettings.Proxies("10.0.0.0/8", "192.0.2.7", "2001:db8:f::/48");

    [Theory]
    [InlineData("203.0.113.9", "203.0.113.9")]
    [InlineData(" 203.0.113.9\t", "203.0.113.9")]
    [InlineData("203.0.113.9:4711", "203.0.113.9")]
    [InlineData("203.0.113.9:0", "203.0.113.9")]
    [InlineData("\"203.0.113.9:4711\"", "203.0.113.9")]
    [InlineData("\"203.0.113.9\"", "203.0.113.9")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData("2001:DB8:0:0:0:0:0:1", "2001:db8::1")]
    [InlineData("[2001:db8::1]", "2001:db8::1")]
    [InlineData("[2001:db8::1]:443", "2001:db8::1")]
    [InlineData("\"[2001:db8::1]:443\"", "2001:db8::1")]
    [InlineData("fe80::1%eth0", "fe80::1")]
    [InlineData("fe80::1%25eth0", "fe80::1")]
    [InlineData("[fe80::1%eth0]:443", "fe80::1")]
    [InlineData("::ffff:203.0.113.9", "203.0.113.9")]
    [InlineData("[::ffff:203.0.113.9]:80", "203.0.113.9")]
    [InlineData("::ffff:cb00:7109", "203.0.113.9")]
    [InlineData("::1", "::1")]
    [InlineData("0.0.0.0", "0.0.0.0")]
    [InlineData("255.255.255.255", "255.255.255.255")]
    public void TryParse_AsProxiesWriteIt_IsTheAddress(string entry, string expected)
    {
        var ok = VisitorAddress.TryParse(entry, out var address);

        Assert.True(ok);
        Assert.Equal(IPAddress.Parse(expected), address);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\"\"")]
    [InlineData("unknown")]
    [InlineData("_hidden")]
    [InlineData("localhost")]
    [InlineData("shop.example")]
    [InlineData("1")]
    [InlineData("127.1")]
    [InlineData("0x7f.1")]
    [InlineData("2130706433")]
    [InlineData("203.0.113")]
    [InlineData("203.0.113.9.1")]
    [InlineData("203.0.113.256")]
    [InlineData("203.0.113.-9")]
    [InlineData("203.0.113.9/24")]
    [InlineData("203.0.113.9:")]
    [InlineData("203.0.113.9:http")]
    [InlineData("203.0.113.9:123456")]
    [InlineData("203.0.113.9:-1")]
    [InlineData("203.0.113.9 198.51.100.1")]
    [InlineData("203.0.113.9;203.0.113.8")]
    [InlineData("::ffff:203.0.113.9:80")]
    [InlineData("[2001:db8::1")]
    [InlineData("[2001:db8::1]443")]
    [InlineData("[2001:db8::1]:")]
    [InlineData("[2001:db8::1]:x")]
    [InlineData("[]")]
    [InlineData("[")]
    [InlineData("]")]
    [InlineData("2001:db8::1]")]
    [InlineData("2001:db8::1::2")]
    [InlineData("2001:db8::12345")]
    [InlineData("2001:db8::1/64")]
    [InlineData("%eth0")]
    [InlineData("for=203.0.113.9")]
    [InlineData("203.0.113.9\0")]
    [InlineData("\uff12\uff10\uff13.0.113.9")]
    [InlineData("010.0.0.1")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("0300.1.1.1")]
    public void TryParse_Garbage_IsFalse(string entry)
    {
        var ok = VisitorAddress.TryParse(entry, out var address);

        Assert.False(ok);
        Assert.Null(address);
    }

    [Theory]
    // Nobody in front.
    [InlineData("203.0.113.9", null, "203.0.113.9")]
    [InlineData("::ffff:203.0.113.9", null, "203.0.113.9")]
    // An untrusted peer is the visitor, whatever it says.
    [InlineData("203.0.113.9", "198.51.100.1", "203.0.113.9")]
    [InlineData("192.0.2.8", "198.51.100.1", "192.0.2.8")]
    [InlineData("2001:db8:e::1", "198.51.100.1", "2001:db8:e::1")]
    // A trusted peer is believed.
    [InlineData("10.1.2.3", "198.51.100.1", "198.51.100.1")]
    [InlineData("::ffff:10.1.2.3", "198.51.100.1", "198.51.100.1")]
    [InlineData("192.0.2.7", "198.51.100.1", "198.51.100.1")]
    [InlineData("2001:db8:f::1", "2001:db8:1::2", "2001:db8:1::2")]
    [InlineData("10.1.2.3", "[2001:db8:1::2]:443", "2001:db8:1::2")]
    [InlineData("10.1.2.3", "::ffff:198.51.100.1", "198.51.100.1")]
    [InlineData("10.1.2.3", " 198.51.100.1 ", "198.51.100.1")]
    // What stands left of the first untrusted hop is the visitor's own invention.
    [InlineData("10.1.2.3", "192.0.2.66, 198.51.100.1", "198.51.100.1")]
    [InlineData("10.1.2.3", "10.9.9.9, 198.51.100.1", "198.51.100.1")]
    [InlineData("10.1.2.3", "unknown, 198.51.100.1", "198.51.100.1")]
    // Trusted hops are passed by.
    [InlineData("10.1.2.3", "198.51.100.1, 10.0.0.1", "198.51.100.1")]
    [InlineData("10.1.2.3", "192.0.2.66, 198.51.100.1, 10.0.0.1, 192.0.2.7", "198.51.100.1")]
    [InlineData("10.1.2.3", "198.51.100.1,10.0.0.1,::ffff:10.0.0.2", "198.51.100.1")]
    // All trusted: the leftmost.
    [InlineData("10.1.2.3", "10.0.0.5, 10.0.0.4", "10.0.0.5")]
    [InlineData("10.1.2.3", "10.0.0.5", "10.0.0.5")]
    // Garbage ends the walk at the last good hop.
    [InlineData("10.1.2.3", "unknown", "10.1.2.3")]
    [InlineData("10.1.2.3", "", "10.1.2.3")]
    [InlineData("10.1.2.3", " ", "10.1.2.3")]
    [InlineData("10.1.2.3", ",", "10.1.2.3")]
    [InlineData("10.1.2.3", "198.51.100.1,", "10.1.2.3")]
    [InlineData("10.1.2.3", "198.51.100.1,,10.0.0.1", "10.0.0.1")]
    [InlineData("10.1.2.3", "198.51.100.1, unknown, 10.0.0.1", "10.0.0.1")]
    [InlineData("10.1.2.3", "198.51.100.1 10.0.0.1", "10.1.2.3")]
    [InlineData("10.1.2.3", "198.51.100.1:x", "10.1.2.3")]
    [InlineData("fe80::1%3", null, "fe80::1")]
    public void Find_OneLine_IsTheFirstHopFromTheRightThatIsNotTrusted(string peer, string? forwardedFor, string expected)
    {
        var lines = forwardedFor is null ? StringValues.Empty : new StringValues(forwardedFor);

        var address = VisitorAddress.Find(IPAddress.Parse(peer), lines, Trusted);

        Assert.Equal(IPAddress.Parse(expected), address);
    }

    [Theory]
    [InlineData("198.51.100.1|10.0.0.1", "198.51.100.1")]
    [InlineData("192.0.2.66|198.51.100.1", "198.51.100.1")]
    [InlineData("192.0.2.66, 192.0.2.67|198.51.100.1, 10.0.0.1|10.0.0.2", "198.51.100.1")]
    [InlineData("198.51.100.1||10.0.0.1", "198.51.100.1")]
    [InlineData("198.51.100.1|unknown|10.0.0.1", "10.0.0.1")]
    [InlineData("10.0.0.9|10.0.0.1", "10.0.0.9")]
    public void Find_SeveralLines_AreOneListInTheirOrder(string lines, string expected)
    {
        var address = VisitorAddress.Find(IPAddress.Parse("10.1.2.3"), lines.Split('|'), Trusted);

        Assert.Equal(IPAddress.Parse(expected), address);
    }

    [Fact]
    public void Find_NullLine_IsPassedBy()
    {
        var address = VisitorAddress.Find(IPAddress.Parse("10.1.2.3"), new StringValues(["198.51.100.1", null]), Trusted);

        Assert.Equal(IPAddress.Parse("198.51.100.1"), address);
    }

    [Fact]
    public void Find_UnixSocket_HasNoAddress() => Assert.Null(VisitorAddress.Find(null, "198.51.100.1", Trusted));

    [Fact]
    public void Find_NobodyTrusted_IsThePeer() =>
        Assert.Equal(IPAddress.Parse("10.1.2.3"), VisitorAddress.Find(IPAddress.Parse("10.1.2.3"), "198.51.100.1", TrustedProxies.None));

    [Theory]
    [InlineData(31, "198.51.100.1")]
    [InlineData(32, "10.0.1.0")]
    [InlineData(5000, "10.0.1.0")]
    public void Find_LongChain_IsWalkedForThirtyTwoHops(int proxies, string expected)
    {
        var chain = Enumerable.Range(0, proxies).Select(i => $"10.0.1.{i % 32}").Reverse().Prepend("198.51.100.1").ToList();
        chain[^32] = proxies >= 32 ? "10.0.1.0" : chain[^32];

        var inOneLine = VisitorAddress.Find(IPAddress.Parse("10.1.2.3"), string.Join(", ", chain), Trusted);
        var inManyLines = VisitorAddress.Find(IPAddress.Parse("10.1.2.3"), chain.ToArray(), Trusted);

        Assert.Equal(IPAddress.Parse(expected), inOneLine);
        Assert.Equal(IPAddress.Parse(expected), inManyLines);
    }
}
