namespace TagGateway.EndToEnd.Limits;

public sealed class RequestRateTests
{
    [Fact]
    public async Task Rate_BeaconsBeyondIt_Get429AndNobodyElseDoes()
    {
        await using var gateway = await LimitedGateway.StartAsync("\"requestsPerVisitor\": { \"perSecond\": 1, \"burst\": 5 }");
        var responses = new List<Harness.RawResponse>();

        // A slow machine refills the bucket meanwhile, but not so fast.
        for (var i = 0; i < 100; i++)
        {
            responses.Add(await gateway.GetAsync("/f807/g/collect?v=2", LimitedGateway.Attacker));
        }

        Assert.InRange(responses.Count(response => response.Status != 429), 5, 99);
        var refused = responses.First(response => response.Status == 429);
        Assert.Equal(("1", "no-store", ""), (refused.Header("Retry-After"), refused.Header("Cache-Control"), System.Text.Encoding.Latin1.GetString(refused.Body)));
        Assert.NotEqual(429, (await gateway.GetAsync("/f807/g/collect?v=2")).Status);
        Assert.Equal(200, (await gateway.GetAsync("/100", LimitedGateway.Attacker)).Status);
    }
}
