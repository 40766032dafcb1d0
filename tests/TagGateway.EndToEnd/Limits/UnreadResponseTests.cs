using TagGateway.EndToEnd.Harness;
using TagGateway.Receiving.Admission;

namespace TagGateway.EndToEnd.Limits;

/// <summary>What clients cost that ask and do not read.</summary>
public sealed class UnreadResponseTests
{
    private const int Streams = 60;
    private const string Tag = "/f807/?id=G-MAIN1";
    private const string File = "/20000000";
    private const string SmallFile = "/40000";

    [Theory]
    [InlineData(Tag)]
    [InlineData(File)]
    public async Task Http2_WindowsThatStayClosed_HoldLittleAndAreResetByTheDeadline(string target)
    {
        await using var gateway = await LimitedGateway.StartAsync("\"progressTimeout\": \"00:00:02\"");
        await gateway.GetAsync(Tag);

        using var client = await gateway.AskUnreadAsync(target, Streams);
        Assert.All(await client.ReadHeadsAsync(Streams), status => Assert.Equal(200, status));

        // The file is read ahead as far as its client's memory goes.
        Assert.InRange(gateway.Budget.Bytes, Streams * AdmissionMiddleware.RequestBytes, Streams * 100 * 1024);
        Assert.True(await client.ReadResetsAsync(Streams));
        await Eventually.HoldsAsync(() => gateway.Budget.Bytes == 0, "all memory was given back");
        Assert.Equal(0, gateway.Origins.Count);
    }

    [Fact]
    public async Task Http1_ClientThatReadsNothing_IsClosedByTheDeadline()
    {
        await using var gateway = await LimitedGateway.StartAsync("\"progressTimeout\": \"00:00:02\"");
        using var client = await RawClient.ConnectAsync(gateway.Http, LimitedGateway.Attacker);
        await client.WriteAsync($"GET {File} HTTP/1.1\r\nHost: shop.example\r\n\r\n");

        await Eventually.HoldsAsync(() => gateway.Budget.Bytes > 0, "the request was under way");
        await Eventually.HoldsAsync(() => gateway.Budget.Bytes == 0, "the request was ended");

        // What lies in the sockets' buffers comes, and then the end.
        Assert.False((await client.ReadAsync()).IsWhole);
    }

    [Fact]
    public async Task Http2_SmallFileThatIsNotRead_LeavesTheOriginAlone()
    {
        await using var gateway = await LimitedGateway.StartAsync("\"progressTimeout\": \"00:10:00\"");

        using var client = await gateway.AskUnreadAsync(SmallFile, 20);
        Assert.All(await client.ReadHeadsAsync(20), status => Assert.Equal(200, status));

        await Eventually.HoldsAsync(() => gateway.Origins.Count == 0, "the origin was no longer needed");
        Assert.True(gateway.Budget.Bytes > 0);
    }

    [Fact]
    public async Task Http2_MoreStreamsThanTheClientsShare_AreShedAndOthersServed()
    {
        await using var gateway = await LimitedGateway.StartAsync("\"memoryBytes\": 4194304, \"progressTimeout\": \"00:10:00\"");
        await gateway.GetAsync(Tag);

        using var client = await gateway.AskUnreadAsync(Tag, 90);
        var statuses = await client.ReadHeadsAsync(90);

        Assert.Equal([200, 503], statuses.Distinct().Order());
        Assert.InRange(gateway.Budget.Bytes, 1, 4194304 / 8);
        Assert.Equal(200, (await gateway.GetAsync(Tag)).Status);
        // Somebody else behind the same address.
        Assert.Equal(200, (await gateway.GetAsync(Tag, LimitedGateway.Attacker)).Status);
    }
}
