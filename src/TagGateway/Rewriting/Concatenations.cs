namespace TagGateway.Rewriting;

/// <summary>Addresses that are put together at run time: <c>"https://"+(r()||"www")+".google-analytics.com/"+p</c>. The head takes the site's part, so that whatever the
/// rest comes to lands in the path.</summary>
internal static class Concatenations
{
    /// <summary>Whether a concatenation that begins here names a host of Google further on; then all its literals that do are put into <paramref name="covered"/>.</summary>
    /// <param name="tokens">The script.</param>
    /// <param name="head">A literal.</param>
    /// <param name="covered">Gets the literals.</param>
    public static bool NamesGoogle(ScriptTokens tokens, int head, List<int> covered)
    {
        var before = covered.Count;
        if (tokens.Is(head + 1, "+"))
        {
            var end = EndOf(tokens, head);
            Collect(tokens, head + 2, end, isNested: false, covered);
        }
        else if (tokens.Is(head + 1, ".") && tokens.Is(head + 2, "concat") && tokens.Is(head + 3, "("))
        {
            Collect(tokens, head + 4, tokens[head + 3].Partner, isNested: false, covered);
        }

        return covered.Count > before;
    }

    /// <summary>Behind the last token of the concatenation.</summary>
    public static int EndOf(ScriptTokens tokens, int head)
    {
        var i = head + 1;
        while (i < tokens.Count)
        {
            if (tokens.Opens(i))
            {
                i = tokens[i].Partner + 1;
            }
            else if (tokens[i].Kind == ScriptTokenKind.Punctuator && !tokens.Is(i, "+") && !tokens.Is(i, ".") && !tokens.Is(i, "?."))
            {
                break;
            }
            else
            {
                i++;
            }
        }

        return i;
    }

    /// <summary>Inside brackets only ends of names count (<c>(a||"x")+…</c>): a whole name there is one of several, and takes the site's part itself. What is handed to a
    /// function is not looked at.</summary>
    private static void Collect(ScriptTokens tokens, int from, int end, bool isNested, List<int> covered)
    {
        for (var i = from; i < end; i++)
        {
            if (tokens.Opens(i))
            {
                var isGroup = tokens.Is(i, "(") && (tokens.Is(i - 1, "+") || tokens.Is(i - 1, "(") || tokens.Is(i - 1, ","));
                if (isGroup)
                {
                    Collect(tokens, i + 1, tokens[i].Partner, isNested: true, covered);
                }

                i = tokens[i].Partner;
            }
            else if (tokens[i].Kind == ScriptTokenKind.String && GoogleHosts.TryFind(tokens.ContentOf(i), 0, out var start, out _)
                && start == 0 && (!isNested || tokens.ContentOf(i)[0] == '.') && !LiteralPlace.IsComparison(tokens, i))
            {
                covered.Add(i);
            }
        }
    }
}
