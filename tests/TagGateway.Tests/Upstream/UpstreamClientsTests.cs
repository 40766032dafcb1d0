using TagGateway.Upstream;

namespace TagGateway.Tests.Upstream;

public sealed class UpstreamClientsTests
{
    private readonly UpstreamClients _clients = new();

    [Fact]
    public void GoogleFor_ReloadThatLeavesConnectToAlone_KeepsTheConnections()
    {
        var before = _clients.GoogleFor(To("http://127.0.0.1:1"));

        var after = _clients.GoogleFor(To("http://127.0.0.1:1"));

        Assert.Same(before, after);
    }

    [Fact]
    public void GoogleFor_OtherTargets_DialsAnew()
    {
        var before = _clients.GoogleFor(To("http://127.0.0.1:1"));

        var after = _clients.GoogleFor(To("http://127.0.0.1:2"));

        Assert.NotSame(before, after);
    }

    private static ConnectTo To(string target) => new(new Dictionary<string, Uri> { ["*"] = new(target) });
}
