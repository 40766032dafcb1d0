using System.Text;
using TagGateway.Demo.Google;

namespace TagGateway.Tests.Demo;

public sealed class HitEventTests
{
    [Fact]
    public void Read_SingleEvent_DecodesItsParameters()
    {
        var hit = Assert.Single(Hit("ga/g/c", "v=2&en=purchase&dt=A%20%26+B&uafvl=Not%253AA&richsstsse", "").Events);

        Assert.Equal("purchase", hit.Name);
        Assert.Equal("A & B", hit.Parameters["dt"]);
        Assert.Equal("Not%3AA", hit.Parameters["uafvl"]);
        Assert.Equal("", hit.Parameters["richsstsse"]);
    }

    [Fact]
    public void Read_Batch_GivesEachLineTheSharedParameters()
    {
        var events = Hit("ga/g/c", "v=2&tid=G-1", "en=a&_et=1\r\nen=b&_et=2").Events;

        Assert.Equal(["a", "b"], events.Select(hit => hit.Name));
        Assert.All(events, hit => Assert.Equal("G-1", hit.Parameters["tid"]));
    }

    [Fact]
    public void Read_HitInTheBodyOfARootPost_FindsItsQuery()
    {
        var hit = Assert.Single(Hit("", "", "/ga/g/c?v=2&tid=G-1&en=page_view").Events);

        Assert.Equal(("page_view", "G-1"), (hit.Name, hit.Parameters["tid"]));
    }

    private static RecordedRequest Hit(string subPath, string query, string body) => new()
    {
        Method = "POST",
        Scheme = "http",
        Protocol = "HTTP/1.1",
        Host = "g-1.fps.goog",
        RawTarget = $"/m/{subPath}?{query}",
        Kind = RequestKind.Hit,
        SubPath = subPath,
        Query = query,
        Body = Encoding.UTF8.GetBytes(body),
        Headers = [new("Content-Type", "text/plain;charset=UTF-8")],
    };
}
