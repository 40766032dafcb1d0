using System.Text;
using TagGateway.Caching;
using TagGateway.Rewriting;

namespace TagGateway.Tests.Rewriting;

public class LabTests
{
    [Fact]
    public void Lab()
    {
        var folder = Environment.GetEnvironmentVariable("LAB");
        if (folder is null) { return; }
        var output = new StringBuilder();
        foreach (var file in Directory.GetFiles(folder, "*.js").Order())
        {
            var bytes = File.ReadAllBytes(file);
            var best = double.MaxValue; long garbage = 0; ScriptRewrite result = default;
            using var template = new PooledBuffer();
            for (var run = 0; run < 3; run++)
            {
                template.Clear();
                var before = GC.GetAllocatedBytesForCurrentThread();
                var start = System.Diagnostics.Stopwatch.GetTimestamp();
                result = ScriptRewriter.Rewrite(bytes, null, true, template);
                best = Math.Min(best, System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                garbage = GC.GetAllocatedBytesForCurrentThread() - before;
            }
            var text = Encoding.UTF8.GetString(bytes);
            using var tokens = ScriptTokens.TryRead(text);
            output.Append($"{Path.GetFileName(file)} {bytes.Length} {result.Outcome} {result.Doubt} {best:F1} ms {garbage / 1024} KB");
            if (tokens is not null)
            {
                var (edits, verdicts) = HostRules.Apply(tokens, new DataRanges(tokens));
                output.Append(" edits ").Append(edits.Count).AppendLine();
                foreach (var (token, verdict) in verdicts)
                {
                    if (verdict is not (LiteralVerdict.Data))
                    {
                        var t = tokens[token];
                        output.AppendLine($"    {verdict} …{text[Math.Max(0, t.Start - 50)..t.Start].Replace('\n', ' ')}«{text[t.Start..Math.Min(t.End, t.Start + 90)]}»{text[t.End..Math.Min(text.Length, t.End + 25)].Replace('\n', ' ')}");
                    }
                }
            }
            else { output.AppendLine(" no tokens"); }
            if (result.Outcome != RewriteOutcome.Untouched)
            {
                using var rendered = new PooledBuffer();
                ScriptTemplate.TryRender(template.Span, new TemplateValues("https", "www.shop.example", "/metrics", GooglePlace.Of("DE-BY")), rendered);
                Directory.CreateDirectory(folder + "/out");
                File.WriteAllBytes(folder + "/out/" + Path.GetFileName(file), rendered.Span);
            }
        }
        File.WriteAllText(folder + "/lab.txt", output.ToString());
    }
}
