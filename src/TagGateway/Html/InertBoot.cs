using System.Text;
using TagGateway.Rewriting;

namespace TagGateway.Html;

/// <summary>Takes the effect from a bootstrap whose container the page has been given already. The usual function that boots a container is replaced by nothing, the
/// script's other code stays as it is. A bootstrap of another shape still loads the container, which stands down where it runs already, but its <c>gtm.js</c> event is
/// no event any more: an object without <c>event</c> fires no tag, where a second <c>gtm.js</c> would count the page twice.</summary>
internal static class InertBoot
{
    /// <summary>What may be called or named in a bootstrap that does nothing else.</summary>
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "var", "let", "const", "new", "if", "true", "false", "null", "undefined", "window", "document", "self", "globalThis", "Date", "dataLayer", "getTime", "now", "push", "event",
        "getElementsByTagName", "createElement", "async", "defer", "src", "type", "parentNode", "parentElement", "insertBefore", "appendChild", "append", "prepend", "head", "body",
        "documentElement", "firstChild", "nonce", "querySelector", "setAttribute", "getAttribute", "currentScript", "charset", "concat",
    };

    /// <summary>The edits in order, those that make other tags of the script first-party included; null: there is no bootstrap of this container in this layer, or it
    /// is not understood.</summary>
    /// <param name="script">Its bytes.</param>
    /// <param name="id">Of the container that was injected.</param>
    /// <param name="layer">Of that container.</param>
    public static IReadOnlyList<PageEdit>? TryMake(ReadOnlySpan<byte> script, InlineContext context, string id, string layer = DataLayer.Usual)
    {
        using var tokens = InlineScript.TokensOf(script);
        if (tokens is null || new InlineReader(tokens, context).Read() is not { Verdict: InlineVerdict.Rewritten or InlineVerdict.FirstParty } read || !read.Ids.Contains(id, StringComparer.OrdinalIgnoreCase))
        {
            return null;
        }

        var commands = new ScriptCommands(tokens, context.Plan);
        var inert = new List<PageEdit>();
        for (var i = 0; i < tokens.Count && tokens.Spend(); i++)
        {
            if (tokens.IsString(i, "gtm.start") && tokens.Is(i + 1, ":") && (DataLayer.Of(tokens, i) ?? layer) == layer && Boots(tokens, commands, i, id))
            {
                if ((TryRemove(tokens, context.Plan, i) ?? TryRename(tokens, i)) is not { } edit)
                {
                    return null;
                }

                inert.Add(edit);
            }
        }

        return inert.Count == 0 || tokens.IsSpent ? null
            : [.. inert.Concat(read.Edits.Where(edit => !inert.Exists(gone => edit.Start >= gone.Start && edit.End <= gone.End))).OrderBy(edit => edit.Start)];
    }

    /// <summary>Of this container and of no other.</summary>
    private static bool Boots(ScriptTokens tokens, ScriptCommands commands, int key, string id)
    {
        var ids = CalledFunction.TryFind(tokens, key, out var called) ? commands.IdsBetween(called.Arguments, tokens[called.Arguments].Partner) : [];
        ids = ids.Count > 0 ? ids : [.. commands.AllIds.Where(each => each.StartsWith("GTM-", StringComparison.Ordinal))];

        // No string of its own: it stands within the address, and the script loads nothing else.
        return ids.Count == 0 || (ids.Count == 1 && ids[0].Equals(id, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The whole call, which has no value, by another expression that has none: right wherever it stands.</summary>
    private static PageEdit? TryRemove(ScriptTokens tokens, TagPlan plan, int key)
    {
        if (!CalledFunction.TryFind(tokens, key, out var called) || !DoesNothingElse(tokens, called, plan)
            || (tokens.Is(called.First, "(") && LiteralPlace.IsCall(tokens, called.First)) || tokens.Is(called.First - 1, "new")
            || tokens.TextOf(called.Last + 1) is "(" or "[" or "." or "?." or "`")
        {
            return null;
        }

        return new PageEdit(tokens[called.First].Start, tokens[called.Last].End, "(void 0)"u8.ToArray());
    }

    /// <summary>Its names are its own or known, it holds an address of the tag, and what it is called with are plain values.</summary>
    private static bool DoesNothingElse(ScriptTokens tokens, CalledFunction called, TagPlan plan)
    {
        var own = OwnNames(tokens, called);
        var loads = false;
        for (var i = called.Body + 1; i < tokens[called.Body].Partner && tokens.Spend(); i++)
        {
            var isMember = tokens.Is(i - 1, ".") || tokens.Is(i - 1, "?.");
            if (tokens.IsName(i) && !Known.Contains(tokens.TextOf(i).ToString()) && (isMember || (!own.Contains(tokens.TextOf(i).ToString()) && !called.HasParameter(tokens, tokens.TextOf(i)))))
            {
                return false;
            }

            // A further member of the pushed object is the page's own.
            if (tokens.Is(i, ":") && tokens.Is(tokens[i].Parent, "{") && LiteralPlace.IsObject(tokens, tokens[i].Parent) && !tokens.IsString(i - 1, "gtm.start") && !IsEvent(tokens, i - 1))
            {
                return false;
            }

            loads |= tokens[i].Kind is ScriptTokenKind.String or ScriptTokenKind.Template
                && (tokens.ContentOf(i).Contains("googletagmanager.com", StringComparison.Ordinal) || tokens.ContentOf(i).Contains(plan.Path, StringComparison.Ordinal));
        }

        return loads && ArePlain(tokens, called.Arguments);
    }

    private static HashSet<string> OwnNames(ScriptTokens tokens, CalledFunction called)
    {
        var own = new HashSet<string>(StringComparer.Ordinal);
        for (var i = called.Body + 1; i < tokens[called.Body].Partner && tokens.Spend(); i++)
        {
            if (tokens.Is(i, "var") || tokens.Is(i, "let") || tokens.Is(i, "const"))
            {
                for (var name = i + 1; tokens.IsName(name) && tokens.TextOf(name + 1) is "=" or "," or ";" && tokens.Spend();)
                {
                    own.Add(tokens.TextOf(name).ToString());
                    var end = tokens.EndOfExpression(name);
                    name = tokens.Is(end, ",") ? end + 1 : tokens.Count;
                }
            }
        }

        return own;
    }

    private static bool ArePlain(ScriptTokens tokens, int arguments)
    {
        for (var i = arguments + 1; i < tokens[arguments].Partner; i++)
        {
            if (tokens[i].Kind is not (ScriptTokenKind.String or ScriptTokenKind.Name or ScriptTokenKind.Number) && tokens.TextOf(i) is not ("," or "."))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The key <c>event</c> beside <c>'gtm.start'</c>, of the same length.</summary>
    private static PageEdit? TryRename(ScriptTokens tokens, int key)
    {
        var brace = tokens[key].Parent;
        for (var i = brace + 1; tokens.Is(brace, "{") && i < tokens[brace].Partner && tokens.Spend(); i = tokens.After(i))
        {
            if (IsEvent(tokens, i) && tokens.Is(i + 1, ":"))
            {
                var start = tokens[i].Kind == ScriptTokenKind.String ? tokens[i].Start + 1 : tokens[i].Start;
                return new PageEdit(start, start + 1, Encoding.ASCII.GetBytes("_"));
            }
        }

        return null;
    }

    private static bool IsEvent(ScriptTokens tokens, int token) => tokens.Is(token, "event") || tokens.IsString(token, "event");
}
