using System.Diagnostics;
using System.Text;
using TagGateway.Caching;
using TagGateway.Rewriting;
using TagGateway.Tests.Caching;

namespace TagGateway.Tests.Rewriting;

/// <summary>Scripts that would make the rules look around for ever, and one that is only large.</summary>
[Collection(Alone.Name)]
public class NastyScriptTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("\"www.google.com\",", 100_000)]
    [InlineData("f(\"www.google.com\",", 20_000)]
    [InlineData("a=\"www.google.com\";", 50_000)]
    [InlineData("a.b=\"www.google.com\";x=a.b;", 30_000)]
    [InlineData("b=a?\"www.google.com\":b,", 50_000)]
    [InlineData("\"https://\"+", 80_000)]
    [InlineData("\"https://\"+(", 60_000)]
    [InlineData("[", 100_000)]
    [InlineData("{a:[(", 60_000)]
    [InlineData("{\"resource\":{}};", 60_000)]
    [InlineData("f(1,\"https://www.google.com\");", 40_000)]
    [InlineData("function f#(a){return a}f#(\"www.google.com\");", 15_000)]
    [InlineData("function f#(a){return f!(a)}f#(\"www.google.com\");", 12_000)]
    [InlineData("`${", 60_000)]
    [InlineData("/*", 400_000)]
    [InlineData("1,", 400_000)]
    [InlineData("x=>", 100_000)]
    public void Rewrite_NastyScript_TakesBoundedTime(string piece, int times)
    {
        var script = new StringBuilder("google_tag_manager;var t=\"" + new string('x', 1000) + "\";");
        for (var i = 0; i < times && script.Length < 1 << 20; i++)
        {
            script.Append(piece.Replace("#", $"{i}", StringComparison.Ordinal).Replace("!", $"{i + 1}", StringComparison.Ordinal));
        }

        script.Append('0');
        foreach (var closer in Enumerable.Repeat(piece.Reverse().Where("([{".Contains).Select(open => open == '(' ? ')' : open == '[' ? ']' : '}'), piece.Contains('}') || piece.Contains(')') ? 0 : times))
        {
            script.Append([.. closer]);
        }

        var bytes = Encoding.UTF8.GetBytes(script.ToString());
        var clock = Stopwatch.StartNew();

        RewrittenScript.Of(bytes);

        output.WriteLine($"{clock.ElapsedMilliseconds} ms for {bytes.Length / 1024} KB");
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Rewrite_HalfAMegabyte_LeavesLittleGarbage()
    {
        var script = SyntheticScripts.Large(512 * 1024);
        using var template = new PooledBuffer(1 << 20);
        ScriptRewriter.Rewrite(script, null, true, template);
        template.Clear();
        var before = GC.GetAllocatedBytesForCurrentThread();

        var result = ScriptRewriter.Rewrite(script, null, true, template);

        var garbage = GC.GetAllocatedBytesForCurrentThread() - before;
        output.WriteLine($"{garbage / 1024} KB of garbage for {script.Length / 1024} KB.");
        Assert.Equal(RewriteOutcome.Whole, result.Outcome);

        // Nearly all of this script is numbers, which are objects to the tokenizer: real ones of the size leave 3.5 MB.
        Assert.InRange(garbage, 0, 11 * script.Length);
    }
}
