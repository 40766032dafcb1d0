using System.Text;
using TagGateway.Caching;
using TagGateway.Rewriting;

namespace TagGateway.Tests.Rewriting;

/// <summary>A script after the rewriter, as a visitor in Bavaria gets it.</summary>
internal sealed record RewrittenScript(ScriptRewrite Result, string Text)
{
    public const string Route = "https://s.example/m/-/";
    public static readonly TemplateValues Values = new("https", "s.example", "/m", GooglePlace.Of("DE-BY"));

    public RewriteOutcome Outcome => Result.Outcome;

    public static RewrittenScript Of(string script, string? layer = null, bool replacesRegion = true, TemplateValues? values = null) =>
        Of(Encoding.UTF8.GetBytes(script), layer, replacesRegion, values);

    /// <summary>Of a script that stays as it came, the script.</summary>
    public static RewrittenScript Of(byte[] script, string? layer = null, bool replacesRegion = true, TemplateValues? values = null)
    {
        using var template = new PooledBuffer();
        using var rendered = new PooledBuffer();
        var result = ScriptRewriter.Rewrite(script, layer, replacesRegion, template);
        if (result.Outcome == RewriteOutcome.Untouched)
        {
            Assert.Equal(0, template.Length);
            return new RewrittenScript(result, Encoding.UTF8.GetString(script));
        }

        Assert.True(ScriptTemplate.TryRender(template.Span, values ?? Values, rendered));
        Assert.DoesNotContain(ScriptTemplate.Mark, rendered.Span.ToArray());
        return new RewrittenScript(result, Encoding.UTF8.GetString(rendered.Span));
    }

    /// <summary>The same script in the ways that it may be written: as it is, with the other quotes, with a space or a line between all its tokens.</summary>
    public static IEnumerable<string> Spellings(string script)
    {
        yield return script;
        yield return script.Contains('\'') || script.Contains('`') ? script : script.Replace('"', '\'');
        yield return Spaced(script, " ");
        yield return Spaced(script, "\n    ");
    }

    private static string Spaced(string script, string space)
    {
        using var tokens = ScriptTokens.TryRead(script);
        Assert.NotNull(tokens);
        var text = new StringBuilder();
        for (var i = 0; i < tokens.Count; i++)
        {
            // No line may end behind these.
            var isBound = tokens.Is(i - 1, "return") || tokens.Is(i, "=>") || tokens[i].Kind == ScriptTokenKind.Template || tokens[i - 1].Kind == ScriptTokenKind.Template;
            text.Append(i == 0 ? "" : tokens[i].Kind == ScriptTokenKind.Template || tokens[i - 1].Kind == ScriptTokenKind.Template ? "" : isBound ? " " : space).Append(tokens.TextOf(i));
        }

        return text.ToString();
    }
}
