using TagGateway.Rewriting;

namespace TagGateway.Html;

/// <summary>What a script says to tags, and which it names.</summary>
internal sealed class ScriptCommands(ScriptTokens tokens, TagPlan plan)
{
    private readonly List<string> _configured = [];
    private IReadOnlyList<string>? _allIds;

    /// <summary>The site's tags that are configured, once each.</summary>
    public IReadOnlyList<string> Configured => _configured;

    public bool SaysConsent { get; private set; }

    public bool ResetsLayer { get; private set; }

    /// <summary>Of the whole script, once each; those that it only compares with are none.</summary>
    public IReadOnlyList<string> AllIds => _allIds ??= IdsBetween(-1, tokens.Count);

    /// <summary>The strings that are ids of tags.</summary>
    /// <param name="first">Before the first token that counts.</param>
    /// <param name="end">Behind the last one.</param>
    public IReadOnlyList<string> IdsBetween(int first, int end)
    {
        var ids = new List<string>();
        for (var i = first + 1; i < end && tokens.Spend(); i++)
        {
            if (tokens[i].Kind is ScriptTokenKind.String or ScriptTokenKind.Template && TagIdText.TryRead(tokens.ContentOf(i), out var id)
                && !LiteralPlace.IsCompared(tokens, i, i) && !LiteralPlace.IsTestArgument(tokens, i) && !ids.Contains(id.ToString()))
            {
                ids.Add(id.ToString());
            }
        }

        return ids;
    }

    /// <summary>Looks at one token, each once.</summary>
    public void Read(int token)
    {
        var kind = tokens[token].Kind;
        if (kind == ScriptTokenKind.String && tokens.Is(token - 1, "(") && tokens.Is(token + 1, ",") && tokens.IsName(token - 2))
        {
            SaysConsent |= tokens.IsString(token, "consent");
            if (tokens.IsString(token, "config"))
            {
                AddConfigured(token + 2);
            }
        }
        else if (kind == ScriptTokenKind.Name && tokens.Is(token, "dataLayer"))
        {
            var first = tokens.Is(token - 1, ".") ? token - 2 : token;
            ResetsLayer |= tokens.Is(token + 1, "=") && tokens.Is(token + 2, "[") && !IsGuarded(first);
        }
        else if (tokens.IsString(token, "dataLayer") && LiteralPlace.IsIndex(tokens, token - 1))
        {
            ResetsLayer |= tokens.Is(token + 1, "]") && tokens.Is(token + 2, "=") && tokens.Is(token + 3, "[") && !IsGuarded(token - 2);
        }
    }

    private void AddConfigured(int argument)
    {
        var ids = tokens[argument].Kind == ScriptTokenKind.String && TagIdText.TryRead(tokens.ContentOf(argument), out var id) ? [id.ToString()]
            : tokens.IsName(argument) ? AllIds : [];
        foreach (var each in ids)
        {
            if (plan.Allows(each) && !_configured.Contains(each))
            {
                _configured.Add(each);
            }
        }
    }

    /// <summary>Only where there is none yet: <c>if (!window.dataLayer) window.dataLayer = []</c>, <c>window.dataLayer || (window.dataLayer = [])</c>.</summary>
    private bool IsGuarded(int first)
    {
        var before = tokens.Is(first - 1, "{") || tokens.Is(first - 1, "(") ? first - 2 : first - 1;
        return tokens.Is(before, "||") || tokens.Is(before, "&&") || tokens.Is(before, "??") || (tokens.Is(before, ")") && tokens.Is(tokens[before].Partner - 1, "if"));
    }
}
