using System.Diagnostics;
using System.Globalization;
using Jint;
using Jint.Runtime;
using TagGateway.Rewriting;
using TagGateway.Routes;

namespace TagGateway.Tests.Rewriting;

/// <summary>Runs scripts as they were and rewritten, side by side: they must do the same but for where they send.</summary>
[Trait("Category", "Fuzz")]
public class RewriteDifferenceTests(ITestOutputHelper output)
{
    /// <summary>So many programs each time; with TAGGATEWAY_FUZZ_SECONDS as many as there is time for.</summary>
    private const int Programs = 3000;

    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(20);

    [Fact]
    public void Rewrite_RandomPrograms_DoTheSameButForTheHosts()
    {
        var seconds = Environment.GetEnvironmentVariable("TAGGATEWAY_FUZZ_SECONDS");
        var time = seconds is null ? Enough : TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture));
        var first = seconds is null ? 1 : Random.Shared.Next();
        var (count, whole, differences, clock) = (0, 0, new List<string>(), Stopwatch.StartNew());
        while (clock.Elapsed < time && (seconds is not null || count < Programs) && differences.Count < 20)
        {
            var seed = unchecked(first + count++);
            var random = new RandomScript(seed);
            var script = random.Build();
            var rewritten = RewrittenScript.Of(script);
            whole += rewritten.Outcome == RewriteOutcome.Whole ? 1 : 0;
            if (Difference(script, rewritten, random.Told) is { } difference)
            {
                differences.Add($"seed {seed}: {difference}\n{script}\n{rewritten.Text}\n");
            }
        }

        output.WriteLine($"{count} programs from seed {first}, {whole} rewritten whole.");
        Assert.True(differences.Count == 0, string.Join("\n", differences));
        Assert.InRange(whole, count * 6 / 10, count);
    }

    private static string? Difference(string script, RewrittenScript rewritten, List<string> pages)
    {
        var before = Run(script, pages);
        var after = Run(rewritten.Text, pages);
        var mapped = after.ConvertAll(did => did.StartsWith("send ", StringComparison.Ordinal) ? did.Replace(RewrittenScript.Route, "https://", StringComparison.Ordinal) : did);
        if (!before.ConvertAll(Secure).SequenceEqual(mapped.ConvertAll(Secure)))
        {
            return $"before: {string.Join(" | ", before)}; after: {string.Join(" | ", after)}";
        }

        var escape = after.Find(did => Uri.TryCreate(did[(did.IndexOf(' ') + 1)..], UriKind.Absolute, out var url) && did.StartsWith("send", StringComparison.Ordinal)
            && HostRoutes.TryFind(url.Host, url.AbsolutePath, out _));
        return rewritten.Outcome == RewriteOutcome.Whole && escape is not null ? $"escapes: {escape}" : null;
    }

    /// <summary>What was asked for without TLS is asked for over it behind the gateway.</summary>
    private static string Secure(string did) => did.Replace("send http://", "send https://", StringComparison.Ordinal);

    private static List<string> Run(string script, List<string> pages)
    {
        var did = new List<string>();
        var engine = new Engine(options => options.TimeoutInterval(TimeSpan.FromSeconds(5)).LimitRecursion(200));
        engine.SetValue("send", new Action<string>(url => did.Add("send " + url)));
        engine.SetValue("told", new Action<object?>(value => did.Add("told " + Convert.ToString(value, CultureInfo.InvariantCulture))));
        engine.SetValue("page", new Func<int, string>(number => pages[number]));
        try
        {
            engine.Execute(script);
        }
        catch (JavaScriptException error)
        {
            did.Add("threw " + error.Message);
        }

        return did;
    }
}
