using System.Buffers;
using System.Diagnostics;
using System.Text;
using TagGateway.Html;

namespace TagGateway.Tests.Html;

/// <summary>The worst that a page can do: the time stays in proportion to its length, and the memory where it is.</summary>
public class PageCostTests
{
    private const int Megabyte = 1 << 20;

    /// <summary>So slow only if a byte is read again and again: a hundredth of what every page shows on an idle machine.</summary>
    private static readonly TimeSpan ForAMegabyte = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData("<")]
    [InlineData("</")]
    [InlineData("<!--")]
    [InlineData("<!")]
    [InlineData("-->")]
    [InlineData("<svg>")]
    [InlineData("<svg><desc>")]
    [InlineData("<template>")]
    [InlineData("<a>")]
    [InlineData("<a b='")]
    [InlineData("<a b=\"x\"")]
    [InlineData("\"")]
    [InlineData("'<")]
    [InlineData("<a/")]
    [InlineData("=")]
    [InlineData("<script>")]
    [InlineData("<script></script>")]
    [InlineData("<script src=x></script>")]
    [InlineData("<script><!--")]
    [InlineData("<script><!--<script>")]
    [InlineData("<title></titl")]
    [InlineData("<noscript><iframe src=")]
    [InlineData("<link rel=preconnect href=https://www.googletagmanager.com>")]
    [InlineData("<link integrity=x integrity=y rel=preload href=https://www.googletagmanager.com/gtag/js?id=G-MAIN1>")]
    [InlineData("<![CDATA[")]
    [InlineData("\0")]
    public void Write_OneThingAgainAndAgain_TakesLinearTime(string piece)
    {
        var unit = Encoding.UTF8.GetBytes(piece);
        var page = new byte[Megabyte];
        for (var at = 0; at < page.Length; at++)
        {
            page[at] = unit[at % unit.Length];
        }

        foreach (var inject in new InjectPosition?[] { null, InjectPosition.HeadEnd })
        {
            AssertSoon(page, 16 * 1024, inject, ForAMegabyte);
            AssertSoon(page.AsSpan(0, Megabyte / 8), 1, inject, ForAMegabyte);
        }
    }

    [Theory]
    [InlineData("<script src=\"", "a")]
    [InlineData("<script>", "a")]
    [InlineData("<script>/*googletagmanager.com*/", "<")]
    [InlineData("<script>", "</scrip")]
    [InlineData("<script><!--", "-")]
    [InlineData("<noscript>", "<iframe src=x>")]
    [InlineData("<link ", "a=b ")]
    [InlineData("<meta ", "a ")]
    public void Write_LargeTagByteByByte_TakesLinearTime(string start, string piece)
    {
        var page = Encoding.UTF8.GetBytes(start + string.Concat(Enumerable.Repeat(piece, 2 * 64 * 1024 / piece.Length)));

        AssertSoon(page, 1, null, ForAMegabyte);
    }

    [Fact]
    public void Write_AHundredMegabytes_HoldsLittle()
    {
        var chunk = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 200).Select(number => $"<div class=\"c{number}\"><p>Text &amp; more</p><svg><path d='M0 0'/></svg><script>a({number})</script></div>")));
        var discarded = new ArrayBufferWriter<byte>(chunk.Length * 2);
        using var rewriter = new PageRewriter(PlanOf(InjectPosition.HeadEnd));
        rewriter.Write("<!doctype html><html><head></head>"u8, discarded);
        rewriter.Write(chunk, discarded);
        discarded.ResetWrittenCount();
        var (clock, before, written) = (Stopwatch.StartNew(), GC.GetAllocatedBytesForCurrentThread(), 0L);
        for (var sent = 0; sent < 100 * Megabyte; sent += chunk.Length)
        {
            rewriter.Write(chunk, discarded);
            written += discarded.WrittenCount - chunk.Length;
            discarded.ResetWrittenCount();
        }

        Assert.Equal(0, written);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
        // Short-lived strings for the scripts' attributes; nothing that stays.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100L * Megabyte);
    }

    private static PagePlan PlanOf(InjectPosition? inject) => new(new TagPlan(["G-MAIN1"]) { Path = "/f807", IsFull = true, Inject = inject }, ContentPolicies.None);

    /// <summary>And what is held at any time stays within the bound; a byte is lost nowhere.</summary>
    private static void AssertSoon(ReadOnlySpan<byte> page, int piece, InjectPosition? inject, TimeSpan limit)
    {
        var output = new ArrayBufferWriter<byte>(page.Length * 2);
        using var rewriter = new PageRewriter(PlanOf(inject));
        var (clock, rewritten, largest) = (Stopwatch.StartNew(), 0, 0);
        for (var at = 0; at < page.Length; at += piece)
        {
            rewriter.Write(page[at..Math.Min(at + piece, page.Length)], output);
            rewritten = rewriter.Findings.Rewritten;
            largest = rewritten == 0 ? Math.Max(largest, at + piece - output.WrittenCount) : largest;
        }

        rewriter.Complete([], output);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, limit);
        Assert.InRange(largest, -1024, HtmlTokenizer.MaxContentBytes + HtmlTokenizer.MaxTagBytes + piece);
        Assert.True(rewritten > 0 || output.WrittenCount >= page.Length);
    }
}
