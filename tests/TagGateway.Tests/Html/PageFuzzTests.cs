using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using TagGateway.Html;

namespace TagGateway.Tests.Html;

/// <summary>Pages changed at random for as long as there is time, judged as the made-up ones are: nothing is thrown, lost, changed unasked or held for long.</summary>
[Trait("Category", "Fuzz")]
public class PageFuzzTests(ITestOutputHelper output)
{
    /// <summary>Of the usual run, so that it makes the same pages on every machine that is quick enough.</summary>
    private const int UsualCount = 300_000;

    private const int MostHeld = HtmlTokenizer.MaxContentBytes + HtmlTokenizer.MaxTagBytes;

    /// <summary>For one page in three ways, on a machine that does other things beside.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public void Write_MutatedPages_ChangeAsIntendedAndNothingElse()
    {
        var seconds = Environment.GetEnvironmentVariable("TAGGATEWAY_FUZZ_SECONDS");
        var time = TimeSpan.FromSeconds(seconds is null ? 120 : int.Parse(seconds, CultureInfo.InvariantCulture));
        // The usual run makes the same pages every time; a longer one new ones, unless it is told where to begin.
        var named = Environment.GetEnvironmentVariable("TAGGATEWAY_FUZZ_SEED");
        var first = named is not null ? int.Parse(named, CultureInfo.InvariantCulture) : seconds is null ? 1 : Random.Shared.Next();
        var (count, doubtful, incomparable, differences, clock) = (0, 0, 0, new List<string>(), Stopwatch.StartNew());
        while (clock.Elapsed < time && differences.Count < 10 && (seconds is not null || count < UsualCount))
        {
            var seed = unchecked(first + count++);
            var random = new Random(seed);
            var page = new RandomPage(seed);
            var bytes = Mutate(page.Bytes, random);
            var began = clock.Elapsed;
            var judge = new PageJudge(bytes, page.Plan);
            if ((TryJudge(judge) ?? CutDifference(judge, bytes, page.Plan, random) ?? (clock.Elapsed - began > Patience ? "too slow" : null)) is { } difference)
            {
                differences.Add($"seed {seed}: {difference}\n{Convert.ToBase64String(bytes)}\n{Encoding.Latin1.GetString(bytes)}\n----\n{Encoding.Latin1.GetString(judge.Result)}\n");
            }

            doubtful += judge.IsDoubtful ? 1 : 0;
            incomparable += judge.IsIncomparable ? 1 : 0;
        }

        output.WriteLine($"{count} pages from seed {first}, {doubtful} in doubt, {incomparable} not comparable.");
        Assert.True(differences.Count == 0, string.Join("\n", differences));
        Assert.InRange(incomparable, 0, count / 4);
    }

    private static string? TryJudge(PageJudge judge)
    {
        try
        {
            return judge.Difference(isWellFormed: false);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException)
        {
            return error.ToString();
        }
    }

    /// <summary>In other pieces the same comes out, and soon.</summary>
    private static string? CutDifference(PageJudge judge, byte[] page, PagePlan plan, Random random)
    {
        var most = random.Next(1, 60);
        var output = new ArrayBufferWriter<byte>(page.Length + 1024);
        using var rewriter = new PageRewriter(plan);
        for (var at = 0; at < page.Length;)
        {
            var piece = Math.Min(random.Next(0, most + 1), page.Length - at);
            rewriter.Write(page.AsSpan(at, piece), output);
            at += piece;
            if (at - output.WrittenCount > MostHeld + (300 * (rewriter.Findings.Rewritten + 1)))
            {
                return $"{at - output.WrittenCount} bytes are held";
            }
        }

        rewriter.Complete([], output);
        return output.WrittenSpan.SequenceEqual(judge.Result) && PageJudge.IsSame(judge.Findings, rewriter.Findings) ? null
            : $"in pieces up to {most}: {rewriter.Findings.Reason}, not {judge.Findings.Reason}\n{Encoding.Latin1.GetString(output.WrittenSpan)}\n----";
    }

    private static byte[] Mutate(byte[] page, Random random)
    {
        var bytes = new List<byte>(page);
        for (var count = random.Next(1, 9); count > 0; count--)
        {
            var at = random.Next(bytes.Count + 1);
            var length = Math.Min(random.Next(1, 30), bytes.Count - at);
            switch (random.Next(8))
            {
                case 0 when at < bytes.Count: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1 when at < bytes.Count: bytes[at] = (byte)random.Next(256); break;
                case 2: bytes.RemoveRange(at, length); break;
                case 3: bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length)); break;
                case 4 when random.Next(4) == 0: bytes.RemoveRange(at, bytes.Count - at); break;
                case 5 when random.Next(2) == 0:
                    var other = new RandomPage(random.Next()).Bytes;
                    var from = random.Next(other.Length + 1);
                    bytes.InsertRange(at, other.AsSpan(from, Math.Min(random.Next(200), other.Length - from)).ToArray());
                    break;
                default: bytes.InsertRange(at, Encoding.Latin1.GetBytes(RandomPage.Tokens[random.Next(RandomPage.Tokens.Length)])); break;
            }
        }

        return [.. bytes];
    }
}
