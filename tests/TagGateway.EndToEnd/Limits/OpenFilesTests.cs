using System.Diagnostics;
using TagGateway.EndToEnd.Harness;
using TagGateway.Limits;

namespace TagGateway.EndToEnd.Limits;

/// <summary>With few open files allowed (<c>ulimit -n</c>).</summary>
public sealed class OpenFilesTests
{
    private const string Site = "--tag G-MAIN1 --path /f807 --host shop.example";

    [Fact]
    public async Task Start_TooFewOpenFiles_SaysHowManyAreNeeded()
    {
        var (exitCode, _, errors) = await GatewayProcess.RunAsync(Site, openFiles: 100);

        Assert.Equal(3, exitCode);
        Assert.Contains($"open files (ulimit -n) is 100; at least {OpenFiles.LeastLimit}", errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Flood_MoreConnectionsThanOpenFiles_OthersAreServedAndNothingSpins()
    {
        await using var gateway = await GatewayProcess.StartAsync(Site, openFiles: 400);
        var clients = new List<RawClient>();
        for (var i = 0; i < 600; i++)
        {
            clients.Add(await RawClient.ConnectAsync(gateway.Address, $"127.0.2.{(i % 20) + 1}"));
        }

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(404, (await RawClient.SendAsync(gateway.Address, "GET /x HTTP/1.1\r\nHost: shop.example\r\n\r\n", LimitedGateway.Visitor)).Status);
        }

        // A listener that spins never rests; what is still being compiled does after a while.
        var (before, clock) = (gateway.Processor, Stopwatch.StartNew());
        await Eventually.HoldsAsync(
            () =>
            {
                if (clock.Elapsed < TimeSpan.FromSeconds(1))
                {
                    return false;
                }

                var part = (gateway.Processor - before) / clock.Elapsed;
                (before, clock) = (gateway.Processor, Stopwatch.StartNew());
                return part < 0.5;
            },
            "the listener rests");
        clients.ForEach(client => client.Dispose());
    }
}
