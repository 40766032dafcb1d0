using System.Text;
using System.Text.Unicode;
using TagGateway.Caching;

namespace TagGateway.Rewriting;

/// <summary>Makes a template of one of Google's scripts, in which every request goes to the site. Once, when the script comes; proved before anybody gets it.</summary>
internal static class ScriptRewriter
{
    /// <summary>Six times the largest script that was seen.</summary>
    private const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>Keys of the blob.</summary>
    private const string ReleaseKey = "14";
    private const string LayerKey = "19";

    /// <param name="script">Whole, not encoded.</param>
    /// <param name="layer">The data layer's name that it was asked for with; null: none.</param>
    /// <param name="replacesRegion">Whether the region of who fetched it has to give way to the visitor's.</param>
    /// <param name="template">Gets the template; nothing when the script stays as it is.</param>
    /// <param name="maxBytes">Larger scripts get the small change.</param>
    public static ScriptRewrite Rewrite(ReadOnlySpan<byte> script, string? layer, bool replacesRegion, PooledBuffer template, int maxBytes = MaxBytes)
    {
        if (!Utf8.IsValid(script))
        {
            return new ScriptRewrite(RewriteOutcome.Untouched, RewriteDoubt.NotJavaScript);
        }

        var text = Encoding.UTF8.GetString(script);
        if (script.Length > maxBytes)
        {
            return Reduce(script, text, null, layer, [], RewriteDoubt.TooLarge, template);
        }

        using var tokens = ScriptTokens.TryRead(text);
        if (tokens is null)
        {
            return Reduce(script, text, null, layer, [], RewriteDoubt.NotJavaScript, template);
        }

        var data = new DataRanges(tokens);
        var regions = new List<ScriptEdit>();
        if (replacesRegion)
        {
            RegionRules.Apply(tokens, data, regions);
        }

        var (edits, verdicts) = HostRules.Apply(tokens, data);
        edits.AddRange(regions);
        var doubt = tokens.IsSpent ? RewriteDoubt.TooLarge : Prove(script, tokens, data, edits, verdicts, template);
        var result = doubt == RewriteDoubt.None
            ? new ScriptRewrite(RewriteOutcome.Whole, doubt)
            : Reduce(script, text, tokens, layer ?? Find(tokens, data, LayerKey), regions, doubt, template);
        return result with { Release = Find(tokens, data, ReleaseKey) ?? "" };
    }

    private static RewriteDoubt Prove(
        ReadOnlySpan<byte> script, ScriptTokens tokens, DataRanges data, List<ScriptEdit> edits, IReadOnlyDictionary<int, LiteralVerdict> verdicts, PooledBuffer template)
    {
        if (!TemplateWriter.TryWrite(script, tokens.Text, edits, template))
        {
            return RewriteDoubt.NotTheSame;
        }

        using var again = ReadSample(script, template);
        return again is null ? RewriteDoubt.NotTheSame : new RewriteProof(tokens, again, data, edits, verdicts).Find();
    }

    private static bool IsRead(ReadOnlySpan<byte> script, PooledBuffer template)
    {
        using var again = ReadSample(script, template);
        return again is not null;
    }

    private static ScriptTokens? ReadSample(ReadOnlySpan<byte> script, PooledBuffer template)
    {
        using var sample = new PooledBuffer(template.Length + (script.Length / 16));
        return ScriptTemplate.TryRender(template.Span, RewriteProof.Sample, sample) ? ScriptTokens.TryRead(Encoding.UTF8.GetString(sample.Span)) : null;
    }

    private static ScriptRewrite Reduce(
        ReadOnlySpan<byte> script, string text, ScriptTokens? tokens, string? layer, IReadOnlyList<ScriptEdit> regions, RewriteDoubt doubt, PooledBuffer template)
    {
        template.Clear();
        if (SmallEdit.TryWrite(script, text, tokens, layer, regions, template) && (tokens is null || IsRead(script, template)))
        {
            return new ScriptRewrite(RewriteOutcome.Reduced, doubt);
        }

        template.Clear();
        return new ScriptRewrite(RewriteOutcome.Untouched, doubt == RewriteDoubt.NotJavaScript ? doubt : RewriteDoubt.NoPlace);
    }

    private static string? Find(ScriptTokens tokens, DataRanges data, string key) =>
        data.Blob >= 0 && data.FindMember(data.Blob, key) is > 0 and var value && tokens[value].Kind == ScriptTokenKind.String ? tokens.ContentOf(value).ToString() : null;
}
