using System.IO.Compression;
using System.Text;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Pages;

/// <summary>Whatever the size of a page, also of one that grows a thousandfold when it is decoded, the gateway's memory stays flat.</summary>
public sealed class PageMemoryTests
{
    private const int Mebibyte = 1024 * 1024;

    /// <summary>What buffers, connections and collected garbage may come to.</summary>
    private const long Room = 48L * Mebibyte;

    [Theory]
    [InlineData(null)]
    [InlineData("gzip")]
    public async Task Page_OfAHundredMegabytes_LeavesTheMemoryFlat(string? coding)
    {
        var page = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, Mebibyte / 16).Select(i => $"<p>{i * 7919,8}</p>\n")));
        await using var origin = new RawUpstream();
        origin.Answer = async (_, stream) =>
        {
            await RawUpstream.WriteAsync(stream, $"HTTP/1.1 200 OK\r\n{PageVisit.Html}{(coding is null ? "" : $"Content-Encoding: {coding}\r\n")}Connection: close\r\n\r\n");
            await using (var encoder = coding is null ? null : new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
            {
                for (var i = 0; i < 100; i++)
                {
                    await (encoder ?? stream).WriteAsync(page);
                }
            }

            stream.Close();
        };

        var received = await VisitAsync(origin, coding);

        Assert.InRange(received, coding is null ? 100L * page.Length : Mebibyte, long.MaxValue);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("zstd")]
    public async Task Page_ThatIsABomb_LeavesTheMemoryFlat(string coding)
    {
        var bomb = Bomb(coding);
        await using var origin = new RawUpstream();
        origin.AnswerWith(PageVisit.Answer($"{PageVisit.Html}Content-Encoding: {coding}\r\n", bomb));

        var received = await VisitAsync(origin, coding);

        Assert.True(bomb.Length < 3 * Mebibyte && received > 0, $"{bomb.Length}, {received}");
    }

    /// <summary>Reads the page without keeping it.</summary>
    private static async Task<long> VisitAsync(RawUpstream origin, string? coding)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, $$"""
            { "urls": "http://127.0.0.1:0", "admin": { "url": "http://127.0.0.1:0" }, "geo": { "default": "US" },
              "sites": { "shop": { "path": "/f807", "tags": ["G-MAIN1"], "origin": "{{origin.Address}}", "page": { "tag": "rewrite" } } } }
            """);
        await using var gateway = await GatewayProcess.StartAsync($"--config {file}", []);
        File.Delete(file);
        Assert.Equal(404, (await RawClient.SendAsync(gateway.Address, "GET /f807/nothing/../ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")).Status);
        var before = gateway.Memory.ResidentBytes;
        using var visitor = await RawClient.ConnectAsync(gateway.Address);

        await visitor.WriteAsync(PageVisit.Get($"Accept-Encoding: {coding ?? "identity"}, br\r\n"));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        var buffer = new byte[64 * 1024];
        var received = 0L;
        var tail = "";
        for (int read; (read = await visitor.Stream.ReadAsync(buffer, patience.Token)) > 0; received += read)
        {
            tail = Encoding.Latin1.GetString(buffer, Math.Max(read - 5, 0), Math.Min(read, 5));
        }

        Assert.EndsWith("0\r\n\r\n", tail, StringComparison.Ordinal);
        Assert.InRange(gateway.Memory.PeakBytes - before, 0, Room);
        return received;
    }

    /// <summary>A gigabyte of zeros.</summary>
    private static byte[] Bomb(string coding)
    {
        var coded = new MemoryStream();
        var zeros = new byte[Mebibyte];
        using (var encoder = PageVisit.Encoder(coding, coded))
        {
            for (var i = 0; i < 1024; i++)
            {
                encoder.Write(zeros);
            }
        }

        return coded.ToArray();
    }
}
