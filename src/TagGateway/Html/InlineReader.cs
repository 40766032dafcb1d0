using System.Text;
using TagGateway.Rewriting;

namespace TagGateway.Html;

/// <summary>Reads one script: finds the strings that begin with a tag's address, what the script loads by them, and what it says to tags. Once.</summary>
internal sealed class InlineReader(ScriptTokens tokens, InlineContext context)
{
    private readonly List<PageEdit> _edits = [];
    private readonly List<string> _ids = [];
    private readonly List<string> _layers = [];
    private readonly ScriptCommands _commands = new(tokens, context.Plan);
    private bool _isFirstParty;
    private bool _isForeign;
    private bool _isInDoubt;
    private bool _hasBareHost;
    private bool _hasBarePath;

    public InlineScript Read()
    {
        for (var i = 0; i < tokens.Count && tokens.Spend(); i++)
        {
            if (tokens[i].Kind is ScriptTokenKind.String or ScriptTokenKind.Template)
            {
                ReadLiteral(i);
            }

            _commands.Read(i);
        }

        // A host here and "gtm.js?id=" there: put together in a way that is not followed.
        var isInDoubt = _isInDoubt || (_hasBareHost && _hasBarePath) || tokens.IsSpent;
        var verdict = isInDoubt ? InlineVerdict.Doubt
            : _edits.Count > 0 ? InlineVerdict.Rewritten
            : _isFirstParty ? InlineVerdict.FirstParty
            : _isForeign ? InlineVerdict.Foreign : InlineVerdict.None;
        return new InlineScript
        {
            Verdict = verdict,
            Edits = verdict == InlineVerdict.Rewritten ? _edits : [],
            Ids = _ids,
            Layers = _layers,
            Configured = _commands.Configured,
            SaysConsent = _commands.SaysConsent,
            ResetsLayer = _commands.ResetsLayer,
        };
    }

    /// <summary>Behind <c>+</c> or in the middle of a template: something stands before it in the same address.</summary>
    private bool IsContinued(int literal) =>
        tokens.Is(literal - 1, "+") || tokens.Is(literal - 1, "+=") || (tokens.Is(literal - 1, "(") && tokens.Is(literal - 2, "concat"))
        || (tokens[literal].Kind == ScriptTokenKind.Template && tokens.Is(literal - 1, "}"));

    /// <summary>Something stands behind it in the same address.</summary>
    private bool Continues(int literal) =>
        tokens.Is(literal + 1, "+") || tokens.Is(literal + 1, "${") || (tokens.Is(literal + 1, ".") && tokens.Is(literal + 2, "concat"));

    /// <summary>What the script looks for or names, and does not load.</summary>
    private bool IsOnlyNamed(int literal)
    {
        var isWholeTemplate = tokens.Is(literal - 1, "`") && tokens.Is(literal + 1, "`");
        var (first, last) = isWholeTemplate ? (literal - 1, literal + 1) : (literal, literal);
        return LiteralPlace.IsCompared(tokens, first, last) || LiteralPlace.IsTestArgument(tokens, first) || LiteralPlace.IsKey(tokens, literal)
            || (tokens.Is(first - 1, "(") && tokens.Is(first - 2, "replace"));
    }

    private void ReadLiteral(int literal)
    {
        var raw = tokens.ContentOf(literal);
        if (raw.SequenceEqual("gtm.start") && tokens.Is(literal + 1, ":"))
        {
            AddOnce(_layers, DataLayer.Of(tokens, literal));
        }
        else if (raw.Contains("googletagmanager.com", StringComparison.Ordinal))
        {
            if (!IsOnlyNamed(literal))
            {
                ReadGoogles(literal, raw);
            }
        }
        else if (IsPathPiece(raw) && tokens.Is(literal - 1, "+"))
        {
            _hasBarePath |= !IsSecondPiece(literal);
        }
        else if (raw.Contains(context.Plan.Path, StringComparison.Ordinal) && LiteralText.TryRead(raw, out var text) && !IsContinued(literal) && !IsOnlyNamed(literal)
            && TagAddress.TryRead(text.Value, context.Plan, context.Origin, out var address))
        {
            _isFirstParty = true;
            AddIds(address.Rest.Contains("id=", StringComparison.OrdinalIgnoreCase) ? IdsOf(literal, address.Rest) ?? [] : address.Ids);
            AddOnce(_layers, address.Layer);
        }
    }

    private void ReadGoogles(int literal, ReadOnlySpan<char> raw)
    {
        if (!LiteralText.TryRead(raw, out var text))
        {
            _isInDoubt = true;
        }
        else if (!PageUrl.TrySplit(text.Value, out var scheme, out var host, out var target))
        {
            _isInDoubt |= (IsContinued(literal) && BeginsWithHost(text.Value)) || IsWrittenToPage(literal);
        }
        else if (TagAddress.IsTagHost(PageUrl.WithoutPort(scheme, host)))
        {
            ReadAddress(literal, text, scheme, target);
        }
    }

