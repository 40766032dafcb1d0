using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using TagGateway.EndToEnd.Harness;

namespace TagGateway.EndToEnd.Pages;

/// <summary>What rewriting costs a visitor before he sees anything: from his request to the first byte of the page, beside the same gateway that leaves pages alone.
/// Alone, for it takes times.</summary>
[CollectionDefinition(nameof(FirstByteTests), DisableParallelization = true)]
[Collection(nameof(FirstByteTests))]
public sealed class FirstByteTests(ITestOutputHelper output)
{
    private const int WarmUp = 1000;
    private const int Count = 300;
    private const double MaxMilliseconds = 1;
    private static readonly string[] Handlings = ["leave", "rewrite", "inject"];

    /// <summary>What is measured is what a visitor waits: the page's own first byte, not the headers', whichever comes later.</summary>
    [Theory]
    [InlineData(null, true)]
    [InlineData(null, false)]
    [InlineData("gzip", true)]
    [InlineData("br", false)]
    public async Task Page_Rewritten_BeginsWithinAMillisecondOfOneThatIsLeft(string? coding, bool hasTag)
    {
        await using var origin = new RawUpstream();
        origin.AnswerWith(PageVisit.Answer(PageVisit.Html + (coding is null ? "" : $"Content-Encoding: {coding}\r\n"), PageVisit.Encode(coding, Page(hasTag))));
        var times = new List<double>[Handlings.Length];
        var gateways = new RunningGateway[Handlings.Length];
        var visitors = new RawClient[Handlings.Length];
        for (var i = 0; i < Handlings.Length; i++)
        {
            gateways[i] = await PageVisit.StartAsync(origin, $"\"tag\": \"{Handlings[i]}\"");
            visitors[i] = await RawClient.ConnectAsync(gateways[i].Address);
            times[i] = [];
        }

        for (var round = 0; round < WarmUp + Count; round++)
        {
            for (var i = 0; i < Handlings.Length; i++)
            {
                var time = await FirstByteAsync(visitors[i], coding);
                if (round >= WarmUp)
                {
                    times[i].Add(time);
                }
            }
        }

        for (var i = 0; i < Handlings.Length; i++)
        {
            visitors[i].Dispose();
            await gateways[i].DisposeAsync();
        }

        var medians = times.Select(Median).ToArray();
        output.WriteLine($"{coding ?? "plain"}, {(hasTag ? "with" : "without")} a tag, {Count} requests each, median ms to the first byte: "
            + string.Join(", ", Handlings.Select((handling, i) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{handling} {medians[i]:F3} ({medians[i] - medians[0]:+0.000;-0.000})"))));
        Assert.All(medians[1..], median => Assert.InRange(median - medians[0], -MaxMilliseconds, MaxMilliseconds));
    }

    /// <summary>A request on a connection that is open; the rest of the page is read before it returns.</summary>
    private static async Task<double> FirstByteAsync(RawClient visitor, string? coding)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var request = Encoding.ASCII.GetBytes($"GET /x HTTP/1.1\r\nHost: shop.example\r\nSec-Fetch-Dest: document\r\n{(coding is null ? "" : $"Accept-Encoding: {coding}\r\n")}\r\n");
        var time = await Task.Factory.StartNew(() => FirstByte(visitor.Stream.Socket, request), patience.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var head = await RawMessage.ReadHeadAsync(visitor.Stream, patience.Token);
        Assert.NotNull(head);
        var (body, isWhole) = await RawMessage.ReadBodyAsync(visitor.Stream, head, readToEnd: false, patience.Token);
        Assert.True(isWhole && body.Length > 0);
        return time;
    }

    /// <summary>On a thread of its own: the gateways take those of the pool, which on a busy machine has none to spare for whom they serve.</summary>
    private static double FirstByte(Socket visitor, byte[] request)
    {
        var seen = new byte[16 * 1024];
        var begin = Stopwatch.GetTimestamp();
        visitor.Send(request);
        for (var end = -1; end < 0;)
        {
            var count = visitor.Receive(seen, SocketFlags.Peek);
            Assert.NotEqual(0, count);
            end = seen.AsSpan(0, count - 1).IndexOf("\r\n\r\n"u8);
        }

        return Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
    }

    private static double Median(List<double> times)
    {
        times.Sort();
        return times[times.Count / 2];
    }

    /// <summary>Of 200 KB, as shops have them; the tag in its head.</summary>
    private static byte[] Page(bool hasTag) => Encoding.ASCII.GetBytes(
        $"<!doctype html><html><head><title>a</title>{(hasTag ? "<script async src=\"https://www.googletagmanager.com/gtag/js?id=G-MAIN1\"></script>" : "")}</head><body>"
        + string.Concat(Enumerable.Range(0, 4000).Select(i => $"<div class=\"item\"><a href=\"/p/{i * 7919 % 4001}\">{i}</a></div>\n")) + "</body></html>");
}
