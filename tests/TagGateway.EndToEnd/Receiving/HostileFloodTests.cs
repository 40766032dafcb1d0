using System.Diagnostics;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Receiving;

/// <summary>Alone, for it counts what the process holds.</summary>
[CollectionDefinition(nameof(HostileFloodTests), DisableParallelization = true)]
[Collection(nameof(HostileFloodTests))]
public sealed class HostileFloodTests
{
    private const int Requests = 2000;
    private const int AtOnce = 48;

    /// <summary>What may be kept: idle connections to two upstreams, both ends of each being in this process. A leak is ten times that.</summary>
    private const int Slack = 4 * AtOnce;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Gateway_FloodOfHostileRequests_NothingIsHeldAndNobodyWaits()
    {
        await using var google = new RawUpstream();
        await using var origin = new RawUpstream();
        await using var gateway = await RunningGateway.StartAsync(google.Address, $"\"origin\": \"{origin.Address}\"");
        await FloodAsync(gateway, Requests / 4);
        var before = Held();

        await FloodAsync(gateway, Requests);

        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        var clock = Stopwatch.StartNew();
        var after = Held();
        while ((after.Handles > before.Handles + Slack || after.Threads > before.Threads + Slack) && clock.Elapsed < Patience)
        {
            await timer.WaitForNextTickAsync();
            after = Held();
        }

        Assert.InRange(after.Handles, 0, before.Handles + Slack);
        Assert.InRange(after.Threads, 0, before.Threads + Slack);
        Assert.InRange(google.Connections + origin.Connections, 1, 1024);
        Assert.Equal(204, (await gateway.SendAsync("GET /f807/honest HTTP/1.1\r\nHost: shop.example\r\n\r\n")).Status);
        Assert.Equal(204, (await gateway.SendAsync("GET /honest HTTP/1.1\r\nHost: shop.example\r\n\r\n")).Status);
    }

    private static async Task FloodAsync(RunningGateway gateway, int count)
    {
        var attacks = HostileRequestTests.All;
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) =>
        {
            using var client = await RawClient.ConnectAsync(gateway.Address);
            await client.WriteAsync(attacks[i % attacks.Length].Towards(i % 3 == 0 ? HostileGateway.OnSite : HostileGateway.OnPath));
            client.Close(reset: i % 2 == 0);
        });
    }

    private static (int Handles, int Threads) Held()
    {
        using var process = Process.GetCurrentProcess();
        return (process.HandleCount, process.Threads.Count);
    }
}
