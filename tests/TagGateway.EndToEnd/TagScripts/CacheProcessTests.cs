using System.Diagnostics;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.TagScripts;

/// <summary>The memory of the gateway's whole process, as an operator limits it.</summary>
public sealed class CacheProcessTests(ITestOutputHelper output)
{
    private const long CacheBytes = 64 * 1024 * 1024;

    [Fact]
    public async Task Memory_TwoHundredRegionsOfTenTags_StaysWithinTheCacheAndSixtyMegabytes()
    {
        await using var crowd = new RegionCrowd();
        await using var gateway = await GatewayProcess.StartAsync("", crowd.Environment(CacheBytes));
        var idle = gateway.Memory.ResidentBytes;
        var watch = Stopwatch.StartNew();

        await crowd.VisitAsync(gateway.Address);

        output.WriteLine($"{crowd.EncodedBytes / 1e3:F0} KB br; idle {idle / 1e6:F1} MB, peak {gateway.Memory.PeakBytes / 1e6:F1} MB, now {gateway.Memory.ResidentBytes / 1e6:F1} MB; {watch.Elapsed.TotalSeconds:F1} s");
        Assert.InRange(gateway.Memory.PeakBytes - idle, 0, CacheBytes + 60_000_000);
    }

    /// <summary>As long as the server takes them; Google refuses each, and what is remembered of that is counted. They come through a proxy, as from many clients: one
    /// alone would soon have had its share.</summary>
    [Fact]
    public async Task Memory_FloodOfLongQueries_StaysWithinTheCacheAndSixtyMegabytes()
    {
        const int Queries = 4000;
        await using var google = new RawUpstream();
        google.AnswerWith("HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno");
        await using var gateway = await GatewayProcess.StartAsync(
            "",
            ("TAGGATEWAY_PATH", "/f807"),
            ("TAGGATEWAY_TAG", "G-MAIN1"),
            ("TAGGATEWAY_CONNECTTO__*", google.Address),
            ("TAGGATEWAY_GEO__DEFAULT", "US-CA"),
            ("TAGGATEWAY_TRUSTEDPROXIES", "127.0.0.1"),
            ("TAGGATEWAY_CACHE__MEMORYBYTES", $"{CacheBytes}"));
        var idle = gateway.Memory.ResidentBytes;
        var padding = new string('x', 30_000);
        using var client = await RawClient.ConnectAsync(gateway.Address);

        for (var i = 0; i < Queries; i++)
        {
            await client.WriteAsync($"GET /f807/?id=G-MAIN1&evil={i}&x={padding} HTTP/1.1\r\nHost: shop.example\r\n\r\n");
            Assert.Equal(404, (await client.ReadAsync()).Status);
            google.TakeAll();
        }

        output.WriteLine($"idle {idle / 1e6:F1} MB, peak {gateway.Memory.PeakBytes / 1e6:F1} MB, now {gateway.Memory.ResidentBytes / 1e6:F1} MB");
        Assert.InRange(gateway.Memory.PeakBytes - idle, 0, CacheBytes + 60_000_000);
    }
}
