using TagGateway.Routes;

namespace TagGateway.Rewriting;

/// <summary>Reads a rewritten script again: it has to be the same tokens but for the hosts that moved, and no token that an address is made of may name a host of Google
/// that did not.</summary>
internal sealed class RewriteProof(ScriptTokens before, ScriptTokens after, DataRanges data, IReadOnlyList<ScriptEdit> edits, IReadOnlyDictionary<int, LiteralVerdict> verdicts)
{
    /// <summary>Hosts and a path that no script has.</summary>
    public static readonly TemplateValues Sample = new("https", "site.invalid", "/proof", GooglePlace.Of("DE-BY"));

    private const string SampleRoute = "site.invalid/proof/-/";

    /// <summary><c>"key":value,</c></summary>
    private const int TokensOfMember = 4;

    public RewriteDoubt Find()
    {
        if (!IsTheSame())
        {
            return RewriteDoubt.NotTheSame;
        }

        return new HiddenHosts(before, data, verdicts).Any() ? RewriteDoubt.HostHidden
            : verdicts.Values.Any(verdict => verdict is LiteralVerdict.None or LiteralVerdict.Doubtful) ? RewriteDoubt.HostLeft
            : HasAnchors() ? RewriteDoubt.None : RewriteDoubt.NoAnchor;
    }

    /// <summary>Token by token; also that every host found in the new script was judged in the old one.</summary>
    private bool IsTheSame()
    {
        var (j, next) = (0, 0);
        for (var i = 0; i < before.Count; i++, j++)
        {
            while (next < edits.Count && edits[next].End <= before[i].Start && !(edits[next].Start == before[i].Start && edits[next].End == before[i].Start))
            {
                next++;
            }

            if (next < edits.Count && edits[next].Start == before[i].Start && edits[next].End == before[i].Start)
            {
                j += TokensOfMember;
                next++;
            }

            var isEdited = next < edits.Count && edits[next].Start < before[i].End;
            if (before[i].Kind != after[j].Kind || (!isEdited && !before.TextOf(i).SequenceEqual(after.TextOf(j))) || !IsJudged(i, j))
            {
                return false;
            }
        }

        return j == after.Count;
    }

    private bool IsJudged(int token, int afterToken)
    {
        if (after[afterToken].Kind is not (ScriptTokenKind.String or ScriptTokenKind.Template))
        {
            return true;
        }

        var content = after.ContentOf(afterToken);
        for (var from = 0; GoogleHosts.TryFind(content, from, out var start, out var end); from = end)
        {
            if (!verdicts.TryGetValue(token, out var verdict))
            {
                return false;
            }

            if (verdict == LiteralVerdict.Rewritten && !content[..start].EndsWith(SampleRoute, StringComparison.Ordinal) && RouteReach.MayLead(content[start..end], content[end..])
                && content[..start].EndsWith('/'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Every script of a tag loads from Tag Manager, and sends somewhere.</summary>
    private bool HasAnchors()
    {
        if (!before.Text.Contains("google_tag_manager", StringComparison.Ordinal))
        {
            return true;
        }

        var (loads, sends) = (false, false);
        foreach (var (token, verdict) in verdicts)
        {
            if (verdict is LiteralVerdict.Rewritten or LiteralVerdict.Covered)
            {
                var isManager = before.ContentOf(token).Contains("googletagmanager.com", StringComparison.Ordinal);
                loads |= isManager;
                sends |= !isManager;
            }
        }

        return loads && sends;
    }
}
