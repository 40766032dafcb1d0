using System.Net;
using TagGateway.Limits;

namespace TagGateway.Tests.Limits;

public sealed class ClientCountsTests
{
    private static readonly ClientKey One = ClientKey.Of(IPAddress.Parse("203.0.113.1"));
    private static readonly ClientKey Other = ClientKey.Of(IPAddress.Parse("203.0.113.2"));
    private readonly ClientCounts _counts = new(most: 5, mostPerClient: 3);

    [Fact]
    public void TryAdd_OneClient_GetsItsShareAndLeavesTheRest()
    {
        var one = Enumerable.Range(0, 10).Count(_ => _counts.TryAdd(One));
        var other = Enumerable.Range(0, 10).Count(_ => _counts.TryAdd(Other));

        Assert.Equal((3, 2), (one, other));
    }

    [Fact]
    public void TryAdd_NoClientThatCanBeTold_CountsAmongAll() => Assert.Equal(5, Enumerable.Range(0, 10).Count(_ => _counts.TryAdd(null)));

    [Fact]
    public void Remove_OneOfMany_MakesRoomForOne()
    {
        Assert.Equal(3, Enumerable.Range(0, 10).Count(_ => _counts.TryAdd(One)));

        _counts.Remove(One);

        Assert.Equal(1, Enumerable.Range(0, 10).Count(_ => _counts.TryAdd(One)));
    }
}
