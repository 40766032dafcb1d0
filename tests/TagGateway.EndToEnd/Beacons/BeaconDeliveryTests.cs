using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Beacons;

/// <summary>Hits arrive, whoever hangs up.</summary>
public sealed class BeaconDeliveryTests
{
    private const int Hits = 300;

    [Fact]
    public async Task Hit_Forwarded_ArrivesByteForByte()
    {
        await using var google = new RawUpstream();
        await using var gateway = await RunningGateway.StartAsync(google.Address);

        var response = await gateway.SendAsync("POST /f807/ag/g/c?v=2&uafvl=Not%253AA-Brand%3B8&x=~%41|[y]&richsstsse HTTP/1.1\r\nHost: shop.example\r\nContent-Type: text/plain;charset=UTF-8\r\nContent-Length: 18\r\n\r\nen=a&_ee=1\r\nen=b&x");
        var request = await google.NextAsync();

        Assert.Equal(204, response.Status);
        Assert.Equal("POST /f807/ag/g/c?v=2&uafvl=Not%253AA-Brand%3B8&x=~%41|[y]&richsstsse HTTP/1.1", request.RequestLine);
        Assert.Equal("en=a&_ee=1\r\nen=b&x", request.Text);
        Assert.Equal("g-main1.fps.goog", request.Header("Host"));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("", true)]
    [InlineData("en=page_view&_et=1", false)]
    public async Task Hit_SenderClosesAtOnce_Arrives(string body, bool reset)
    {
        await using var google = new RawUpstream();
        await using var gateway = await RunningGateway.StartAsync(google.Address);

        for (var i = 0; i < Hits; i++)
        {
            using var client = await RawClient.ConnectAsync(gateway.Address);
            await client.WriteAsync($"POST /f807/ag/g/c?n={i} HTTP/1.1\r\nHost: shop.example\r\nContent-Length: {body.Length}\r\n\r\n{body}");
            client.Close(reset);
        }

        var arrived = new HashSet<string>();
        while (arrived.Count < Hits)
        {
            var hit = await google.NextAsync();
            Assert.True(hit.IsWhole);
            Assert.Equal(body, hit.Text);
            Assert.True(arrived.Add(hit.Target), "A hit came twice.");
        }
    }
}
