using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Operations;

/// <summary>What clients can have the program log at its default level.</summary>
public sealed class LogFloodTests
{
    /// <summary>The lines of the start, and one of each kind with its stack.</summary>
    private const int Constant = 8 * 1024;
    private const double PerByte = 0.01;
    private const string Site = "--tag G-MAIN1 --path /f807 --host shop.example";
    private static readonly (string, string) H2c = ("TAGGATEWAY_URLS", "h2c://127.0.0.1:0");

    [Fact]
    public async Task Log_RapidReset_IsALineOfEachKind()
    {
        await using var gateway = await GatewayProcess.StartAsync(Site, H2c);
        var sent = 0L;
        for (var i = 0; i < 20; i++)
        {
            using var client = await Http2Client.ConnectAsync(gateway.Address);
            sent += await client.FloodAsync(HeaderBlock.Encode(HeaderBlock.Get("/f807/g/collect?v=2")), 2000);
        }

        await AssertQuietAsync(gateway, sent);
    }

    [Fact]
    public async Task Log_MalformedRequests_AreNotLogged()
    {
        await using var gateway = await GatewayProcess.StartAsync(Site, H2c);
        var block = HeaderBlock.Encode([.. HeaderBlock.Get("/x"), ("transfer-encoding", "chunked")]);
        using var client = await Http2Client.ConnectAsync(gateway.Address);
        for (var i = 0; i < 500; i++)
        {
            await client.SendAsync(block);
        }

        await AssertQuietAsync(gateway, 500 * block.Length);
    }

    private static async Task AssertQuietAsync(GatewayProcess gateway, long sent)
    {
        // Its end is the last line: all before it has been written.
        await gateway.TerminateAsync();

        Assert.InRange(gateway.Output.Length, 1, Constant + (sent * PerByte));
        Assert.DoesNotContain("collect", gateway.Output, StringComparison.Ordinal);
    }
}
