using System.Text;
using System.Text.Unicode;
using TagGateway.Caching;
using TagGateway.Limits;
using TagGateway.Operations;
using TagGateway.Rewriting;

namespace TagGateway.TagScripts;

/// <summary>Makes scripts and pages of Google's first-party for sites of full coverage, as templates. Takes tens of milliseconds of a core.</summary>
internal sealed class ScriptRewriting(RewriteLedger ledger, GatewayMetrics metrics, ILogger<ScriptRewriting> logger)
{
    /// <summary>What rewriting takes for each byte of a script: its text and that of the result in UTF-16, and the tokens of both.</summary>
    private const int WorkingFactor = 20;

    /// <summary>How often <see cref="MemoryLease.LargestBody"/> goes into the memory budget, at least.</summary>
    private const int LargestBodiesInBudget = 8;

    /// <summary>The largest script whose tokens are read in a large process; six times the largest that was seen.</summary>
    private const int MaxTokenizedBytes = 4 * 1024 * 1024;

    /// <param name="source">Whose script, and the rules.</param>
    /// <param name="plain">Whole, not encoded; only read during the call.</param>
    /// <param name="template">Gets the template; nothing when the script stays as it came.</param>
    /// <param name="lease">For what is needed meanwhile; null: that is not accounted for.</param>
    /// <returns>Null when there is no room for it.</returns>
    public RewriteOutcome? Rewrite(ScriptSource source, ReadOnlySpan<byte> plain, PooledBuffer template, MemoryLease? lease)
    {
        // Scripts so large that they could not be read even if nothing else was under way get the small change, which needs no tokens.
        var most = lease is null ? MaxTokenizedBytes : (int)Math.Min(MaxTokenizedBytes, lease.LargestBody * LargestBodiesInBudget * 3L / 4 / WorkingFactor);
        var working = plain.Length > most ? plain.Length * 4 : plain.Length * WorkingFactor;
        if (!template.TryReserve(plain.Length + (plain.Length / 8)) || lease?.TryTake(working) == false)
        {
            return null;
        }

        try
        {
            return source.Rules.Kind == RewriteKind.Page
                ? TryRewritePage(plain, template) ? RewriteOutcome.Whole : RewriteOutcome.Untouched
                : RewriteScript(source, plain, template, most);
        }
        finally
        {
            lease?.Give(working);
        }
    }

    private RewriteOutcome RewriteScript(ScriptSource source, ReadOnlySpan<byte> plain, PooledBuffer template, int mostTokenized)
    {
        var rewrite = ScriptRewriter.Rewrite(plain, source.Rules.Layer, source.Rules.ReplacesRegion, template, mostTokenized);
        if (source.IsKept)
        {
            Tell(source, rewrite);
        }

        return rewrite.Outcome;
    }

    private void Tell(ScriptSource source, ScriptRewrite rewrite)
    {
        metrics.ScriptRewritten(source.Site.Name, rewrite);
        ledger.Add(source.Site.Name, source.Tag.ToString(), rewrite);
        switch (rewrite.Outcome)
        {
            case RewriteOutcome.Reduced:
                logger.ScriptReduced(source.Site.Name, source.Tag, rewrite.Release, rewrite.Doubt);
                break;
            case RewriteOutcome.Untouched:
                logger.ScriptUntouched(source.Site.Name, source.Tag, rewrite.Release, rewrite.Doubt);
                break;
            default:
                break;
        }
    }

    private static bool TryRewritePage(ReadOnlySpan<byte> plain, PooledBuffer template)
    {
        if (!Utf8.IsValid(plain))
        {
            return false;
        }

        var text = Encoding.UTF8.GetString(plain);
        var edits = TextAddresses.FindInPage(text);
        return edits.Count > 0 && TemplateWriter.TryWrite(plain, text, edits, template);
    }
}
