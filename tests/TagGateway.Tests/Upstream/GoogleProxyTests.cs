using System.Net;
using TagGateway.Upstream;

namespace TagGateway.Tests.Upstream;

public sealed class GoogleProxyTests
{
    private static readonly Uri Proxy = new("http://proxy.example:3128");

    private static readonly WebProxy Environment = new(Proxy, BypassOnLocal: false, [@"direct\.fps\.goog"]) { Credentials = new NetworkCredential("user", "word") };

    private static readonly GoogleProxy Subject = new(
        new ConnectTo(new Dictionary<string, Uri> { ["g-named.fps.goog"] = new("http://127.0.0.1:8080") }), Environment);

    [Theory]
    [InlineData("https://g-1.fps.goog/f807/", false)]
    [InlineData("https://direct.fps.goog/f807/", true)]
    [InlineData("https://g-named.fps.goog/f807/", true)]
    [InlineData("http://G-NAMED.fps.goog/", true)]
    public void GetProxy_Host_IsTheEnvironmentsUnlessConnectToNamesIt(string destination, bool isDirect)
    {
        Assert.Equal(isDirect, Subject.IsBypassed(new Uri(destination)));
        Assert.Equal(isDirect ? null : Proxy, Subject.GetProxy(new Uri(destination)));
    }

    [Fact]
    public void Credentials_OfTheProxy_AreTheEnvironments()
    {
        Assert.Same(Environment.Credentials, Subject.Credentials);
        Assert.Throws<NotSupportedException>(() => Subject.Credentials = null);
    }
}
