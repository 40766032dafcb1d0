using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Limits;

public sealed class OriginLimitTests
{
    private const int Limit = 20;
    private const int Share = 2;

    [Fact]
    public async Task Origin_SlowReadersOfOneClient_HoldTheirShareAndOthersAreServed()
    {
        await using var gateway = await LimitedGateway.StartAsync($"\"originConnections\": {Limit}, \"progressTimeout\": \"00:10:00\"");

        using var client = await gateway.AskUnreadAsync("/20000000", 50);
        await client.ReadHeadsAsync(Share);

        Assert.InRange(gateway.Origins.Count, 1, Share);
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => gateway.GetAsync("/100"))), response => Assert.Equal(200, response.Status));
    }

    [Fact]
    public async Task Origin_ClientWithFewerRequestsThanItsShare_GetsAllOfThem()
    {
        await using var gateway = await LimitedGateway.StartAsync($"\"originConnections\": {Limit}");
        using var client = await Http2Client.ConnectAsync(gateway.H2c, LimitedGateway.Visitor);

        // A browser asks for a page's hundred pictures at once: they wait for each other, and none is refused.
        for (var i = 0; i < Share * 4; i++)
        {
            await client.BeginAsync(HeaderBlock.Encode(HeaderBlock.Get("/1000")));
        }

        Assert.All(await client.ReadHeadsAsync(Share * 4), status => Assert.Equal(200, status));
    }

    [Fact]
    public async Task Origin_SlowReadersOfManyClients_LeaveRoomForTheNext()
    {
        await using var gateway = await LimitedGateway.StartAsync("\"originConnections\": 64, \"progressTimeout\": \"00:10:00\"");
        var clients = new List<Http2Client>();
        for (var i = 1; i <= 20; i++)
        {
            clients.Add(await gateway.AskUnreadAsync("/20000000", 20, $"127.0.3.{i}"));
        }

        await Eventually.HoldsAsync(() => gateway.Origins.Count > 20, "many are under way");

        Assert.Equal(200, (await gateway.GetAsync("/100")).Status);
        clients.ForEach(client => client.Dispose());
    }
}
