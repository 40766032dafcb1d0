using Microsoft.Extensions.Time.Testing;
using TagGateway.Upstream;

namespace TagGateway.Tests.Upstream;

public sealed class OriginHostsTests
{
    private const string Web = "web.example:443";
    private readonly FakeTimeProvider _time = new();
    private readonly OriginHosts _hosts;

    public OriginHostsTests() => _hosts = new OriginHosts(_time);

    [Fact]
    public void TryUse_MoreHostsThanTheTableHas_OnlyTheFirst()
    {
        Fill();

        Assert.False(_hosts.TryUse(Web, "one-more.example"));
        Assert.True(_hosts.TryUse(Web, "h0.example"));
        Assert.True(_hosts.TryUse(Web, "h0.example:8443")); // the client keeps it with the one above
        Assert.True(_hosts.TryUse("other.example:443", "one-more.example"));
    }

    [Fact]
    public void TryUse_OthersNotUsedForLong_TakesTheirPlace()
    {
        Fill();
        _time.Advance(TimeSpan.FromMinutes(3));
        _hosts.TryUse(Web, "h0.example");
        _time.Advance(TimeSpan.FromMinutes(3));

        Assert.True(_hosts.TryUse(Web, "one-more.example"));
        Assert.True(_hosts.TryUse(Web, "h0.example"));
    }

    [Fact]
    public void IsHttp11_OnceFoundOut_StaysForThatHost()
    {
        _hosts.TryUse(Web, "a.example");
        _hosts.TryUse(Web, "b.example");

        _hosts.SetHttp11(Web, "a.example:80");

        Assert.True(_hosts.IsHttp11(Web, "a.example"));
        Assert.False(_hosts.IsHttp11(Web, "b.example"));
        Assert.False(_hosts.IsHttp11("other.example:443", "a.example"));
    }

    private void Fill()
    {
        for (var i = 0; i < OriginHosts.MaxHosts; i++)
        {
            Assert.True(_hosts.TryUse(Web, $"h{i}.example"));
        }
    }
}
