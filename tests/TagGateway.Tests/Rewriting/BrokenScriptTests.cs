using System.Diagnostics;
using System.Globalization;
using System.Text;
using Acornima;
using TagGateway.Rewriting;

namespace TagGateway.Tests.Rewriting;

/// <summary>Whatever comes, something that still runs goes out, soon, and nothing is thrown.</summary>
public class BrokenScriptTests(ITestOutputHelper output)
{
    private const string Hosts = "google_tag_manager;send(\"https://www.google.com/ccm/geo\");send(\"https://\"+\"www.googletagmanager.com\"+\"/a\");";

    /// <summary>Pieces that come out worse than others.</summary>
    private static readonly string[] Pieces =
        ["\"", "'", "`", "${", "}", "(", "[", "{", "/", "\\", "\0", "\u00ff", "😀", "//", "/*", "=>", "\"www.google.com\"", "+", ":", "?", ",", "\"https://\"+", "\n", "return ", "#!", "<!--", "-->"];

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData("\"use strict\";")]
    [InlineData("#!/bin/sh\n")]
    [InlineData("\r\n\r\n")]
    [InlineData("class A{#host=1;static #b(){return this?.#host}static{}}var n=1_000_000n,o=a?.b?.[c]??d;o??=1;")]
    [InlineData("var r=/[\\p{L}--[a-z]]/v,s=/(?<a>x)|(?<a>y)/,t=/a/dgimsuy;")]
    [InlineData("label:for(;;){break label}var x=a\n/b/c;if(a)/re/.test(b);")]
    [InlineData("async function*f(){for await(const x of y)yield*x;await using z=a}")]
    [InlineData("import.meta.url;")]
    [InlineData("var s=\"\\\r\n\",t='\u2028\u2029';")]
    public void Rewrite_ScriptOfAnyKind_StillParses(string before)
    {
        var script = before + Hosts;

        var rewritten = RewrittenScript.Of(script);

        Assert.Equal(Parses(script), Parses(rewritten.Text));
        Assert.NotEqual(RewriteOutcome.Untouched, rewritten.Outcome);
    }

    [Theory]
    [InlineData(new byte[0], RewriteOutcome.Whole)]
    [InlineData(new byte[] { 0 }, RewriteOutcome.Untouched)]
    [InlineData(new byte[] { 0xFF, (byte)'o' }, RewriteOutcome.Untouched)]
    [InlineData(new byte[] { (byte)'"', 0xC3, (byte)'"' }, RewriteOutcome.Untouched)]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF }, RewriteOutcome.Whole)]
    internal void Rewrite_Bytes_ThrowsNothing(byte[] script, RewriteOutcome outcome) => Assert.Equal(outcome, RewrittenScript.Of(script).Outcome);

    [Fact]
    public void Rewrite_FiveMegabytes_IsReduced() =>
        Assert.Equal(new ScriptRewrite(RewriteOutcome.Reduced, RewriteDoubt.TooLarge), RewrittenScript.Of(Hosts + new string(' ', 5 << 20)).Result);

    [Fact]
    [Trait("Category", "Fuzz")]
    public void Rewrite_MutatedScripts_StayWhatTheyWere()
    {
        var seconds = Environment.GetEnvironmentVariable("TAGGATEWAY_FUZZ_SECONDS");
        var time = seconds is null ? TimeSpan.FromSeconds(8) : TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture));
        var seed = seconds is null ? 7 : Random.Shared.Next();
        var random = new Random(seed);
        var sources = Sources();
        var (clock, count) = (Stopwatch.StartNew(), 0);
        while (clock.Elapsed < time && (seconds is not null || count < 600))
        {
            count++;
            var script = Mutate(sources[random.Next(sources.Length)], random);

            var rewritten = RewrittenScript.Of(Encoding.UTF8.GetBytes(script));

            Assert.True(!Parses(script) || Parses(rewritten.Text), $"Mutation {count} of seed {seed} is broken.");
        }

        output.WriteLine($"{count} mutations of seed {seed}.");
    }

    /// <summary>Of the folder TAGGATEWAY_SCRIPTS, else our own.</summary>
    private static string[] Sources() => Environment.GetEnvironmentVariable("TAGGATEWAY_SCRIPTS") is { } folder
        ? [.. Directory.GetFiles(folder, "*.js").Order(StringComparer.Ordinal).Select(File.ReadAllText)]
        : [Encoding.UTF8.GetString(SyntheticScripts.All()[0].Script), Hosts, new RandomScript(3).Build()];

    private static string Mutate(string script, Random random)
    {
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(script.Length + 1);
            var length = Math.Min(random.Next(1, 40), script.Length - at);
            script = random.Next(4) switch
            {
                0 => script.Remove(at, length),
                1 => script.Insert(at, script.Substring(at, length)),
                2 => script.Insert(at, Pieces[random.Next(Pieces.Length)]),
                _ => random.Next(4) == 0 ? script[..at] : script.Insert(at, Hosts),
            };
        }

        return script;
    }

    private static bool Parses(string script)
    {
        try
        {
            new Parser().ParseScript(script);
            return true;
        }
        catch (ParseErrorException)
        {
            return false;
        }
    }
}
