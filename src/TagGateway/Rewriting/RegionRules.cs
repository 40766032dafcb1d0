using System.Globalization;

namespace TagGateway.Rewriting;

/// <summary>Makes holes of all that Google has written into a script about the region of whoever fetched it.</summary>
internal static class RegionRules
{
    /// <summary>A container's reference to the constant that holds Google's domain of the country.</summary>
    private const string DomainReference = "vtp_foreignTld";

    public static void Apply(ScriptTokens tokens, DataRanges data, List<ScriptEdit> edits)
    {
        if (data.Blob >= 0)
        {
            ReplaceContent(tokens, data.FindMember(data.Blob, "30"), ScriptTokenKind.String, ScriptTemplate.Country, edits);
            ReplaceContent(tokens, data.FindMember(data.Blob, "31"), ScriptTokenKind.String, ScriptTemplate.Region, edits);
            ReplaceContent(tokens, data.FindMember(data.Blob, "32"), ScriptTokenKind.Name, ScriptTemplate.MayReadContacts, edits);
        }

        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Kind != ScriptTokenKind.String)
            {
                continue;
            }

            var content = tokens.ContentOf(i);
            if (GooglePlace.IsGeo(content))
            {
                // Key 22 of the blob; before mid 2025 somewhere in the code.
                ReplaceContent(tokens, i, ScriptTokenKind.String, ScriptTemplate.Geo(content), edits);
            }
            else if (data.Resource >= 0 && content.StartsWith(DomainReference, StringComparison.Ordinal))
            {
                ReplaceMacro(tokens, data, i, edits);
            }
        }
    }

    /// <summary><c>"vtp_foreignTldMacroResult":["macro",1]</c>: the value of the second macro is <c>"google.de"</c>, or <c>""</c>.</summary>
    private static void ReplaceMacro(ScriptTokens tokens, DataRanges data, int reference, List<ScriptEdit> edits)
    {
        var list = data.FindMember(data.Resource, "macros");
        if (!tokens.Is(reference + 2, "[") || !tokens.IsString(reference + 3, "macro") || tokens[reference + 5].Kind != ScriptTokenKind.Number
            || !int.TryParse(tokens.TextOf(reference + 5), NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) || !tokens.Is(list, "["))
        {
            return;
        }

        var macro = list + 1;
        for (var number = 0; number < wanted && tokens.Opens(macro) && tokens.Spend(); number++)
        {
            macro = tokens.After(macro) + 1; // over the comma
        }

        var value = tokens.Opens(macro) && macro < tokens[list].Partner ? data.FindMember(macro, "vtp_value") : -1;
        if (tokens[value].Kind == ScriptTokenKind.String && !edits.Exists(edit => edit.Start == tokens[value].Start + 1))
        {
            ReplaceContent(tokens, value, ScriptTokenKind.String, ScriptTemplate.GoogleDomain, edits);
        }
    }

    private static void ReplaceContent(ScriptTokens tokens, int token, ScriptTokenKind kind, string text, List<ScriptEdit> edits)
    {
        if (token >= 0 && tokens[token].Kind == kind)
        {
            var quote = kind == ScriptTokenKind.String ? 1 : 0;
            edits.Add(new ScriptEdit(tokens[token].Start + quote, tokens[token].End - quote, text));
        }
    }
}
