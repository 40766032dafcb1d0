using System.Net.Sockets;
using TagGateway.EndToEnd.Harness;
using TagGateway.Receiving.Admission;

namespace TagGateway.EndToEnd.Limits;

public sealed class ConnectionShareTests
{
    private const int Share = 10;

    [Fact]
    public async Task Connections_FloodOfOneAddress_TakesNoMoreThanItsShare()
    {
        await using var gateway = await LimitedGateway.StartAsync($"\"connections\": 100, \"connectionsPerClient\": {Share}");
        var clients = new List<RawClient>();

        for (var i = 0; i < 300; i++)
        {
            try
            {
                clients.Add(await RawClient.ConnectAsync(gateway.Http, LimitedGateway.Attacker));
            }
            catch (SocketException)
            {
                // Refused: its former ones are still being closed.
            }
        }

        await Eventually.HoldsAsync(() => gateway.Running.Get<ConnectionTable>().Count is > 0 and <= Share + 8, "the share was kept, but for those that are being closed");
        Assert.Equal(200, (await gateway.GetAsync("/100")).Status);
        // The newest of the address itself is served as well: idle ones had to go for it.
        await Eventually.HoldsAsync(async () => await StatusAsync(gateway, LimitedGateway.Attacker) == 200, "the address itself was served");
        clients.ForEach(client => client.Dispose());
    }

    /// <summary>0: refused.</summary>
    private static async Task<int> StatusAsync(LimitedGateway gateway, string source)
    {
        try
        {
            return (await gateway.GetAsync("/100", source)).Status;
        }
        catch (SocketException)
        {
            return 0;
        }
    }

    [Fact]
    public async Task Connections_AllTakenByIdleOnes_MakeRoomForTheNext()
    {
        await using var gateway = await LimitedGateway.StartAsync("\"connections\": 20, \"connectionsPerClient\": 20");
        var clients = new List<RawClient>();
        for (var i = 0; i < 60; i++)
        {
            clients.Add(await RawClient.ConnectAsync(gateway.Http, $"127.0.1.{i + 1}"));
        }

        Assert.Equal(200, (await gateway.GetAsync("/100")).Status);
        Assert.InRange(gateway.Running.Get<ConnectionTable>().Count, 1, 21);
        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task Connections_AllTaken_AdministrationIsReached()
    {
        await using var gateway = await LimitedGateway.StartAsync("\"connections\": 16, \"connectionsPerClient\": 16");
        var clients = new List<RawClient>();
        for (var i = 0; i < 16; i++)
        {
            var client = await RawClient.ConnectAsync(gateway.Http, LimitedGateway.Attacker);
            clients.Add(client);
            await client.WriteAsync("GET /20000000 HTTP/1.1\r\nHost: shop.example\r\n\r\n");
        }

        var ready = await RawClient.SendAsync(gateway.Running.Admin, "GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n");

        Assert.Equal(200, ready.Status);
        clients.ForEach(client => client.Dispose());
    }
}
