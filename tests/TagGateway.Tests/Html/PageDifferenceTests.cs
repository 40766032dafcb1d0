using System.Text;
using TagGateway.Html;

namespace TagGateway.Tests.Html;

/// <summary>Made-up pages, rewritten and judged by their trees (AngleSharp) and their bytes; then cut in every way, which must change nothing.</summary>
public class PageDifferenceTests(ITestOutputHelper output)
{
    private const int Pages = 3200;
    private const int LargestCutEverywhere = 4096;

    [Fact]
    public void Write_ThreeThousandPages_ChangeAsIntendedAndNothingElse()
    {
        var (doubtful, whole, rewritten, injected, incomparable, differences) = (0, 0, 0, 0, 0, new List<string>());
        for (var seed = 0; seed < Pages && differences.Count < 12; seed++)
        {
            var page = new RandomPage(seed);
            var judge = new PageJudge(page.Bytes, page.Plan);
            doubtful += judge.IsDoubtful ? 1 : 0;
            whole += page.IsWellFormed ? 1 : 0;
            rewritten += judge.Findings.Rewritten > 0 ? 1 : 0;
            injected += judge.Findings.IsInjected ? 1 : 0;
            if (DifferenceOf(judge, page) is { } difference)
            {
                differences.Add($"seed {seed}: {difference}\n{Encoding.Latin1.GetString(page.Bytes)}\n----\n{Encoding.Latin1.GetString(judge.Result)}\n");
            }

            incomparable += judge.IsIncomparable ? 1 : 0;
        }

        output.WriteLine($"{Pages} pages, {whole} well-formed, {rewritten} rewritten, {injected} injected, {doubtful} in doubt, {incomparable} not comparable.");
        Assert.True(differences.Count == 0, string.Join("\n", differences));
        Assert.InRange(doubtful + incomparable, 0, (Pages - whole) / 3);
        Assert.InRange(rewritten, Pages / 4, Pages);
        Assert.InRange(injected, Pages / 20, Pages);
    }

    [Fact]
    public void Write_PagesCutAnywhere_ComeOutTheSame()
    {
        for (var seed = 0; seed < Pages; seed++)
        {
            var page = new RandomPage(seed);
            var expected = PageJudge.Rewrite(page.Bytes, page.Plan, page.Bytes.Length);
            for (var cut = 1; cut < Math.Min(page.Bytes.Length, LargestCutEverywhere); cut++)
            {
                AssertSame(expected, page, seed, cut);
            }

            AssertSame(expected, page, seed, [.. Enumerable.Repeat(1, page.Bytes.Length)]);
            AssertSame(expected, page, seed, [.. Pieces(new Random(seed), page.Bytes.Length)]);
        }
    }

    private static string? DifferenceOf(PageJudge judge, RandomPage page)
    {
        try
        {
            return judge.Difference(page.IsWellFormed);
        }
        catch (InvalidOperationException error)
        {
            return error.ToString();
        }
    }

    private static void AssertSame((byte[] Result, PageFindings Findings) expected, RandomPage page, int seed, params ReadOnlySpan<int> pieces)
    {
        var (result, findings) = PageJudge.Rewrite(page.Bytes, page.Plan, pieces);
        if (!result.AsSpan().SequenceEqual(expected.Result) || !PageJudge.IsSame(findings, expected.Findings))
        {
            Assert.Fail($"seed {seed} in pieces of {string.Join(',', pieces[..Math.Min(pieces.Length, 20)].ToArray())}: {findings.Reason}, not {expected.Findings.Reason}\n{Encoding.Latin1.GetString(page.Bytes)}\n----\n{Encoding.Latin1.GetString(result)}");
        }
    }

    private static IEnumerable<int> Pieces(Random random, int length)
    {
        while (length > 0)
        {
            var piece = Math.Min(random.Next(0, 40), length);
            length -= piece;
            yield return piece;
        }
    }
}
