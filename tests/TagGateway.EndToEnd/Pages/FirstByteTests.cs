using System.Diagnostics;
using System.Globalization;
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

    /// <summary>Where something else takes the machine's time for a while, that is no fault of the gateway's.</summary>
    private const int MaxAttempts = 3;
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
        var gateways = new RunningGateway[Handlings.Length];
        var visitors = new RawClient[Handlings.Length];
        for (var i = 0; i < Handlings.Length; i++)
        {
            gateways[i] = await PageVisit.StartAsync(origin, $"\"tag\": \"{Handlings[i]}\"");
            visitors[i] = await RawClient.ConnectAsync(gateways[i].Address);
        }

        await MediansAsync(visitors, coding, WarmUp);
        double[] later;
        var attempts = 0;
        do
        {
            var medians = await MediansAsync(visitors, coding, Count);
            later = [.. medians.Select(median => median - medians[0])];
            output.WriteLine($"{coding ?? "plain"}, {(hasTag ? "with" : "without")} a tag, {Count} requests each, median ms to the first byte: "
                + string.Join(", ", Handlings.Select((handling, i) => string.Create(CultureInfo.InvariantCulture, $"{handling} {medians[i]:F3} ({later[i]:+0.000;-0.000})"))));
        }
        while (later.Any(IsTooLate) && ++attempts < MaxAttempts);

        for (var i = 0; i < Handlings.Length; i++)
        {
            visitors[i].Dispose();
            await gateways[i].DisposeAsync();
        }

        Assert.DoesNotContain(later, IsTooLate);
    }

    private static bool IsTooLate(double milliseconds) => Math.Abs(milliseconds) > MaxMilliseconds;

    /// <summary>Of each handling's times, taken in turn.</summary>
    private static async Task<double[]> MediansAsync(RawClient[] visitors, string? coding, int count)
    {
        List<double>[] times = [.. visitors.Select(_ => new List<double>())];
        for (var round = 0; round < count; round++)
        {
            for (var i = 0; i < visitors.Length; i++)
            {
                times[i].Add(await FirstByteAsync(visitors[i], coding));
            }
        }

        return [.. times.Select(Median)];
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
