using System.Net;
using TagGateway.Limits;
using TagGateway.Tests.Sites;

namespace TagGateway.Tests.Limits;

public sealed class ClientRateTests
{
    private static readonly IPAddress One = IPAddress.Parse("203.0.113.9");
    private static readonly IPAddress Other = IPAddress.Parse("203.0.113.10");

    [Fact]
    public void TryTake_NoRate_NeverRefuses()
    {
        var rate = new ClientRate(SomeSettings.Create());

        Assert.All(Enumerable.Range(0, 10_000), _ => Assert.True(rate.TryTake(One)));
    }

    [Fact]
    public void TryTake_MoreThanTheBurst_RefusesThatClientOnly()
    {
        var rate = Rate(new RequestRateOptions { PerSecond = 1, Burst = 20 });

        var taken = Enumerable.Range(0, 200).Count(_ => rate.TryTake(One));

        // A machine that is slow refills meanwhile.
        Assert.InRange(taken, 20, 199);
        Assert.True(rate.TryTake(Other));
    }

    [Fact]
    public void TryTake_TrustedProxyThatTellsNoClient_IsNotLimited()
    {
        var rate = Rate(new RequestRateOptions { PerSecond = 1, Burst = 1 }, "203.0.113.9");

        Assert.All(Enumerable.Range(0, 100), _ => Assert.True(rate.TryTake(One)));
    }

    [Fact]
    public void TryTake_AfterAReload_FollowsTheNewRate()
    {
        var settings = SomeSettings.Create();
        settings.Value = settings.Value with { Limits = settings.Value.Limits with { RequestsPerVisitor = new RequestRateOptions { PerSecond = 1, Burst = 1 } } };
        var rate = new ClientRate(settings);
        Assert.Contains(false, Enumerable.Range(0, 100).Select(_ => rate.TryTake(One)));

        settings.Value = settings.Value with { Limits = settings.Value.Limits with { RequestsPerVisitor = new RequestRateOptions { PerSecond = 1, Burst = 1000 } } };

        Assert.All(Enumerable.Range(0, 500), _ => Assert.True(rate.TryTake(One)));
    }

    private static ClientRate Rate(RequestRateOptions options, params string[] trustedProxies)
    {
        var settings = SomeSettings.Create(trustedProxies: trustedProxies);
        settings.Value = settings.Value with { Limits = settings.Value.Limits with { RequestsPerVisitor = options } };
        return new ClientRate(settings);
    }
}