    private void ReadAddress(int literal, LiteralText text, ReadOnlySpan<char> scheme, ReadOnlySpan<char> target)
    {
        var end = target.IndexOfAny('?', '#');
        var path = end < 0 ? target : target[..end];
        var second = path is "" or "/" && tokens.Is(literal + 1, "+") && IsPathPiece(tokens.ContentOf(literal + 2)) ? literal + 2 : -1;
        LiteralText secondText = default;
        if (second >= 0 && LiteralText.TryRead(tokens.ContentOf(second), out secondText))
        {
            end = secondText.Value.IndexOfAny('?', '#');
            path = $"/{secondText.Value[..(end < 0 ? secondText.Value.Length : end)].TrimStart('/')}";
            target = secondText.Value;
        }

        if (TagAddress.KindOf(path) is not { } kind)
        {
            _hasBareHost |= path is "" or "/";
            _isInDoubt |= end < 0 && Continues(literal);
        }
        else if (TagAddress.PlaceOf(kind, context.Plan) is { } place && IsOurs(second >= 0 ? second : literal, end < 0 ? default : target[end..]))
        {
            if (!TryStart(literal, scheme, out var start))
            {
                _isInDoubt = true;
                return;
            }

            var query = end < 0 ? 0 : target.Length - end;
            Replace(literal, text, second >= 0 ? 0 : query, start + place);
            if (second >= 0)
            {
                Replace(second, secondText, query, "");
            }
        }
    }

    /// <summary>What has to stand before the path, so that it leads to the site wherever the script uses it; false: not known.</summary>
    private bool TryStart(int literal, ReadOnlySpan<char> scheme, out string start)
    {
        var isContinued = IsContinued(literal);
        var isParsed = tokens.Is(literal - 1, "(") && tokens.Is(literal - 2, "URL") && tokens.Is(literal - 3, "new");
        var needsOrigin = context.NeedsOrigin || isParsed || (isContinued && scheme.IsEmpty);
        start = needsOrigin ? context.Origin ?? "" : "";
        if (needsOrigin && isContinued)
        {
            start = start[(start.IndexOf("//", StringComparison.Ordinal) is >= 0 and var slashes ? slashes : 0)..];
        }

        return (!needsOrigin || start.Length > 0) && (!isContinued || scheme.IsEmpty || IsAfterMarkup(literal));
    }

    /// <summary>Behind a string of markup, <c>'&lt;script src="' + …</c>, or an empty one.</summary>
    private bool IsAfterMarkup(int literal) =>
        tokens.Is(literal - 1, "+") && tokens[literal - 2].Kind == ScriptTokenKind.String && tokens.ContentOf(literal - 2) is var before && (before.IsEmpty || before[^1] is '"' or '\'' or '=' or ' ');

    private bool IsWrittenToPage(int literal) =>
        tokens[literal].Parent is >= 0 and var open && tokens.Is(open, "(") && tokens.TextOf(open - 1) is "write" or "writeln" or "unescape";

    /// <summary>Every id is the site's, and there is one; notes what is found.</summary>
    /// <param name="literal">Of the address.</param>
    /// <param name="rest">From the '?' on.</param>
    private bool IsOurs(int literal, ReadOnlySpan<char> rest)
    {
        if (IdsOf(literal, rest) is not { } ids)
        {
            _isInDoubt = true;
            return false;
        }

        var isOurs = ids.All(id => context.Plan.Allows(id));
        _isForeign |= !isOurs;
        if (isOurs)
        {
            AddIds(ids);
            AddOnce(_layers, PageUrl.LayerIn(PageUrl.QueryOf(rest)));
        }

        return isOurs;
    }

    /// <summary>In the address, but for what stands for one (<c>?id=@</c>); else what the function around it is called with; else all that the script names; null:
    /// none.</summary>
    private IReadOnlyList<string>? IdsOf(int literal, ReadOnlySpan<char> rest)
    {
        var markup = rest.IndexOfAny("\"'<> ");
        var ids = PageUrl.IdsIn(PageUrl.QueryOf(markup < 0 ? rest : rest[..markup]));
        ids = ids.Any(id => id.Contains('-', StringComparison.Ordinal)) ? ids : [];
        if (ids.Count == 0 && CalledFunction.TryFind(tokens, literal, out var called))
        {
            ids = _commands.IdsBetween(called.Arguments, tokens[called.Arguments].Partner);
        }

        ids = ids.Count == 0 ? _commands.AllIds : ids;
        return ids.Count == 0 ? null : ids;
    }

    /// <summary>All of the literal but the last characters of its value.</summary>
    private void Replace(int literal, LiteralText text, int kept, string replacement)
    {
        var start = tokens[literal].Start + (tokens[literal].Kind == ScriptTokenKind.String ? 1 : 0);
        _edits.Add(new PageEdit(start, start + text.RawOf(text.Value.Length - kept), Encoding.ASCII.GetBytes(replacement)));
    }

    private void AddIds(IReadOnlyList<string> ids)
    {
        foreach (var id in ids)
        {
            AddOnce(_ids, id);
        }
    }

    private static void AddOnce(List<string> list, string? item)
    {
        if (item is not null && !list.Contains(item))
        {
            list.Add(item);
        }
    }

    private static bool BeginsWithHost(ReadOnlySpan<char> value) =>
        value.StartsWith("www.googletagmanager.com", StringComparison.Ordinal) || value.StartsWith("googletagmanager.com", StringComparison.Ordinal);

    private static bool IsPathPiece(ReadOnlySpan<char> raw)
    {
        var piece = raw.TrimStart("\\/");
        return piece.StartsWith("gtm.js", StringComparison.Ordinal) || piece.StartsWith("gtag/js", StringComparison.Ordinal) || piece.StartsWith("gtag\\/js", StringComparison.Ordinal);
    }

    /// <summary>The host stands right before it.</summary>
    private bool IsSecondPiece(int literal) => tokens.ContentOf(literal - 2).Contains("googletagmanager.com", StringComparison.Ordinal);
}
