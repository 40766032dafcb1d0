using System.Net;
using TagGateway.Limits;

namespace TagGateway.Tests.Limits;

public sealed class ClientKeyTests
{
    [Theory]
    [InlineData("203.0.113.9", "203.0.113.9")]
    [InlineData("203.0.113.9", "::ffff:203.0.113.9")]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff")]
    [InlineData("fe80::1%3", "fe80::2")]
    public void Of_OneSubscribersAddresses_AreOneClient(string one, string other) => Assert.Equal(Of(one), Of(other));

    [Theory]
    [InlineData("203.0.113.9", "203.0.113.10")]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1")]
    [InlineData("0.0.0.1", "::1")]
    [InlineData("0.0.0.0", "::")]
    public void Of_AddressesOfTwo_AreTwoClients(string one, string other) => Assert.NotEqual(Of(one), Of(other));

    [Fact]
    public void Of_NoAddress_IsAClientOfItsOwn()
    {
        Assert.Equal(default, ClientKey.Of(null));
        Assert.NotEqual(Of("0.0.0.0"), ClientKey.Of(null));
    }

    private static ClientKey Of(string address) => ClientKey.Of(IPAddress.Parse(address));
}
