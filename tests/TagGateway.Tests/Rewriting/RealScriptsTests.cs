using System.Diagnostics;
using System.Globalization;
using System.Text;
using TagGateway.Caching;
using TagGateway.Rewriting;

namespace TagGateway.Tests.Rewriting;

/// <summary>Rewrites every script of the folder TAGGATEWAY_SCRIPTS (<c>*.js</c>: saved copies, which are not ours to keep here); without it the stand-in's. Writes what became
/// of each, and where a host stayed, to the file <c>rewritten.txt</c> in that folder.</summary>
public class RealScriptsTests(ITestOutputHelper output)
{
    /// <summary>A host in one of these places makes no request.</summary>
    private static readonly LiteralVerdict[] MayStay =
        [LiteralVerdict.Covered, LiteralVerdict.Compared, LiteralVerdict.Key, LiteralVerdict.Listed, LiteralVerdict.Told, LiteralVerdict.Data, LiteralVerdict.Unrouted];

    [Fact]
    public void Rewrite_EveryScriptOfATag_IsWhole()
    {
        var folder = Environment.GetEnvironmentVariable("TAGGATEWAY_SCRIPTS");
        var scripts = folder is null
            ? SyntheticScripts.All()
            : [.. Directory.GetFiles(folder, "*.js").Order(StringComparer.Ordinal).Select(file => (Path.GetFileName(file), File.ReadAllBytes(file)))];
        var (table, failed) = (new StringBuilder(), new List<string>());

        foreach (var (name, script) in scripts)
        {
            var row = Row(name, script, out var isRight);
            table.Append(row);
            if (!isRight)
            {
                failed.Add(row);
            }
        }

        if (folder is not null)
        {
            File.WriteAllText(Path.Combine(folder, "rewritten.txt"), table.ToString());
        }

        output.WriteLine($"{scripts.Count} scripts, {failed.Count} not whole.{(folder is null ? "" : $" See {folder}/rewritten.txt")}");
        Assert.NotEmpty(scripts);
        Assert.True(failed.Count == 0, string.Join("", failed));
    }

    /// <summary>One that is no tag's script, or is not JavaScript, may be left as it is; nothing else may.</summary>
    private static string Row(string name, byte[] script, out bool isRight)
    {
        using var template = new PooledBuffer();
        var garbage = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        var result = ScriptRewriter.Rewrite(script, null, true, template);
        var row = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{name}: {script.Length} bytes, {result.Outcome} {result.Doubt}, {clock.Elapsed.TotalMilliseconds:F1} ms, ")
            .Append(CultureInfo.InvariantCulture, $"{(GC.GetAllocatedBytesForCurrentThread() - garbage) / 1024} KB\n");
        isRight = result.Outcome == RewriteOutcome.Whole || (result.Outcome == RewriteOutcome.Untouched && result.Doubt is RewriteDoubt.NoPlace or RewriteDoubt.NotJavaScript);
        if (result.Outcome == RewriteOutcome.Whole)
        {
            isRight = AddPlaces(Encoding.UTF8.GetString(script), row) & IsRead(template);
        }

        return row.ToString();
    }

    private static bool AddPlaces(string text, StringBuilder row)
    {
        using var tokens = ScriptTokens.TryRead(text);
        Assert.NotNull(tokens);
        var isRight = true;
        foreach (var (token, verdict) in HostRules.Apply(tokens, new DataRanges(tokens)).Verdicts.Where(one => one.Value is not (LiteralVerdict.Data or LiteralVerdict.Rewritten)))
        {
            var (start, end) = (tokens[token].Start, tokens[token].End);
            row.Append($"    {verdict} …{text[Math.Max(0, start - 40)..start]}«{text[start..end]}»{text[end..Math.Min(text.Length, end + 20)]}".ReplaceLineEndings(" ")).Append('\n');
            isRight &= MayStay.Contains(verdict);
        }

        return isRight;
    }

    private static bool IsRead(PooledBuffer template)
    {
        using var rendered = new PooledBuffer();
        Assert.True(ScriptTemplate.TryRender(template.Span, RewrittenScript.Values, rendered));
        using var again = ScriptTokens.TryRead(Encoding.UTF8.GetString(rendered.Span));
        return again is not null && rendered.Span.IndexOf(ScriptTemplate.Mark) < 0;
    }
}
